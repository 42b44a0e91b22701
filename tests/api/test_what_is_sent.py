"""What a body may say is the same everywhere: days of the calendar, rows one sees, known names."""

from __future__ import annotations

from typing import Any

import pytest

from internships.models import AssessedPoint
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.console.sites import District, join

TODAY = "2026-11-24"
SCHOOL = Role.SCHOOL_COORDINATOR
FINDINGS = dict.fromkeys(AssessedPoint.values, "符合要求")
# The address, who sends it, a whole body, and what of it is an id of a row
BODIES: dict[str, tuple[Role, dict[str, Any]]] = {
    "/hosts/E/freeze": (Role.COMMISSION, {"from_day": TODAY, "reason": "消防不合格"}),
    "/hosts/E/assess": (
        SCHOOL,
        {
            "school": "A",
            "visitors": "示例教师",
            "findings": FINDINGS,
            "passed": True,
            "visited_on": TODAY,
            "valid_until": TODAY,
        },
    ),
    "/hosts/E/check": (
        SCHOOL,
        {
            "school": "A",
            "record": "credit",
            "source": "公示系统",
            "checked_on": TODAY,
            "violation_on": TODAY,
            "valid_until": TODAY,
        },
    ),
    "/hosts/E/decide": (
        SCHOOL,
        {"school": "A", "meeting": "第 9 次会议", "decided_on": TODAY, "published_on": TODAY},
    ),
    "/complaints": (
        Role.STUDENT,
        {"placement": "A1", "kind": "deposit", "words": "交了押金", "happened_on": TODAY},
    ),
    "/batches": (SCHOOL, {"school": "A", "placements": ["A1"]}),
    "/batches/A/file": (SCHOOL, {"number": "2026-9", "filed_on": TODAY}),
}
DAYS = [
    (address, name)
    for address, (_role, body) in BODIES.items()
    for name, value in body.items()
    if value == TODAY
]


class Sender:
    """Sends one of the bodies, with the ids of the district in the place of names."""

    def __init__(self, district: District, address: str) -> None:
        role, self.body = BODIES[address]
        ties = {SCHOOL: district.schools["A"], Role.STUDENT: district.learners["A1"].student}
        self.browser: Browser = signed_in(join("x", role, ties.get(role)))
        self.browser.client.raise_request_exception = False
        self.keys = {
            **{name: row.pk for name, row in district.schools.items()},
            **{name: row.pk for name, row in district.placements.items()},
        }
        if "/hosts/E" in address:
            host = district.enterprises["E"].pk
            address = address.replace("E", f"{host}")
        if "/batches/A" in address:
            made = self.browser.post("/batches", self.named(BODIES["/batches"][1]))
            address = address.replace("A", made.json()["id"])
        self.address = address

    def named(self, body: dict[str, Any]) -> dict[str, Any]:
        return {
            name: [self.keys[one] for one in value]
            if name == "placements"
            else self.keys[value]
            if name in ("school", "placement")
            else value
            for name, value in body.items()
        }

    def send(self, **other: Any) -> Any:
        return self.browser.post(self.address, self.named(self.body | other), if_match="*")


def places(answer: Any) -> list[str]:
    return [one["place"] for one in answer.json().get("errors", [])]


@pytest.mark.parametrize(("address", "name"), DAYS)
def test_a_day_outside_the_calendar_is_refused_where_it_stands(
    district: District, address: str, name: str
) -> None:
    sender = Sender(district, address)

    outside = [sender.send(**{name: day}) for day in ("1899-12-31", "2200-01-01", "9999-12-31")]
    inside = [sender.send(**{name: day}) for day in ("1900-01-01", "2199-12-31", TODAY)]

    assert [(answer.status_code, places(answer)) for answer in outside] == [(422, [f"/{name}"])] * 3
    assert [f"/{name}" in places(answer) for answer in inside] == [False] * 3
    assert {answer.status_code for answer in inside} <= {200, 201, 409, 422}
    assert {answer.status_code for answer in inside} & {200, 201}


@pytest.mark.parametrize("address", sorted(BODIES))
def test_a_name_that_a_body_does_not_have_is_refused(district: District, address: str) -> None:
    sender = Sender(district, address)

    refused, done = sender.send(until_day=TODAY), sender.send()

    assert (refused.status_code, places(refused)) == (422, ["/until_day"])
    assert done.status_code in (200, 201)


@pytest.mark.parametrize(
    ("address", "name", "foreign", "place"),
    [
        ("/hosts/E/assess", "school", "B", "/school"),
        ("/batches", "school", "B", "/school"),
        ("/batches", "placements", ["A1", "B1"], "/placements/1"),
        ("/complaints", "placement", "B1", "/placement"),
    ],
)
def test_anothers_row_is_refused_where_it_is_named(
    district: District, address: str, name: str, foreign: Any, place: str
) -> None:
    sender = Sender(district, address)

    refused, done = sender.send(**{name: foreign}), sender.send()

    assert (refused.status_code, places(refused)) == (422, [place])
    assert done.status_code == 201
