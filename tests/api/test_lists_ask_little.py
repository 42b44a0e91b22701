"""Lists of hosts, filings, papers and complaints ask the same for one row and for fifty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from internships.complaints.raising import raise_complaint
from internships.hosts.batches import open_batch
from internships.hosts.freezing import freeze
from internships.hosts.keeping import keep_assessment
from internships.models import AssessedPoint, Party, PlacementStep
from internships.signing.links import make_link
from people.actors import Actor, actor_for
from people.models import Enterprise
from people.roles import Role
from tests.api.clients import signed_in
from tests.console.sites import NOW, ON, District, join
from tests.walk.papers import letter, offered

FINDINGS = dict.fromkeys(AssessedPoint.values, "符合要求")


def freezes(district: District, of: dict[Role, Actor]) -> tuple[str, Callable[[int], Any]]:
    def one(number: int) -> None:
        host = Enterprise.objects.create(
            credit_code=f"91500117{number:010d}",
            name=f"企业{number}",
            division_code="500117",
            staff_count=9,
        )
        freeze(host, from_day=ON, reason="消防不合格", actor=of[Role.COMMISSION], at=NOW)

    return "/freezes?limit=60", one


def batches(district: District, of: dict[Role, Actor]) -> tuple[str, Callable[[int], Any]]:
    by: dict[str, Any] = {"actor": of[Role.SCHOOL_COORDINATOR], "at": NOW}
    school, placements = district.schools["A"], [district["A1"]]
    return "/batches?limit=60", lambda _: open_batch(
        school, matters=[], placements=placements, **by
    )


def missing(district: District, of: dict[Role, Actor]) -> tuple[str, Callable[[int], Any]]:
    places = ("A", "E", "TA1", "ME1")
    return "/batches/missing?limit=60", lambda number: district.place(f"A{number + 100}", places)


def records(district: District, of: dict[Role, Actor]) -> tuple[str, Callable[[int], Any]]:
    host = district.enterprises["E"]

    def one(_: int) -> None:
        keep_assessment(
            district.schools["A"],
            host,
            visited_on=ON,
            visitors="示例教师",
            findings=FINDINGS,
            passed=True,
            valid_until=ON,
            actor=of[Role.SCHOOL_COORDINATOR],
            at=NOW,
        )

    return f"/hosts/{host.pk}/records", one


def links(district: District, of: dict[Role, Actor]) -> tuple[str, Callable[[int], Any]]:
    offered(district, "A1")
    paper = letter(district, "A1")
    by: dict[str, Any] = {"actor": of[Role.SCHOOL_COORDINATOR], "at": NOW}
    address = f"/documents/{paper.public_id}/links"
    return address, lambda _: make_link(paper, party=Party.GUARDIAN, **by)


def changes(district: District, of: dict[Role, Actor]) -> tuple[str, Callable[[int], Any]]:
    """Steps of the school, each after a complaint of its student."""
    by: dict[str, Any] = {"actor": of[Role.STUDENT], "at": NOW}
    raise_complaint(district["A1"], kind="deposit", words="交了押金", **by)

    def one(number: int) -> None:
        PlacementStep.objects.create(
            placement=district["A1"],
            move="suspend",
            from_state="active",
            to_state="suspended",
            party=Party.SCHOOL,
            message="请先停工",
            on=ON,
            at=NOW + timedelta(minutes=number + 1),
            actor=f"{of[Role.SCHOOL_COORDINATOR]}",
        )

    return "/complaints/changes", one


@pytest.mark.parametrize("listed", [freezes, batches, missing, records, links, changes])
def test_a_list_asks_the_same_for_one_row_and_fifty(district: District, listed: Any) -> None:
    ties = {
        Role.SCHOOL_COORDINATOR: district.schools["A"],
        Role.STUDENT: district.learners["A1"].student,
        Role.COMMISSION: None,
    }
    users = {role: join(f"x-{role.value}", role, tie) for role, tie in ties.items()}
    address, one = listed(district, {role: actor_for(user, on=ON) for role, user in users.items()})
    watched = Role.COMMISSION if listed is changes else Role.SCHOOL_COORDINATOR
    reader = signed_in(users[watched])

    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            answer = reader.get(address)
        assert answer.status_code == 200
        return len(queries), answer.content.decode()

    one(0)
    asked()
    for_one, first = asked()
    for number in range(1, 50):
        one(number)
    for_fifty, last = asked()

    assert for_fifty == for_one
    assert len(last) > 10 * len(first)
