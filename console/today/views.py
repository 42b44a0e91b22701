"""The page of the day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from compliance.cases.owners import HOLDING_ROLES
from console.alerts.readers import case_reader
from console.placements.waiting import hand_of
from console.today.lanes import SHOWN, lanes
from console.unjudged import silence
from internships.complaints.flow import waiting_for
from internships.complaints.reading import complaints_seen
from internships.hosts.reading import frozen_that_concern


@require_safe
@never_cache
def show_today(request: HttpRequest) -> HttpResponse:
    """What needs a hand today."""
    actor = case_reader(request)
    silent = silence()
    context = {
        "lanes": lanes(actor, silent),
        "silence": silent,
        "hand": hand_of(actor, SHOWN),
        "on": actor.on,
        "complaints": waiting_for(complaints_seen(actor), actor).count(),
        "frozen_hosts": frozen_that_concern(actor),
        "acts": bool(actor.roles & HOLDING_ROLES),
    }
    return render(request, "console/today/today.html", context)
