"""Sessions end: twelve hours after they began, half an hour idle for privileged roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from console.accounts import sessions
from people.actors import Actor, ActorKind, Held
from people.roles import PRIVILEGED_ROLES, Role

BEGAN = datetime.fromisoformat("2026-11-24T08:00:00+08:00")


def actor(role: Role) -> Actor:
    return Actor(ActorKind.USER, date(2026, 11, 24), (Held(role, 1),), 1)


def session(seen: datetime = BEGAN) -> SessionStore:
    store = SessionStore()
    store["signed_in_at"], store["seen_at"] = BEGAN.timestamp(), seen.timestamp()
    return store


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("idle", "over"), [(timedelta(minutes=29, seconds=59), False), (timedelta(minutes=30), True)]
)
def test_half_an_hour_idle_ends_the_session_of_a_privileged_role_alone(
    role: Role, idle: timedelta, over: bool
) -> None:
    is_over = sessions.is_over(session(), actor(role), at=BEGAN + idle)

    assert is_over is (over and role in PRIVILEGED_ROLES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("age", "over"), [(timedelta(hours=12, seconds=-1), False), (timedelta(hours=12), True)]
)
def test_twelve_hours_end_any_session_however_busy(role: Role, age: timedelta, over: bool) -> None:
    busy = session(seen=BEGAN + age - timedelta(minutes=1))

    assert sessions.is_over(busy, actor(role), at=BEGAN + age) is over


def test_a_session_that_says_nothing_of_its_beginning_is_over() -> None:
    assert sessions.is_over(SessionStore(), actor(Role.STUDENT), at=BEGAN)


def test_use_is_noted_at_most_once_a_minute() -> None:
    store = session()
    store.modified = False

    sessions.note(store, at=BEGAN + timedelta(seconds=59))
    untouched = store.modified
    sessions.note(store, at=BEGAN + timedelta(seconds=60))

    assert not untouched
    assert store["seen_at"] == (BEGAN + timedelta(seconds=60)).timestamp()
