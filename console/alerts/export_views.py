"""The list as a workbook, on record before it is given away."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.alerts.exporting import export
from console.alerts.filters import Filters
from console.alerts.readers import case_reader

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
def export_alerts(request: HttpRequest) -> HttpResponse:
    """The cases that the address asks for as a workbook; 503 and none when it is not recorded."""
    actor = case_reader(request)
    try:
        written = export(Filters.of(request.GET), actor=actor, at=timezone.now())
    except DatabaseError:
        page = render(request, "console/alerts/not_exported.html", status=503)
        page.headers["Retry-After"] = "30"
        return page
    name = f"alerts-{actor.on:%Y%m%d}.xlsx"
    return HttpResponse(
        written,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
