"""Who may do what with a case: those who hold it or stand above, never those it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q

from compliance.cases.alerts import Alert
from compliance.cases.owners import owner_of, schools_concerned, teachers_of
from compliance.cases.words import AlertState, HolderLevel, StepKind
from people.actors import Actor
from people.models import Membership, User
from people.roles import Role

# The commission acts on what has climbed to it, and on nothing before.
HANDLING_ROLES = frozenset({Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER})
DECIDING_ROLES = frozenset({Role.SCHOOL_COORDINATOR})


def may_handle(actor: Actor, alert: Alert) -> bool:
    """Whether the actor may acknowledge it and add notes: its school's people, and its holder."""
    return _reaches(actor, alert, HANDLING_ROLES) or _has_climbed_to(actor, alert)


def may_decide(actor: Actor, alert: Alert) -> bool:
    """Whether the actor may assign or waive it: a coordinator it concerns, or the commission."""
    return _reaches(actor, alert, DECIDING_ROLES) or _has_climbed_to(actor, alert)


def may_waive(actor: Actor, alert: Alert) -> bool:
    """Whether the actor may let its breach stand, or let it stand on other terms."""
    if alert.state == AlertState.WAIVED:
        return may_end_waiver(actor, alert)
    return may_decide(actor, alert)


def may_end_waiver(actor: Actor, alert: Alert) -> bool:
    """Whether the actor may take its waiver back: as the side that gave it.

    A host's case concerns many schools, and what one of them let stand no other calls back.
    """
    given = _held_when_waived(alert)
    if actor.has(Role.COMMISSION) and given.filter(role=Role.COMMISSION).exists():
        return True
    schools = actor.reach(Role.SCHOOL_COORDINATOR).ids
    own = alert.school_id is not None or given.filter(school__in=schools).exists()
    return own and may_decide(actor, alert)


def _held_when_waived(alert: Alert) -> Any:
    """What gave the waiver its side: the memberships of its giver on the day it was given."""
    granted = alert.steps.filter(kind=StepKind.WAIVED).order_by("pk").last()
    if granted is None:
        return Membership.objects.none()
    return Membership.objects.filter(user=alert.waived_by_id, period__contains=granted.on)


def names_readable(alerts: Iterable[Alert], actor: Actor) -> set[int]:
    """Keys of the cases of which the actor reads who acted, and what they wrote.

    The commission of all; of a school's case its own people, and neither a host's nor, where a case
    is a host's, those of the schools beside. One query, and only for somebody with roles on both
    sides.
    """
    keys = {alert.pk for alert in alerts if alert.school_id is not None}
    if actor.has(Role.COMMISSION):
        return {alert.pk for alert in alerts}
    if actor.roles <= HANDLING_ROLES:
        return keys
    own = Alert.objects.visible_to(_acting_as(actor, HANDLING_ROLES))
    return set(own.filter(pk__in=keys).values_list("pk", flat=True)) if keys else keys


def may_be_given(user: User, alert: Alert, *, actor: Actor) -> bool:
    """Whether the actor may give it to the user on the actor's day: one who could act on it."""
    return may_hold(alert, actor=actor).filter(pk=user.pk).exists()


def may_hold(alert: Alert, *, actor: Actor) -> Any:
    """The users to whom the actor may give it on the actor's day, in a fixed number of queries.

    Coordinators of the schools it concerns, teachers named for its student, and the commission once
    it has climbed there. A school gives a case of many schools to its own people alone.
    """
    schools = schools_concerned(alert, actor.on)
    if not actor.has(Role.COMMISSION):
        schools &= set(actor.reach(Role.SCHOOL_COORDINATOR).ids)
    able = Q(role=Role.SCHOOL_COORDINATOR, school__in=schools)
    able |= Q(role=Role.SCHOOL_TEACHER, teacher__in=teachers_of(alert, actor.on))
    if owner_of(alert, actor.on).level == HolderLevel.COMMISSION:
        able |= Q(role=Role.COMMISSION)
    return _users(able, actor)


def colleagues(actor: Actor) -> Any:
    """The users to whom the actor may give cases at all: the own schools' people on the day.

    For the commission, every school's coordinators and itself. Of each case `may_hold` decides.
    """
    if actor.has(Role.COMMISSION):
        return _users(Q(role__in=(Role.SCHOOL_COORDINATOR, Role.COMMISSION)), actor)
    schools = actor.reach(Role.SCHOOL_COORDINATOR).ids
    return _users(
        Q(role=Role.SCHOOL_COORDINATOR, school__in=schools)
        | Q(role=Role.SCHOOL_TEACHER, teacher__school__in=schools),
        actor,
    )


def _users(able: Q, actor: Actor) -> Any:
    held = Membership.objects.filter(able, period__contains=actor.on)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by(
        "display_name", "pk"
    )


def _reaches(actor: Actor, alert: Alert, roles: frozenset[Role]) -> bool:
    return Alert.objects.visible_to(_acting_as(actor, roles)).filter(pk=alert.pk).exists()


def _acting_as(actor: Actor, roles: frozenset[Role]) -> Actor:
    """The actor in those roles alone."""
    held = tuple(held for held in actor.memberships if held.role in roles)
    return replace(actor, memberships=held)


def _has_climbed_to(actor: Actor, alert: Alert) -> bool:
    return actor.has(Role.COMMISSION) and owner_of(alert, actor.on).level == HolderLevel.COMMISSION
