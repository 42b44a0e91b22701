"""Who may do what with a case: those who hold it or stand above, never those it is about."""

from __future__ import annotations

from dataclasses import replace

from compliance.cases.alerts import Alert
from compliance.cases.owners import owner_of
from compliance.cases.words import HolderLevel
from people.actors import Actor, actor_for
from people.models import User
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


def may_be_given(user: User, alert: Alert, *, actor: Actor) -> bool:
    """Whether the user may hold it on the actor's day: one who could act on it."""
    return may_handle(actor_for(user, on=actor.on), alert)


def _reaches(actor: Actor, alert: Alert, roles: frozenset[Role]) -> bool:
    held = tuple(held for held in actor.memberships if held.role in roles)
    as_such = replace(actor, memberships=held)
    return Alert.objects.visible_to(as_such).filter(pk=alert.pk).exists()


def _has_climbed_to(actor: Actor, alert: Alert) -> bool:
    return actor.has(Role.COMMISSION) and owner_of(alert, actor.on).level == HolderLevel.COMMISSION
