"""The list of cases, one case, and the list as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from compliance.cases.explain import explain
from compliance.explain.texts import spoken
from compliance.models import Alert, AlertStep
from compliance.pay_months import pay_months
from console.accounts.middleware import actor_of
from console.alerts.choices import choices
from console.alerts.counts import counts
from console.alerts.exporting import workbook_of
from console.alerts.filters import STATES, Filters
from console.alerts.listing import SUBJECTS, cases, page_of, told
from console.navigation import CASE_ROLES
from console.placements.cover_rows import cover_said, month_rows
from console.placements.pay_rows import pay_rows
from console.placements.views import sees_papers
from insurance.calendar import cover_calendar
from law.articles import article_for
from people.actors import Actor
from people.roles import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def case_reader(request: HttpRequest) -> Actor:
    """The actor, who must hold a role that cases are shown to; PermissionDenied otherwise."""
    actor = actor_of(request)
    if not actor.roles & CASE_ROLES:
        raise PermissionDenied
    return actor


@require_safe
@never_cache
def list_alerts(request: HttpRequest) -> HttpResponse:
    """The cases that the address asks for, with how many there are of each kind."""
    actor = case_reader(request)
    filters = Filters.of(request.GET)
    page = page_of(cases(filters, actor), after=request.GET.get("after", ""), actor=actor)
    numbers = counts(filters, actor)
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "total": numbers.total(rule=filters.rule, severity=filters.severity),
        "families": numbers.families(filters.severity),
        "all_families": numbers.total(severity=filters.severity),
        "severities": numbers.severities(filters.rule),
        "all_severities": numbers.total(rule=filters.rule),
        "states": [(code, label) for code, (label, _states) in STATES.items()],
        "on": actor.on,
        **choices(actor),
    }
    return render(request, "console/alerts/list.html", context)


@require_safe
@never_cache
def export_alerts(request: HttpRequest) -> HttpResponse:
    """The same cases as a workbook."""
    actor = case_reader(request)
    written = workbook_of(cases(Filters.of(request.GET), actor), actor)
    name = f"alerts-{actor.on:%Y%m%d}.xlsx"
    return HttpResponse(
        written,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@never_cache
def show_alert(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case that the actor may see; 404 for any other."""
    actor = case_reader(request)
    seen = Alert.objects.visible_to(actor).select_related(*SUBJECTS, "placement__learner__student")
    alert = get_object_or_404(seen, public_id=public_id)
    context: dict[str, Any] = {
        "alert": alert,
        "row": told([alert], actor)[0],
        "told": explain(alert, on=actor.on, language=spoken()),
        "article": article_for(alert.rule),
        "on": actor.on,
        "names_people": names_people(alert, actor),
        "steps": list(
            AlertStep.objects.visible_to(actor)
            .filter(alert=alert)
            .select_related("user", "assignee")
            .order_by("pk")
        ),
        **_picture(alert, actor),
    }
    return render(request, "console/alerts/alert.html", context)


def names_people(alert: Alert, actor: Actor) -> bool:
    """Whether who acted on it, and what they wrote, is shown: a host's case is of many schools."""
    return alert.school_id is not None or actor.has(Role.COMMISSION)


def _picture(alert: Alert, actor: Actor) -> dict[str, Any]:
    """The coverage calendar of a case of cover, the pay months of one of pay."""
    placement = alert.placement
    if placement is None or not sees_papers(placement, actor):
        return {}
    if alert.rule.startswith("INS-"):
        calendar = cover_calendar(placement, on=actor.on)
        return {
            "calendar": calendar,
            "month_rows": month_rows(calendar),
            "cover": cover_said(calendar),
        }
    if alert.rule.startswith("PAY-"):
        rows = pay_rows(pay_months(placement, on=actor.on))
        return {"pay_rows": rows, "marked_month": alert.period}
    return {}
