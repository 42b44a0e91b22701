"""The commission reads names masked; a reveal with a reason is the way to more."""

from datetime import date

import pytest

from people.access.masking import shown_name
from people.actors import Actor, ActorKind, Held
from people.roles import Role


def actor(*roles: Role) -> Actor:
    return Actor(ActorKind.USER, date(2026, 11, 24), tuple(Held(role, 1) for role in roles), 1)


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王小明", "王**"), ("李明", "李*"), ("欧阳修文", "欧***"), ("王", "*"), ("", "")],
)
def test_the_commission_reads_the_first_character_of_a_name(name: str, masked: str) -> None:
    assert shown_name(name, actor=actor(Role.COMMISSION)) == masked


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMISSION])
def test_everybody_else_reads_the_names_of_their_own(role: Role) -> None:
    assert shown_name("王小明", actor=actor(role)) == "王小明"
