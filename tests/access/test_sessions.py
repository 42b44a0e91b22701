"""Sessions end: twelve hours after they began, half an hour idle for privileged roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from console.accounts import sessions
from people.accounts.services import open_account
from people.actors import Actor, ActorKind, Held
from people.roles import PRIVILEGED_ROLES, Role
from tests.access.district import join

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


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    open_account(username="wang", display_name="王", password="horse-battery-2026")
    client.force_login(join("wang", Role.COMMISSION))
    store = client.session
    store["signed_in_at"] = store["seen_at"] = timezone.now().timestamp()
    store["by_code"] = True
    store.save()
    return client


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_a_session_left_idle_is_gone_at_the_next_request(
    signed_in: Client, minutes: int, status: int
) -> None:
    store = signed_in.session
    store["seen_at"] -= minutes * 60
    store.save()

    answer = signed_in.get("/password")
    after = signed_in.get("/sign-in").content.decode()

    assert answer.status_code == status
    assert ("离开太久" in after) is (status == 302)


def test_a_page_asks_who_acts_with_three_queries_and_the_bell_with_one_and_writes_none(
    signed_in: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        signed_in.get("/password")


def test_a_page_for_nobody_asks_the_database_nothing(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/sign-in").status_code == 200
