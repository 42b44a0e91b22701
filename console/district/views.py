"""The commission's first page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from compliance.findings import Severity
from compliance.models import HolderLevel
from console.accounts.middleware import actor_of
from console.alerts.listing import told
from console.district import figures
from console.district.holders import overdue_by_holder
from console.district.matrix import matrix
from console.unjudged import silence
from internships.complaints.flow import waiting_for
from internships.complaints.reading import complaints_seen
from internships.hosts.reading import frozen_hosts
from people.models import School
from people.roles import Role

WAIVERS_SHOWN = 20


@require_safe
@never_cache
def show_district(request: HttpRequest) -> HttpResponse:
    """The district, or one school of it; for the commission alone."""
    actor = actor_of(request)
    if not actor.has(Role.COMMISSION):
        raise PermissionDenied
    every = list(School.objects.visible_to(actor).order_by("name").values_list("pk", "name"))
    asked = request.GET.get("school", "")
    school = next((key for key, _name in every if str(key) == asked), None)
    schools, rows, more_hosts = matrix(actor, school)
    granted, number_granted = figures.waivers(actor, school, shown=WAIVERS_SHOWN)
    context = {
        "on": actor.on,
        "silence": silence(),
        "every_school": every,
        "school": school,
        "covered": figures.covered_today(actor, school),
        "paid": figures.paid_last_month(actor, school),
        "paid_month": figures.last_month(actor.on),
        "ages": figures.ages(actor, school),
        "oldest": figures.oldest(actor, school),
        "complaints": waiting_for(complaints_seen(actor), actor).count(),
        "frozen_hosts": frozen_hosts(actor, on=actor.on).count(),
        "levels": HolderLevel.choices,
        "severities": Severity.choices,
        "late": overdue_by_holder(actor, school),
        "waivers": told(granted, actor),
        "number_granted": number_granted,
        "schools": schools,
        "hosts": rows,
        "more_hosts": more_hosts,
    }
    return render(request, "console/district/district.html", context)
