"""Whichever condition is widened or taken away, the table of sights notices."""

from __future__ import annotations

import pytest
from django.db.models import Model

from people.access.registry import EVERYTHING, registered
from people.actors import Actor
from people.roles import Role
from tests.access.district import LABELS, District, sight
from tests.access.test_sight import viewpoint

VIEWPOINTS = {
    Role.SCHOOL_COORDINATOR: "coordinator of A",
    Role.SCHOOL_TEACHER: "teacher TA1",
    Role.ENTERPRISE_HR: "HR of E",
    Role.ENTERPRISE_MENTOR: "mentor ME1",
    Role.STUDENT: "student A1",
    Role.GUARDIAN: "guardian of A1",
    Role.COMMISSION: "commission",
}

# Seen through placements and through apprentice identities alike: one of the two does not show.
TWO_WAYS = {"LearnerIdentity"}


@pytest.mark.parametrize("role", VIEWPOINTS)
def test_a_condition_widened_or_removed_changes_what_is_seen(db: None, role: Role) -> None:
    actor = viewpoint(District(), VIEWPOINTS[role])
    mutants = [
        (model, place, mutant)
        for model in LABELS
        for place, condition in enumerate(registered(model).get(role, []))
        for mutant in ("widened", "removed")
        if not (mutant == "widened" and condition is EVERYTHING)
        and not (mutant == "removed" and model.__name__ in TWO_WAYS and place > 0)
    ]

    survivors = [mutant for mutant in mutants if not notices(actor, role, *mutant)]

    assert survivors == []
    assert len(mutants) >= 14
    assert VIEWPOINTS.keys() == set(Role)


def notices(actor: Actor, role: Role, model: type[Model], place: int, mutant: str) -> bool:
    """Whether the actor's sight of `model` changes when that one condition is mutated."""
    conditions = registered(model)[role]
    sound, kept = sight(actor, model), list(conditions)
    conditions[:] = [EVERYTHING] if mutant == "widened" else kept[:place]
    try:
        return sight(actor, model) != sound
    finally:
        conditions[:] = kept
