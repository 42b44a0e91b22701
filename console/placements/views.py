"""The page of one placement: who, where, whether covered and paid, and what is amiss."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apprenticeship.models import ApprenticeIdentity
from compensation.pay_months import missing_of, pay_months
from compliance.models import Alert
from console.accounts.middleware import actor_of
from console.alerts.listing import told
from console.placements.changing import changes_said
from console.placements.checks import checks
from console.placements.cover_rows import cover_said, month_rows
from console.placements.life_line import (
    PREPARING,
    given,
    history,
    sent_back,
    stations,
    waits,
)
from console.placements.listing import Asked, number_of, placements
from console.placements.move_forms import MoveForm
from console.placements.moving import open_to
from console.placements.pay_rows import pay_rows
from insurance.calendar import cover_calendar
from insurance.models import InsuredPeriod
from internships.models import (
    Agreement,
    Amendment,
    AmendmentState,
    Placement,
    PlacementStep,
    Terms,
)
from people.access.registry import registered
from people.actors import Actor
from people.roles import Role


@require_safe
@never_cache
def show_placement(request: HttpRequest, number: int) -> HttpResponse:
    """One placement that the actor may see; 404 for any other."""
    actor = actor_of(request)
    placement = seen_placement(actor, number)
    return render(request, "console/placements/placement.html", placement_page(placement, actor))


def seen_placement(actor: Actor, number: int) -> Placement:
    """The placement of that number, if the actor may see it; 404 otherwise."""
    seen = Placement.objects.visible_to(actor).select_related("school", "learner__student")
    placement: Placement = get_object_or_404(seen, pk=number)
    return placement


def placement_page(
    placement: Placement, actor: Actor, *, refused: tuple[str, MoveForm] | None = None
) -> dict[str, Any]:
    """What the page says; cover and pay are left out for who sees the work alone, the mentor."""
    terms = judged_terms(placement, actor)
    alerts = list(
        Alert.objects.visible_to(actor)
        .standing()
        .filter(placement=placement)
        .select_related("placement__learner")
        .order_by("rule", "period")
    )
    page: dict[str, Any] = {
        "placement": placement,
        "terms": terms,
        "on": actor.on,
        "alert_rows": told(alerts, actor),
        "apprenticeships": list(
            ApprenticeIdentity.objects.visible_to(actor)
            .filter(learner=placement.learner_id, period__overlap=placement.period)
            .select_related("enterprise")
            .order_by("period")
        ),
        "sees_papers": sees_papers(placement, actor),
    }
    said = None
    if page["sees_papers"]:
        calendar = cover_calendar(placement, on=actor.on)
        months = pay_months(placement, on=actor.on)
        said = cover_said(calendar)
        page |= {
            "calendar": calendar,
            "cover": said,
            "month_rows": month_rows(calendar),
            "pay_rows": pay_rows(months),
            "pay_missing": missing_of(months),
        }
    agreements = list(Agreement.objects.visible_to(actor).filter(placement=placement))
    page["checks"] = checks(placement, terms, agreements, alerts, said)
    return page | life_of(placement, terms, actor, refused=refused)


def life_of(
    placement: Placement,
    terms: Terms | None,
    actor: Actor,
    *,
    refused: tuple[str, MoveForm] | None = None,
) -> dict[str, Any]:
    """Where it stands: the line, what waits for whom, what is open to the reader, the history."""
    steps = list(
        PlacementStep.objects.visible_to(actor)
        .filter(placement=placement)
        .select_related("user")
        .order_by("pk")
    )
    asked = (
        Amendment.objects.visible_to(actor)
        .filter(placement=placement, state=AmendmentState.PROPOSED)
        .first()
    )
    now = given(placement)
    open_now = open_to(placement, actor, now, asked=asked, refused=refused)
    return {
        "stations": stations(placement, steps, now),
        "waits": waits(placement, now, asked, open_now.parties, actor.on),
        "open_now": open_now,
        "starts_next": now is None or not (now.unsigned or now.unconsented),
        "is_prepared": placement.state in PREPARING,
        "changes": changes_said(placement, actor) if sees_papers(placement, actor) else [],
        "history": history(steps, actor),
        "sent_back": sent_back(placement, steps, actor),
    }


def judged_terms(placement: Placement, actor: Actor) -> Terms | None:
    """The terms of the day, or of the placement's nearest day to it."""
    judged = Terms.objects.visible_to(actor).judged(actor.on).filter(placement=placement)
    return judged.select_related("post__enterprise", "teacher", "mentor").first()


def sees_papers(placement: Placement, actor: Actor) -> bool:
    """Whether the actor reaches this placement in a role that cover and pay are shown to."""
    readers = registered(InsuredPeriod)
    held = tuple(row for row in actor.memberships if row.role in readers)
    if len(held) == len(actor.memberships):
        return bool(held)
    reading = dataclasses.replace(actor, memberships=held)
    return Placement.objects.visible_to(reading).filter(pk=placement.pk).exists()


@require_safe
@never_cache
def list_placements(request: HttpRequest) -> HttpResponse:
    """The placements that the actor sees; somebody with a single one goes straight there."""
    actor = actor_of(request)
    asked = Asked.of(request.GET)
    rows, after = placements(actor, asked, after=request.GET.get("after", ""))
    if len(rows) == 1 and not request.GET:
        return redirect("placement", number=rows[0].pk)
    context = {
        "rows": rows,
        "after": after,
        "asked": asked,
        "total": number_of(actor, asked),
        "places": Role.SCHOOL_COORDINATOR in actor.roles,
    }
    return render(request, "console/placements/list.html", context)
