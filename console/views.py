"""What the site answers."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.outbox.standing import standing
from compliance.channels.standing import waiting_to_leave
from console import status
from console.accounts.middleware import actor_of
from console.navigation import first_page


@login_not_required
@require_safe
@never_cache
def show_home(request: HttpRequest) -> HttpResponse:
    """The first page of who is signed in; the status page for anybody else."""
    if request.user.is_authenticated:
        return redirect(first_page(actor_of(request)))
    return show_status(request)


@login_not_required
@require_safe
@never_cache
def show_status(request: HttpRequest) -> HttpResponse:
    """The status page: which version runs on what, and what has been loaded.

    In production a stranger is told no more than that the site is there.
    """
    if settings.PRODUCTION and not request.user.is_authenticated:
        return render(request, "console/status.html", {"is_open": False})
    counts = status.table_counts()
    return render(
        request,
        "console/status.html",
        {
            "is_open": True,
            "version": settings.VERSION,
            "database_version": status.database_version(),
            "broker_answers": status.broker_answers(),
            "counts": counts,
            "is_empty": not any(count.rows for count in counts),
            "last_load": status.last_load(),
            "outbox": standing(),
            "deliveries": waiting_to_leave(),
            "calendar_years": status.calendar_years(),
        },
    )


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readiness(request: HttpRequest) -> JsonResponse:
    """200 when the database and its migrations are there, else 503; either way what is not.

    A ready process also says how many messages of the outbox, and how many to people, wait and were
    parked.
    """
    faults = status.faults()
    missing = faults if status.broker_answers() else [*faults, "broker"]
    said = {"ready": not faults, "missing": missing}
    return JsonResponse(
        said if faults else said | status.queues(),
        status=503 if faults else 200,
        headers={"Retry-After": "5"} if faults else {},
    )
