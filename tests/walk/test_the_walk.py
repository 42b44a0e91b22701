"""Nobody reaches what is another's: not one address, by not one method, in not one role."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from api.institutions import SchoolView
from people.models import School
from people.roles import Role
from tests.console.sites import NOW
from tests.walk.routes import (
    WALKED,
    Walked,
    address_of,
    ask,
    nobodys_key,
    routes_of_the_site,
    without_a_sample,
)
from tests.walk.sights import Thing, Viewer, sees
from tests.walk.world import World

# Asked first of those who own: they do most of what is done
DOING = (Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT)
UNSAFE_ELSEWHERE = ("PUT", "PATCH", "DELETE", "POST", "TRACE")


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.API_REQUESTS_A_MINUTE = {"read": 10**6, "write": 10**6}
    logging.getLogger("django.request").setLevel(logging.ERROR)
    return World()


@dataclass
class Seen:
    """What a walk met: cells that count, owners who came through, and what leaked."""

    cells: int = 0
    owners: int = 0
    leaks: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def cells(
    world: World, *, only: str = "", most: int = 10**6
) -> Iterator[tuple[str, Walked, str, Thing]]:
    """Every route, method and object of the kinds that the route names, `most` of each kind.

    With one of each, the first kind stands for all, and GET for the HEAD that is answered by it.
    """
    for route, ways in WALKED.items():
        if not route.startswith(only):
            continue
        for way in ways:
            if way.is_slow and most == 1:
                continue
            for kind in way.kinds if most > 1 else way.kinds[:1]:
                things = [thing for thing in world.things if thing.kind == kind]
                for thing in things[:most]:
                    for method in way.methods:
                        if method != "HEAD" or most > 1:
                            yield route, way, method, thing


def status_of(viewer: Viewer, method: str, address: str, body: dict[str, Any]) -> int:
    """What the viewer is answered; nothing of it stays."""
    with transaction.atomic():
        status = int(ask(viewer.client, method, address, body).status_code)
        transaction.set_rollback(True)
    return status


def walk(world: World, viewers: list[Viewer], *, only: str = "", most: int = 10**6) -> Seen:
    """Ask everything of everybody: a refusal counts where an owner's same request succeeds.

    A stranger is to be answered what they are answered of an object that never was.
    """
    seen, never = Seen(), dict[tuple[str, str, str, str], int]()
    able = dict[tuple[str, str], Role | None]()
    for route, way, method, thing in cells(world, only=only, most=most):
        address, body = address_of(route, thing.key, way.key), way.body | thing.body
        owners = sorted(
            (viewer for viewer in world.viewers if sees(viewer, thing)),
            key=lambda one: (one.role != able.get((route, method)), one.role not in DOING),
        )
        through = next((one for one in owners if status_of(one, method, address, body) < 400), None)
        if through is None:
            seen.closed.append(f"{method} {address}")
            continue
        able[route, method] = through.role
        seen.owners += 1
        for viewer in viewers:
            if sees(viewer, thing):
                continue
            mark = (viewer.name, route, way.key, method)
            if mark not in never:
                nobodys = address_of(route, nobodys_key(thing.key), way.key)
                never[mark] = status_of(viewer, method, nobodys, body)
            answered = status_of(viewer, method, address, body)
            seen.cells += 1
            refused = answered in (401, 403, 404) or (viewer.role is None and answered == 302)
            if answered != never[mark] or not refused:
                seen.leaks.append(f"{viewer.name} {method} {route} of {thing.of}: {answered}")
    return seen


def test_every_route_has_a_sample_of_what_it_names() -> None:
    routes = routes_of_the_site()

    assert without_a_sample(routes) == set()
    assert without_a_sample([*routes, "api/v1/secrets/<int:pk>"]) == {"api/v1/secrets/<int:pk>"}
    assert set(WALKED) <= set(routes)


@pytest.mark.deep
def test_the_table_of_sights_is_true_of_those_who_own(world: World) -> None:
    """An owner sees what the table says: no row of it is there only to be refused."""
    unseen = [
        f"{viewer.name} {route} of {thing.of}"
        for route, way, method, thing in cells(world)
        if method == "GET" and way.to_all and not route.endswith("candidates")
        for viewer in world.viewers
        if sees(viewer, thing)
        and status_of(viewer, "GET", address_of(route, thing.key, way.key), {}) != 200
    ]

    assert unseen == []


def quick(world: World) -> list[Viewer]:
    """One of each side, and nobody; the deep walk sends everybody, those who left too."""
    names = {"school_coordinator-b", "enterprise_hr-f", "student-b1", "nobody"}
    chosen = [viewer for viewer in world.viewers if viewer.name in names]
    assert len(chosen) == len(names)
    return chosen


def test_a_stranger_of_each_side_reaches_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = walk(world, quick(world), most=1)

    with capsys.disabled():
        print(f"\nwalk: {seen.cells} cells, {seen.owners} owned requests, leaks {len(seen.leaks)}")  # noqa: T201
    assert seen.leaks == []
    assert seen.closed == []
    assert seen.cells >= 200


@pytest.mark.deep
def test_nobody_reaches_what_is_anothers(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    seen = walk(world, world.viewers)

    with capsys.disabled():
        print(f"\nwalk: {seen.cells} cells, {seen.owners} owned requests, leaks {len(seen.leaks)}")  # noqa: T201
    assert seen.leaks == []
    assert seen.closed == []
    assert seen.cells >= 3_000


def test_one_view_that_asks_for_everybodys_rows_turns_the_walk_red(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everybodys(self: SchoolView, actor: Any) -> Any:
        return School.objects.unscoped(reason="a hole, to see that the walk finds it")

    monkeypatch.setattr(SchoolView, "seen", everybodys)

    seen = walk(world, quick(world), only="api/v1/schools")

    assert seen.leaks
    assert {leak.partition(" of ")[0].partition(" ")[2] for leak in seen.leaks} == {
        "GET api/v1/schools/<int:pk>",
        "HEAD api/v1/schools/<int:pk>",
    }


def test_a_method_that_no_route_has_is_refused_to_owners_too(world: World) -> None:
    """405 before anything is looked at, whoever asks; 403 where the page is not theirs at all."""
    odd = []
    for route, ways in WALKED.items():
        taken = {method for way in ways for method in way.methods}
        way = ways[0]
        thing = next(thing for thing in world.things if thing.kind in way.kinds)
        owner = next(viewer for viewer in world.viewers if sees(viewer, thing))
        for method in set(UNSAFE_ELSEWHERE) - taken:
            address = address_of(route, thing.key, way.key)
            status = status_of(owner, method, address, {})
            if status not in (403, 405):
                odd.append(f"{method} {address}: {status}")

    assert odd == []
