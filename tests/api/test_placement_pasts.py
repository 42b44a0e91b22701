"""Changes of what was agreed over the API, who did what when, and what was so on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance.start_gate import start
from internships.life.as_of import as_of
from internships.life.running import end
from internships.models import Amendment, Placement, PlacementState, PlacementStep
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.api.test_refusals import refused
from tests.console.sites import NOW
from tests.life.cast import ENDS_ON, ON, Cast, kept, moment
from tests.rules.builders import insure, make_learner, make_post, make_school

COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR
FROM = "2026-12-20"
RISE = {"from_day": FROM, "changes": {"agreed_pay": "4000.00"}, "message": "转正"}


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Somebody at work from the morning of 2026-11-24."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    made = Cast()
    placement = made.signed(starts_on=ON)
    insure(made.learner, ON, ENDS_ON)
    start(placement, **made.by(COORDINATOR))
    return made


def placement_of(cast: Cast) -> Placement:
    return Placement.objects.get(learner=cast.learner)


def as_(cast: Cast, role: Role) -> Browser:
    return signed_in(cast.users[role])


def proposed(cast: Cast, body: dict[str, Any], role: Role = COORDINATOR) -> Any:
    address = f"/placements/{placement_of(cast).pk}/amendments"
    return as_(cast, role).post(address, body, if_match="*")


def test_one_side_proposes_and_the_other_agrees(cast: Cast) -> None:
    made = proposed(cast, RISE)
    address = f"/amendments/{made.json()['id']}"
    host = as_(cast, HR)

    gate = host.get(f"{address}/gate").json()
    own = as_(cast, COORDINATOR).post(f"{address}/agree", if_match="*")
    agreed = host.post(f"{address}/agree", if_match=host.mark(address))
    again = host.post(f"{address}/agree", if_match="*")

    assert made.status_code == 201
    assert made.json()["changes"] == {"agreed_pay": "4000.00"}
    assert gate == {
        "is_open": True,
        "judged_on": FROM,
        "last_waiver_on": gate["last_waiver_on"],
        "reasons": [],
    }
    refused(own, 403, "not-permitted")
    assert (agreed.json()["state"], agreed.json()["was"]) == ("agreed", {"agreed_pay": "3800.00"})
    refused(again, 409, "not-in-this-state")
    terms = host.get(f"/placements/{placement_of(cast).pk}/terms").json()["results"]
    assert [(one["from_day"], one["until_day"], one["agreed_pay"]) for one in terms] == [
        (FROM, None, "4000.00"),
        (None, "2026-12-19", "3800.00"),
    ]


def test_a_change_that_brings_a_breach_is_refused_with_every_reason(cast: Cast) -> None:
    made = proposed(cast, {"changes": {"ends_on": "2027-03-10"}}).json()

    answer = as_(cast, HR).post(f"/amendments/{made['id']}/agree", if_match="*")

    reasons = refused(answer, 409, "gate-closed")["reasons"]
    assert [reason["rule"] for reason in reasons] == ["INS-01"]
    assert kept(placement_of(cast)).ends_on == ENDS_ON


def test_the_other_side_turns_it_down_with_words(cast: Cast) -> None:
    made = proposed(cast, RISE, HR).json()
    school = as_(cast, COORDINATOR)
    address = f"/amendments/{made['id']}/turn-down"

    silent = school.post(address, if_match="*")
    done = school.post(address, {"message": "标准未定"}, if_match="*")

    refused(silent, 422, "invalid")
    assert done.json()["state"] == "turned_down"
    found = school.get(f"/placements/{placement_of(cast).pk}/amendments?state=turned_down").json()
    assert [row["id"] for row in found["results"]] == [made["id"]]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"changes": {"learner": 1}}, "/changes/learner"),
        ({"changes": {"post": 999_999}, "from_day": FROM}, "/post"),
        ({"changes": {"pay_day": 29}, "from_day": FROM}, "/changes/pay_day"),
        ({"from_day": FROM}, "/changes"),
    ],
)
def test_what_cannot_be_proposed_is_named_by_its_place(
    cast: Cast, body: dict[str, Any], place: str
) -> None:
    answer = proposed(cast, body)

    assert refused(answer, 422, "invalid")["errors"][0]["place"] == place
    assert not Amendment.objects.exists()


def test_who_may_do_what_with_an_amendment(cast: Cast) -> None:
    made = proposed(cast, RISE).json()
    stranger = Cast(learner=make_learner(school=make_school("5001170002")))
    stranger.submitted()
    address = f"/amendments/{made['id']}"

    for role in (Role.STUDENT, Role.GUARDIAN, Role.SCHOOL_TEACHER, Role.COMMISSION):
        assert as_(cast, role).get(address).status_code == 200
        refused(as_(cast, role).post(f"{address}/agree", if_match="*"), 403, "not-permitted")
    for role in (COORDINATOR, HR, Role.STUDENT):
        refused(as_(stranger, role).get(address), 404, "not-found")
        refused(as_(stranger, role).post(f"{address}/agree", if_match="*"), 404, "not-found")
    history = f"/placements/{placement_of(cast).pk}"
    for word in ("steps", "amendments"):
        refused(as_(cast, Role.ENTERPRISE_MENTOR).get(f"{history}/{word}"), 403, "not-permitted")
    assert as_(cast, Role.COMMISSION).get(address).json()["message"] is None


def test_the_history_says_who_did_what_when_and_why(cast: Cast) -> None:
    address = f"/placements/{placement_of(cast).pk}/steps"
    users = cast.users

    told = as_(cast, COORDINATOR).get(address).json()["results"]
    masked = as_(cast, Role.COMMISSION).get(address).json()["results"]
    to_host = as_(cast, HR).get(address).json()["results"]

    assert [(step["move"], step["party"]) for step in told[:4]] == [
        ("activate", "school"),
        ("sign", "student"),
        ("sign", "enterprise"),
        ("sign", "school"),
    ]
    assert [step["by"] for step in told[:3]] == [
        users[role].display_name for role in (COORDINATOR, Role.STUDENT, HR)
    ]
    assert told[-1]["from_state"] is None
    assert told[-2]["detail"] == {"changed": ["safety_trained_on"], "voided": []}
    assert {step["by"][1:].strip("*") for step in masked} == {""}
    assert [step["by"] for step in to_host if step["party"] == "guardian"] == [None]


@pytest.mark.parametrize("word", ["steps", "amendments"])
def test_a_history_asks_the_same_for_one_row_and_fifty(cast: Cast, word: str) -> None:
    placement, school = placement_of(cast), as_(cast, COORDINATOR)
    step = PlacementStep.objects.filter(placement=placement).values().first()
    assert step is not None

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert school.get(f"/placements/{placement.pk}/{word}").status_code == 200
        return len(queries)

    asked()
    for_one = asked()
    for _ in range(49):
        PlacementStep.objects.create(**{**step, "id": None, "from_state": "active", "move": "edit"})
        Amendment.objects.create(
            placement=placement,
            state="turned_down",
            changes={"pay_day": 10},
            proposed_for="school",
            proposed_on=ON,
            proposed_at=NOW,
            decided_for="enterprise",
            decided_on=ON,
            decided_at=NOW,
        )

    assert asked() == for_one
    assert for_one <= 3 + 4


def test_a_day_of_the_past_is_told_as_it_was_at_its_edges(cast: Cast) -> None:
    made = proposed(cast, RISE).json()
    as_(cast, HR).post(f"/amendments/{made['id']}/agree", if_match="*")
    school, address = as_(cast, COORDINATOR), f"/placements/{placement_of(cast).pk}"

    def pay(query: str) -> tuple[str | None, str]:
        said = school.get(f"{address}?{query}").json()
        return said["state"], said["terms"]["agreed_pay"]

    assert pay("as_of=2026-12-19") == ("active", "3800.00")
    assert pay("as_of=2026-12-20") == ("active", "4000.00")
    assert pay("as_of=2026-12-20&known_at=2026-11-24T00:59:59.999999Z") == ("active", "3800.00")
    assert pay("as_of=2026-12-20&known_at=2026-11-24T01:00:00Z") == ("active", "4000.00")
    assert pay("as_of=2026-11-23") == (None, "3800.00")
    assert pay("as_of=2026-11-24") == ("active", "3800.00")
    said = school.get(f"{address}?as_of=2026-12-20").json()
    assert (said["as_of"], said["known_at"], said["moves"]) == ("2026-12-20", None, [])
    for wrong in ("as_of=x", "known_at=x", "as_of=2026-02-30", "day=2026-12-20"):
        refused(school.get(f"{address}?{wrong}"), 422, "invalid")


def test_an_end_is_known_from_when_it_was_written_and_holds_from_the_day_after(
    cast: Cast,
) -> None:
    placement = placement_of(cast)
    cast.on = date(2026, 12, 10)
    end(placement, last_day=date(2026, 12, 8), message="回校", **cast.by(COORDINATOR))
    ended = kept(placement)

    def told(day: str, known_at: datetime | None = None) -> tuple[Any, date]:
        was = as_of(ended, day=date.fromisoformat(day), known_at=known_at)
        return was.state, was.last_on

    first, last = date(2026, 12, 8), ENDS_ON
    assert told("2026-12-08") == (PlacementState.ACTIVE, first)
    assert told("2026-12-09") == (PlacementState.ENDED, first)
    assert told("2026-12-09", moment(date(2026, 12, 9))) == (PlacementState.ACTIVE, last)
    assert told("2026-12-10", moment(date(2026, 12, 10))) == (PlacementState.ENDED, first)


def test_a_new_end_is_known_from_when_it_was_agreed(cast: Cast) -> None:
    made = proposed(cast, {"changes": {"ends_on": "2027-02-01"}}).json()
    as_(cast, HR).post(f"/amendments/{made['id']}/agree", if_match="*")
    address = f"/placements/{placement_of(cast).pk}"

    def ends_on(query: str) -> str:
        return str(as_(cast, COORDINATOR).get(f"{address}?{query}").json()["ends_on"])

    assert ends_on("as_of=2026-12-01&known_at=2026-11-24T00:59:59.999999Z") == f"{ENDS_ON}"
    assert ends_on("as_of=2026-12-01&known_at=2026-11-24T01:00:00Z") == "2027-02-01"


def test_a_change_of_host_ends_one_placement_and_drafts_the_one_that_follows(cast: Cast) -> None:
    placement, elsewhere = placement_of(cast), make_post()
    address = f"/placements/{placement.pk}/successor"
    asked = {
        "last_day": f"{ON}",
        "message": "企业停产",
        "starts_on": "2026-11-25",
        "ends_on": f"{ENDS_ON}",
        "post": elsewhere.pk,
        "agreed_pay": "3800.00",
    }
    school = as_(cast, COORDINATOR)

    same = school.post(address, asked | {"post": cast.post.pk}, if_match="*")
    overlapping = school.post(address, asked | {"starts_on": f"{ON}"}, if_match="*")
    host = as_(cast, HR).post(address, asked, if_match="*")
    untouched = kept(placement).state
    done = school.post(address, asked, if_match=school.mark(f"/placements/{placement.pk}"))

    refused(same, 422, "invalid")
    refused(overlapping, 422, "invalid")
    refused(host, 403, "not-permitted")
    assert untouched == PlacementState.ACTIVE
    assert (done.status_code, done.json()["state"], done.json()["follows"]) == (
        201,
        "draft",
        placement.pk,
    )
    assert kept(placement).ended_on == ON


def test_many_are_moved_at_once_and_each_says_what_became_of_it(cast: Cast) -> None:
    others = [Cast(post=cast.post).drafted() for _ in range(2)]
    foreign = Cast(learner=make_learner(school=make_school("5001170002"))).drafted()
    school = as_(cast, COORDINATOR)
    first, second = others
    asked = {
        "items": [
            {"id": second.pk, "etag": "*"},
            {"id": foreign.pk, "etag": "*"},
            {"id": placement_of(cast).pk, "etag": "*"},
            {"id": first.pk, "etag": school.mark(f"/placements/{first.pk}")},
            {"id": first.pk, "etag": '"old"'},
        ]
    }

    answer = school.post("/placements/submit", asked, idempotency_key="k")
    again = school.post("/placements/submit", asked, idempotency_key="k")

    results = answer.json()["results"]
    assert [(one["id"], one["status"], one["state"]) for one in results] == [
        (second.pk, 200, "submitted"),
        (foreign.pk, 404, None),
        (placement_of(cast).pk, 409, None),
        (first.pk, 200, "submitted"),
        (first.pk, 412, None),
    ]
    assert results[1]["problem"]["code"] == "not-found"
    assert results[0]["etag"] == school.mark(f"/placements/{second.pk}")
    assert again.content == answer.content
    assert second.steps.filter(move="submit").count() == 1
    refused(school.post("/placements/submit", {"items": []}), 422, "invalid")


def test_hosts_accept_and_sign_many_at_once(cast: Cast) -> None:
    submitted = Cast(post=cast.post).submitted()
    consented = Cast(post=cast.post).consented()
    host = as_(cast, HR)

    accepted = host.post("/placements/accept", {"items": [{"id": submitted.pk, "etag": "*"}]})
    signed = host.post("/placements/sign", {"items": [{"id": consented.pk, "etag": "*"}]})

    assert [one["state"] for one in accepted.json()["results"]] == ["accepted"]
    assert [one["status"] for one in signed.json()["results"]] == [200]
    teacher = as_(cast, Role.SCHOOL_TEACHER)
    item = {"id": placement_of(cast).pk, "etag": "*"}
    forbidden = teacher.post("/placements/sign", {"items": [item]}).json()["results"]
    assert [one["status"] for one in forbidden] == [403]


def test_students_and_staff_are_found_by_who_sees_them(cast: Cast) -> None:
    other = Cast(learner=make_learner(school=make_school("5001170002")))
    number = cast.learner.student_number

    students = as_(cast, COORDINATOR).get(f"/learners?student_number={number}").json()["results"]
    foreign = as_(other, COORDINATOR).get(f"/learners?student_number={number}").json()["results"]
    teachers = as_(cast, COORDINATOR).get("/teachers").json()["results"]
    mentors = as_(cast, HR).get("/mentors").json()["results"]
    masked = as_(cast, Role.COMMISSION).get("/teachers").content.decode()

    assert [one["id"] for one in students] == [f"{cast.learner.public_id}"]
    assert foreign == []
    assert [one["id"] for one in teachers] == [cast.teacher.pk]
    assert [one["name"] for one in mentors] == [cast.mentor.name]
    assert cast.teacher.name not in masked
