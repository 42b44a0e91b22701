"""Who is shown hosts as places for students, and whose students are there."""

from __future__ import annotations

from datetime import date
from typing import Any

from internships.hosts.freezing import frozen
from internships.models import Placement, PlacementState, Terms
from people.actors import Actor
from people.models import Enterprise
from people.roles import Role

READERS = frozenset(
    {Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR, Role.COMMISSION}
)
THERE = (PlacementState.APPROVED, PlacementState.ACTIVE, PlacementState.SUSPENDED)


def placements_at(enterprise: Enterprise, actor: Actor) -> Any:
    """The placements the actor sees whose terms of the day are at the host, going on or to come."""
    terms = Terms.objects.visible_to(actor).judged(actor.on).filter(enterprise=enterprise)
    return Placement.objects.visible_to(actor).filter(
        pk__in=terms.values("placement"), state__in=THERE, last_on__gte=actor.on
    )


def frozen_that_concern(actor: Actor) -> Any:
    """The frozen hosts where the actor has students, or which are the actor's own; by name."""
    if not actor.roles & (READERS - {Role.COMMISSION}):
        return Enterprise.objects.none()
    shut = frozen(Enterprise.objects.visible_to(actor), on=actor.on)
    own = actor.reach(Role.ENTERPRISE_HR).ids
    placed = Placement.objects.visible_to(actor).filter(state__in=THERE, last_on__gte=actor.on)
    there = Terms.objects.filter(placement__in=placed, period__contains=actor.on)
    mine = shut.filter(pk__in=own) | shut.filter(pk__in=there.values("enterprise"))
    return mine.order_by("name", "pk")


def frozen_hosts(actor: Actor, *, on: date) -> Any:
    """All frozen hosts that the actor sees, by name."""
    return frozen(Enterprise.objects.visible_to(actor), on=on).order_by("name", "pk")
