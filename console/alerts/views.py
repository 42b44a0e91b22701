"""The list of cases and what is done to many; one case and what is done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compensation.pay_months import pay_months
from compliance.cases.bulk import MOST_AT_ONCE
from compliance.cases.explain import explain
from compliance.cases.refusals import CaseRefusal, NotPermitted, WaiverRefused, WordsRefused
from compliance.explain.texts import spoken
from compliance.models import Alert, AlertStep
from console.alerts.actions import ACTIONS, CaseForm, latest_step, offered
from console.alerts.bulk import BulkForm, may_bulk, run_bulk, said_of
from console.alerts.choices import choices
from console.alerts.counts import counts
from console.alerts.filters import STATES, Filters
from console.alerts.hands import HAND_NAMES
from console.alerts.listing import JOINED, cases, number_of, page_of, told
from console.alerts.readers import case_reader
from console.alerts.saved import views_shown
from console.placements.cover_rows import cover_said, month_rows
from console.placements.pay_rows import pay_rows
from console.placements.views import sees_papers
from insurance.calendar import cover_calendar
from law.articles import article_for
from people.actors import Actor
from people.saved_views import ViewRefused, delete_view, save_view

CONFLICT, REFUSED, FORBIDDEN = 409, 422, 403


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_alerts(request: HttpRequest) -> HttpResponse:
    """The cases that the address asks for; what is sent to it moves those that are chosen."""
    actor = case_reader(request)
    filters = Filters.of(request.GET)
    if request.method != "POST":
        return list_page(request, actor, filters)
    if not may_bulk(actor):
        raise PermissionDenied
    rows = cases(filters, actor)
    total = number_of(rows) if request.POST.get("every") else 0
    sent = BulkForm(request.POST, actor=actor, total=total)
    if not sent.is_valid():
        return list_page(request, actor, filters, bulk=sent, status=REFUSED)
    outcome = run_bulk(sent.cleaned_data, rows, actor=actor, at=timezone.now())
    for level, said in said_of(outcome, asked=sent.cleaned_data):
        messages.add_message(request, level, said)
    return redirect(request.get_full_path())


def list_page(
    request: HttpRequest,
    actor: Actor,
    filters: Filters,
    *,
    bulk: BulkForm | None = None,
    status: int = 200,
    view_refused: str = "",
) -> HttpResponse:
    """The list; with what was sent and refused, if anything was."""
    rows = cases(filters, actor)
    after, counted = request.GET.get("after", ""), filters.narrows_beyond_counts
    page = page_of(rows, after=after, actor=actor, counted=counted)
    numbers = counts(filters, actor)
    total = numbers.total(rule=filters.rule, severity=filters.severity)
    if page.total is not None:
        total = page.total
    if bulk is None and may_bulk(actor):
        bulk = BulkForm(actor=actor, seen=latest_step())
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "total": total,
        "families": numbers.families(filters.severity),
        "rules": numbers.rules(filters.rule, filters.severity),
        "all_families": numbers.total(severity=filters.severity),
        "severities": numbers.severities(filters.rule),
        "all_severities": numbers.total(rule=filters.rule),
        "states": [(code, label) for code, (label, _states) in STATES.items()],
        "hands": list(HAND_NAMES.items()),
        "bulk": bulk,
        "most_at_once": MOST_AT_ONCE,
        "views": views_shown(actor, filters),
        "view_refused": view_refused,
        "on": actor.on,
        **choices(actor),
    }
    return render(request, "console/alerts/list.html", context, status=status)


@require_POST
@never_cache
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name; only what the list understands is kept."""
    actor = case_reader(request)
    filters = Filters.of(request.GET)
    try:
        kept = save_view(
            name=request.POST.get("name", ""), query=filters.query, actor=actor, at=timezone.now()
        )
    except ViewRefused as refusal:
        return list_page(request, actor, filters, status=REFUSED, view_refused=str(refusal))
    messages.success(request, _("已保存视图“%(name)s”") % {"name": kept.name})
    return redirect(_list_of(filters.query))


@require_POST
@never_cache
def drop_view(request: HttpRequest, number: int) -> HttpResponse:
    """Drop an own view; 404 for anybody else's."""
    actor = case_reader(request)
    if not delete_view(number=number, actor=actor):
        raise Http404
    messages.success(request, _("视图已删除"))
    return redirect(_list_of(Filters.of(request.GET).query))


def _list_of(query: str) -> str:
    return reverse("alerts") + (f"?{query}" if query else "")


@require_safe
@never_cache
def show_alert(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case that the actor may see; 404 for any other."""
    actor = case_reader(request)
    return _alert_page(request, actor, _seen(actor, public_id))


@require_POST
@never_cache
def move_alert(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """Do one thing to one case; what is refused comes back with why, and with what was typed.

    404 for a case the actor does not see, 403 for one that is not the actor's to move, 409 where
    it is no longer in a state to be moved, 422 for what was typed.
    """
    actor = case_reader(request)
    alert = _seen(actor, public_id)
    if key not in ACTIONS:
        raise Http404
    action = ACTIONS[key]
    form = action.form(request.POST, alert=alert, actor=actor)
    if not form.is_valid():
        status = REFUSED if action.move.may(actor, alert) else FORBIDDEN
        return _alert_page(request, actor, alert, refused=(key, form), status=status)
    try:
        action.run(alert, form.cleaned_data, actor=actor, at=timezone.now())
    except CaseRefusal as refusal:
        form.add_error(None, str(refusal))
        alert = _seen(actor, public_id)
        status = _status_of(refusal)
        return _alert_page(request, actor, alert, refused=(key, form), status=status)
    messages.success(request, action.done)
    return redirect("alert", public_id=public_id)


def _status_of(refusal: CaseRefusal) -> int:
    if isinstance(refusal, NotPermitted):
        return FORBIDDEN
    return REFUSED if isinstance(refusal, WaiverRefused | WordsRefused) else CONFLICT


def _seen(actor: Actor, public_id: UUID) -> Alert:
    seen = Alert.objects.visible_to(actor).select_related(*JOINED, "placement__learner__student")
    alert: Alert = get_object_or_404(seen, public_id=public_id)
    return alert


def _alert_page(
    request: HttpRequest,
    actor: Actor,
    alert: Alert,
    *,
    refused: tuple[str, CaseForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "alert": alert,
        "row": told([alert], actor)[0],
        "told": explain(alert, on=actor.on, language=spoken()),
        "article": article_for(alert.rule),
        "on": actor.on,
        "offered": offered(alert, actor, seen=latest_step(), refused=refused),
        "steps": list(
            AlertStep.objects.visible_to(actor)
            .filter(alert=alert)
            .select_related("user", "assignee")
            .order_by("pk")
        ),
        **_picture(alert, actor),
    }
    return render(request, "console/alerts/alert.html", context, status=status)


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
