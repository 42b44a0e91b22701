"""People with accounts, for cases to be held by."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from common.ranges import days
from people.actors import Actor, actor_for
from people.models import Membership, User
from people.roles import Role
from tests.rules.district import ON

_serial = count(1)


def make_user(role: Role, *, from_day: date = date(2026, 9, 1), **tie: Any) -> User:
    """Somebody with one membership from that day on."""
    number = next(_serial)
    user = User.objects.create(username=f"user-{number}", display_name=f"示例用户{number}")
    Membership.objects.create(user=user, role=role, period=days(from_day, None), **tie)
    return user


def as_actor(user: User, on: date = ON) -> Actor:
    """The user acting on the day."""
    return actor_for(user, on=on)
