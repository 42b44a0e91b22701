"""Every address that changes something writes its event with the change, or not at all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit.chain import recording
from audit.models import AuditEvent
from people.roles import Role
from tests.audit.changes import CHANGES, EXCUSED, Send
from tests.audit.changes_of_placements import OF_PLACEMENTS
from tests.console.sites import NOW
from tests.walk.routes import WALKED, address_of, ask, routes_of_the_site
from tests.walk.sights import sees
from tests.walk.world import World

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Counted apart from every change: tries, sessions, and the chains themselves.
BESIDE = ("django_session", "people_signintries", "audit_auditevent", "audit_audithead")


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.API_REQUESTS_A_MINUTE = {"read": 10**6, "write": 10**6}
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return World()


def events() -> int:
    return AuditEvent.objects.exclude(what__startswith="refused.").count()


def changes(*, most: int) -> Iterator[tuple[str, Callable[[World], Iterator[Send]]]]:
    """Each address with what makes its requests, by those whose it is; `most` kinds of object."""
    for route, made in (CHANGES | OF_PLACEMENTS).items():
        yield route, lambda world, made=made: iter((made(world),))  # type: ignore[misc]
    for route in set(WALKED) - set(EXCUSED):
        for way in WALKED[route]:
            for method in set(way.methods) & set(UNSAFE):
                for kind in way.kinds[:most]:
                    given: dict[str, Any] = {
                        "route": route,
                        "way": way,
                        "method": method,
                        "kind": kind,
                    }
                    yield f"{method} {route} {way.key} {kind}", partial(_by_owners, **given)


def _by_owners(world: World, *, route: str, way: Any, method: str, kind: str) -> Iterator[Send]:
    """The same request by every owner of every such object, until one comes through."""
    for thing in (it for it in world.things if it.kind == kind):
        address, body = address_of(route, thing.key, way.key), way.body | thing.body
        for viewer in world.viewers:
            if sees(viewer, thing):
                yield partial(ask, viewer.client, method, address, body)


def through(world: World, sends: Callable[[World], Iterator[Send]]) -> tuple[int, int]:
    """What the first who comes through is answered, and how many events that wrote."""
    status = 0
    for send in sends(world):
        before = events()
        status = int(send().status_code)
        if status < 400:
            return status, events() - before
    return status, 0


def everything() -> dict[str, tuple[int, int]]:
    """How many rows each table has, and a sum over what stands in them."""
    names = connection.introspection.table_names()
    tables = [it for it in names if it not in BESIDE and not it.startswith(("common_", "django_"))]
    each = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM {table} t"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return {table: (rows, sums) for table, rows, sums in cursor.fetchall()}


def test_every_address_that_takes_a_change_is_asked_or_excused(world: World) -> None:
    asked = {*WALKED, *CHANGES, *OF_PLACEMENTS, *EXCUSED}
    roles = (Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT, Role.COMMISSION)
    readers = {one.role: one for one in world.viewers if one.role in roles}

    takes = set()
    for route in set(routes_of_the_site()) - asked:
        with transaction.atomic():
            answers = [ask(one.client, "POST", f"/{route}", {}) for one in readers.values()]
            transaction.set_rollback(True)
        if {answer.status_code for answer in answers} != {405}:
            takes.add(route)

    assert takes == set()
    assert len(readers) == len(roles)


def test_what_succeeds_writes_an_event(world: World) -> None:
    silent, number = [], 0
    for name, sends in changes(most=1):
        number += 1
        with transaction.atomic():
            status, written = through(world, sends)
            transaction.set_rollback(True)
        if written == 0 and (status >= 400 or _changes(world, sends)):
            silent.append(f"{name}: {status}")

    assert silent == []
    assert number >= 30


def _changes(world: World, sends: Callable[[World], Iterator[Send]]) -> bool:
    """Whether the request leaves anything else than it was: an edit of nothing does not."""
    with transaction.atomic():
        stood = everything()
        through(world, sends)
        stands = everything()
        transaction.set_rollback(True)
    return stood != stands


@pytest.mark.deep
def test_nothing_is_changed_where_its_event_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, number = [], 0
    for name, sends in changes(most=9):
        with transaction.atomic():
            for send in sends(world):
                with monkeypatch.context() as broken:
                    broken.setattr(recording, "hold_head", _fail)
                    stood = everything()
                    status = _answered(send)
                changed = [table for table, sums in everything().items() if stood[table] != sums]
                nothing_asked = status < 400 and not changed  # an edit of nothing
                if nothing_asked or status in (400, 403, 404, 409, 412, 422):
                    continue
                number += 1
                if status != 500 or changed:
                    kept.append(f"{name}: {status}, {changed}")
                break
            transaction.set_rollback(True)

    assert kept == []
    assert number >= 30


class _NoRecord(Exception):
    """The chain takes nothing."""


def _fail(*_args: Any) -> Any:
    raise _NoRecord


def _answered(send: Send) -> int:
    try:
        return int(send().status_code)
    except _NoRecord:
        return 500


def test_what_is_refused_writes_none(world: World) -> None:
    loud = []
    for route, ways in WALKED.items():
        for way in ways:
            for method in set(way.methods) & set(UNSAFE):
                thing = next(it for it in world.things if it.kind in way.kinds)
                strangers = [it for it in world.viewers if it.role and not sees(it, thing)]
                body = way.body | thing.body
                before = events()
                ask(strangers[0].client, method, address_of(route, thing.key, way.key), body)
                if events() != before:
                    loud.append(f"{method} {route}")

    assert loud == []


def test_the_event_says_who_and_of_what(world: World) -> None:
    case = next(it for it in world.things if (it.kind, it.of) == ("case", "A1"))
    viewer = next(it for it in world.viewers if it.name == "school_coordinator-a")
    assert viewer.user is not None

    ask(viewer.client, "POST", f"/alerts/{case.key}/note", {"note": "已联系李雷 13800138000"})

    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert (event.what, event.subject) == ("case.noted", f"alert:{case.key}")
    assert (event.by, event.chain) == (viewer.user.pk, world.district.schools["A"].pk)
    assert len(event.entry) == 32
    assert "李雷" not in f"{event.facts}"
