"""Placements that wait for the reader's own hand, told by role from where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext_lazy as _

from internships.models import (
    Amendment,
    AmendmentState,
    Approval,
    ApprovalKind,
    Party,
    Placement,
    PlacementState,
    Terms,
)
from people.actors import Actor
from people.roles import Role

SUBMIT, ACCEPT, CONSENT, SIGN, START, ANSWER, SETTLE = (
    *("submit", "accept", "consent", "sign", "start", "answer", "settle"),
)
NAMES = {
    SUBMIT: _("待提交"),
    ACCEPT: _("待接收"),
    CONSENT: _("待知情同意"),
    SIGN: _("待签署"),
    START: _("待开始"),
    ANSWER: _("待答复变更"),
    SETTLE: _("待结清"),
}
HANDS = {
    Role.SCHOOL_COORDINATOR: Party.SCHOOL,
    Role.ENTERPRISE_HR: Party.ENTERPRISE,
    Role.STUDENT: Party.STUDENT,
    Role.GUARDIAN: Party.GUARDIAN,
}
SIDES = (Party.SCHOOL, Party.ENTERPRISE)


@dataclass(frozen=True, slots=True)
class Task:
    """So many placements that wait for one thing."""

    key: str
    name: Any
    number: int


def waits_for_somebody(actor: Actor) -> bool:
    """Whether the actor has a role in whose name placements are moved."""
    return bool(actor.roles & set(HANDS))


def waiting(actor: Actor, *, key: str = "") -> Any:
    """The placements that wait for the actor, as `task` says for what, the earliest first."""
    cases = [
        When(pk__in=_of_role(actor, role, task), then=Value(task))
        for role in HANDS
        if role in actor.roles
        for task in tasks_of(role)
    ]
    if not cases:
        return Placement.objects.visible_to(actor).none()
    asked = Placement.objects.visible_to(actor).annotate(
        task=Case(*cases, default=Value(""), output_field=CharField())
    )
    asked = asked.filter(task=key) if key else asked.exclude(task="")
    return asked.order_by("starts_on", "pk")


def tasks_of(role: Role) -> tuple[str, ...]:
    """What placements may wait for of somebody with that role."""
    if role == Role.SCHOOL_COORDINATOR:
        return SUBMIT, ANSWER, SIGN, START, SETTLE
    if role == Role.ENTERPRISE_HR:
        return ACCEPT, ANSWER, SIGN
    return (CONSENT, SIGN) if role == Role.STUDENT else (CONSENT,)


def _of_role(actor: Actor, role: Role, task: str) -> Any:
    """The ids of those that the role reaches and that wait for this of it."""
    held = tuple(row for row in actor.memberships if row.role == role)
    own = Placement.objects.visible_to(replace(actor, memberships=held))
    return own.filter(_condition(actor, HANDS[role], task)).values("pk")


def _condition(actor: Actor, party: Party, task: str) -> Q:
    if task == SUBMIT:
        return Q(state=PlacementState.DRAFT, last_on__gte=actor.on)
    if task == ACCEPT:
        return Q(state=PlacementState.SUBMITTED)
    if task == CONSENT:
        return Q(state=PlacementState.ACCEPTED) & ~Q(_given(actor, ApprovalKind.CONSENT, party))
    if task == SIGN:
        return Q(state=PlacementState.CONSENTED) & ~Q(_given(actor, ApprovalKind.SIGNATURE, party))
    if task == ANSWER:
        return _asked_of(actor, party)
    if task == SETTLE:
        return Q(state=PlacementState.ENDED)
    signed = Q(state=PlacementState.CONSENTED)
    for signer in (Party.SCHOOL, Party.ENTERPRISE, Party.STUDENT):
        signed &= Q(_given(actor, ApprovalKind.SIGNATURE, signer))
    return signed | Q(state=PlacementState.APPROVED, starts_on__lte=actor.on)


def _given(actor: Actor, kind: ApprovalKind, party: Party) -> Exists:
    standing = Approval.objects.visible_to(actor).filter(
        placement=OuterRef("pk"), kind=kind, party=party, voided_by__isnull=True
    )
    return Exists(standing)


def _asked_of(actor: Actor, party: Party) -> Q:
    other = SIDES[1 - SIDES.index(party)]
    open_ones = Amendment.objects.visible_to(actor).filter(
        placement=OuterRef("pk"), state=AmendmentState.PROPOSED, proposed_for=other
    )
    moving = (PlacementState.APPROVED, PlacementState.ACTIVE, PlacementState.SUSPENDED)
    return Q(Exists(open_ones), state__in=moving)


def tasks(actor: Actor) -> list[Task]:
    """What waits for the actor and how much of it, in one query; nothing without such a role."""
    if not waits_for_somebody(actor):
        return []
    counted = waiting(actor).order_by().values("task").annotate(number=Count("pk"))
    numbers = {row["task"]: row["number"] for row in counted}
    return [Task(key, name, numbers[key]) for key, name in NAMES.items() if key in numbers]


def with_terms(rows: Any, actor: Actor) -> Any:
    """The placements with student, school, and the terms of the day as `judged_now`."""
    terms = Terms.objects.visible_to(actor).judged(actor.on).select_related("post", "enterprise")
    return rows.select_related("learner", "school").prefetch_related(
        Prefetch("terms", queryset=terms, to_attr="judged_now")
    )


def hand_of(actor: Actor, shown: int) -> dict[str, Any]:
    """For the page of the day: the tasks, and the first placements of all of them."""
    found = tasks(actor)
    rows: Iterable[Any] = with_terms(waiting(actor), actor)[:shown] if found else ()
    return {
        "tasks": found,
        "rows": [(row, NAMES[row.task]) for row in rows],
        "total": sum(task.number for task in found),
    }
