"""A placement's life over the API: each party its own moves, on what it saw, with the reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from internships.models import Placement, PlacementState, PlacementStep
from people.roles import Role
from tests.api.clients import Browser, signed_in
from tests.api.test_refusals import refused
from tests.console.sites import NOW
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast, kept, steps_of
from tests.rules.builders import insure, make_learner, make_school

COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return Cast()


def as_(cast: Cast, role: Role) -> Browser:
    return signed_in(cast.users[role])


def move(browser: Browser, placement: Placement, key: str, body: Any = None, **headers: Any) -> Any:
    address = f"/placements/{placement.pk}/{key}"
    return browser.post(address, body, **({"if_match": "*"} | headers))


def keys(said: dict[str, Any], name: str = "moves") -> list[str]:
    return [one["key"] for one in said[name]]


def draft_of(cast: Cast, **values: Any) -> dict[str, Any]:
    given = {
        "learner": f"{cast.learner.public_id}",
        "kind": "production",
        "starts_on": f"{STARTS_ON}",
        "ends_on": f"{ENDS_ON}",
        "post": cast.post.pk,
        "teacher": cast.teacher.pk,
        "agreed_pay": "3800.00",
        "daily_hours": "8",
    }
    return given | values


def test_a_coordinator_drafts_and_the_answer_says_what_is_open(cast: Cast) -> None:
    school = as_(cast, COORDINATOR)

    answer = school.post("/placements", draft_of(cast))

    said = answer.json()
    placement = Placement.objects.get()
    assert answer.status_code == 201
    assert (said["id"], said["state"]) == (placement.pk, "draft")
    assert (said["terms"]["agreed_pay"], said["terms"]["daily_hours"]) == ("3800.00", "8.00")
    assert keys(said) == ["edit", "submit", "withdraw"]
    assert {"key": "sign", "name": "签署", "why": "实习安排现在是“草稿”，不能这样做"} in said[
        "closed_moves"
    ]
    assert said["moves"][0]["method"] == "PATCH"
    assert said["approvals"][0] == {
        "kind": "acceptance",
        "party": "enterprise",
        "is_given": False,
    }
    assert school.get(f"/placements/{placement.pk}").json() == said
    assert answer.headers["ETag"] == school.mark(f"/placements/{placement.pk}")


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"learner": "00000000-0000-7000-8000-000000000000"}, "/learner"),
        ({"post": 999_999}, "/post"),
        ({"starts_on": "1899-12-31"}, "/starts_on"),
        ({"school": 1}, "/school"),
        ({"agreed_pay": "-1"}, "/agreed_pay"),
    ],
)
def test_a_draft_that_cannot_be_says_where(cast: Cast, wrong: dict[str, Any], place: str) -> None:
    answer = as_(cast, COORDINATOR).post("/placements", draft_of(cast, **wrong))

    assert refused(answer, 422, "invalid")["errors"][0]["place"] == place
    assert not Placement.objects.exists()


def test_a_foreign_student_teacher_and_placement_are_named_by_nobody(cast: Cast) -> None:
    other = Cast(learner=make_learner(school=make_school("5001170002")))
    foreign = other.drafted()
    school = as_(cast, COORDINATOR)

    answers = [
        school.post("/placements", draft_of(cast, **one))
        for one in (
            {"learner": f"{other.learner.public_id}"},
            {"teacher": other.teacher.pk},
            {"mentor": other.mentor.pk},
            {"follows": foreign.pk},
        )
    ]

    assert [refused(answer, 422, "invalid")["errors"][0]["code"] for answer in answers] == [
        "does_not_exist"
    ] * 4
    assert Placement.objects.count() == 1


def test_nobody_drafts_for_a_student_who_is_not_theirs_to_place(cast: Cast) -> None:
    cast.submitted()

    refused(
        as_(cast, Role.STUDENT).post("/placements", draft_of(cast, teacher=None)),
        403,
        "not-permitted",
    )
    refused(as_(cast, HR).post("/placements", draft_of(cast, teacher=None)), 403, "not-permitted")


def test_an_edit_is_of_what_was_seen_and_voids_what_it_touches(cast: Cast) -> None:
    placement = cast.accepted()
    school, address = as_(cast, COORDINATOR), f"/placements/{placement.pk}"
    seen = school.mark(address)

    def patch(body: dict[str, Any], **headers: str) -> Any:
        return school.patch(address, body, **headers)

    without = patch({"pay_day": 12})
    stale = patch({"pay_day": 12}, if_match='"old"')
    foreign = patch({"learner": "x"}, if_match=seen)
    done = patch({"agreed_pay": "4000.00", "message": "涨了"}, if_match=seen)
    late = patch({"pay_day": 12}, if_match=seen)

    refused(without, 428, "if-match-required")
    refused(stale, 412, "changed-meanwhile")
    assert refused(foreign, 422, "invalid")["errors"][0]["place"] == "/learner"
    assert (done.json()["state"], done.json()["terms"]["agreed_pay"]) == ("submitted", "4000.00")
    assert late.headers["ETag"] == done.headers["ETag"]
    refused(late, 412, "changed-meanwhile")


def test_a_host_names_its_mentor_and_changes_nothing_else(cast: Cast) -> None:
    placement = cast.submitted(mentor=None)
    host, address = as_(cast, HR), f"/placements/{placement.pk}"

    named = host.patch(address, {"mentor": cast.mentor.pk}, if_match="*")
    pay = host.patch(address, {"agreed_pay": "10.00"}, if_match="*")

    assert named.json()["terms"]["mentor"] == cast.mentor.name
    refused(pay, 403, "not-permitted")


def test_from_draft_to_approval_each_makes_the_moves_that_are_theirs(cast: Cast) -> None:
    placement = cast.drafted()
    insure(cast.learner, STARTS_ON, ENDS_ON)

    states = [
        move(as_(cast, role), placement, key, body).json()["state"]
        for role, key, body in (
            (COORDINATOR, "submit", {"message": "请接收"}),
            (HR, "accept", {}),
            (Role.STUDENT, "consent", {}),
            (Role.GUARDIAN, "consent", {}),
            (COORDINATOR, "sign", {}),
            (HR, "sign", {}),
            (Role.STUDENT, "sign", {}),
            (COORDINATOR, "start", {}),
        )
    ]

    assert states == [
        *("submitted", "accepted", "accepted", "consented", "consented", "consented"),
        *("consented", "approved"),
    ]
    assert steps_of(placement)[-1] == "approve school"


def test_what_stands_against_a_start_is_told_all_at_once_and_before_it_too(cast: Cast) -> None:
    placement = cast.signed(agreed_pay=None)
    school = as_(cast, COORDINATOR)

    told = school.get(f"/placements/{placement.pk}/gate").json()
    closed = refused(move(school, placement, "start"), 409, "gate-closed")

    assert (told["is_open"], told["judged_on"]) == (False, f"{STARTS_ON}")
    assert [reason["rule"] for reason in told["reasons"]] == ["INS-01", "PAY-01"]
    assert closed["reasons"] == told["reasons"]
    assert "第三十五条" in closed["reasons"][0]["article"]
    assert closed["reasons"][0]["cure"]
    assert kept(placement).state == PlacementState.CONSENTED


def test_a_draft_may_be_judged_before_anybody_is_asked(cast: Cast) -> None:
    placement = cast.drafted()

    told = as_(cast, COORDINATOR).get(f"/placements/{placement.pk}/gate").json()

    assert "ELIG-03" in [reason["rule"] for reason in told["reasons"]]
    refused(as_(cast, Role.STUDENT).get(f"/placements/{placement.pk}/gate"), 403, "not-permitted")


def test_a_host_that_is_too_full_is_let_stand_with_words_and_an_end(cast: Cast) -> None:
    cast.host.staff_count = 2
    cast.host.save()
    placement = cast.signed()
    insure(cast.learner, STARTS_ON, ENDS_ON)
    school = as_(cast, COORDINATOR)
    full = [
        reason
        for reason in school.get(f"/placements/{placement.pk}/gate").json()["reasons"]
        if reason["waivable"]
    ]
    waivers = [
        {"rule": reason["rule"], "reason": "下月扩招", "until": "2026-12-10"} for reason in full
    ]

    refused(move(school, placement, "start"), 409, "gate-closed")
    refused(move(school, placement, "start", {"waivers": [{"rule": "INS-01"}]}), 422, "invalid")
    started = move(school, placement, "start", {"waivers": waivers})

    assert full
    assert started.json()["state"] == "approved"


def test_a_start_without_every_signature_says_whose_is_missing(cast: Cast) -> None:
    placement = cast.consented()
    school = as_(cast, COORDINATOR)

    said = school.get(f"/placements/{placement.pk}").json()
    answer = move(school, placement, "start")

    assert "sign" in keys(said)
    why = next(one["why"] for one in said["closed_moves"] if one["key"] == "start")
    assert why == "尚未签署：学校、企业、学生"
    assert refused(answer, 409, "not-in-this-state")["detail"] == why


def test_who_sees_a_placement_and_may_not_move_it_is_told_so(cast: Cast) -> None:
    placement = cast.submitted()

    for role in (Role.SCHOOL_TEACHER, Role.COMMISSION, Role.STUDENT):
        browser = as_(cast, role)
        refused(move(browser, placement, "accept"), 403, "not-permitted")
        assert browser.get(f"/placements/{placement.pk}").status_code == 200
    assert keys(as_(cast, Role.COMMISSION).get(f"/placements/{placement.pk}").json()) == []
    assert kept(placement).state == PlacementState.SUBMITTED


def test_strangers_of_every_role_find_nothing_whatever_they_try(cast: Cast) -> None:
    placement = cast.submitted()
    other = Cast(learner=make_learner(school=make_school("5001170002")))
    other.submitted()

    answers = [
        move(as_(other, role), placement, key, {"message": "x"})
        for role in (COORDINATOR, HR, Role.STUDENT, Role.GUARDIAN)
        for key in ("accept", "refuse", "submit", "send-back")
    ]

    assert [answer.status_code for answer in answers] == [404] * 16
    assert PlacementStep.objects.filter(placement=placement).count() == 3


def test_a_host_that_refuses_is_answered_and_sees_it_no_more(cast: Cast) -> None:
    placement = cast.submitted()
    host = as_(cast, HR)

    silent = move(host, placement, "refuse")
    done = move(host, placement, "refuse", {"message": "没有名额"}, idempotency_key="k")
    again = move(host, placement, "refuse", {"message": "没有名额"}, idempotency_key="k")

    refused(silent, 422, "invalid")
    assert [answer.status_code for answer in (done, again)] == [204, 204]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert host.get(f"/placements/{placement.pk}").status_code == 404
    assert steps_of(placement)[-1] == "refuse enterprise"


def test_an_answer_is_not_given_again_to_who_sees_the_placement_no_more(cast: Cast) -> None:
    placement = cast.submitted()
    host = as_(cast, HR)
    first = move(host, placement, "accept", idempotency_key="k")
    move(as_(cast, COORDINATOR), placement, "withdraw", {"message": "学生退学"})

    again = move(host, placement, "accept", idempotency_key="k")

    assert first.status_code == 200
    refused(again, 404, "not-found")


def test_a_move_out_of_turn_is_refused_by_its_state(cast: Cast) -> None:
    placement = cast.drafted()
    school = as_(cast, COORDINATOR)

    for key, body in (
        ("sign", {}),
        ("start", {}),
        ("resume", {}),
        ("settle", {}),
        ("archive", {}),
        ("suspend", {"message": "x"}),
        ("end", {"last_day": "2026-11-24", "message": "x"}),
    ):
        refused(move(school, placement, key, body), 409, "not-in-this-state")
    assert kept(placement).state == PlacementState.DRAFT


def test_a_guardians_paper_is_recorded_in_the_guardians_name(cast: Cast) -> None:
    placement = cast.accepted()
    school = as_(cast, COORDINATOR)
    opened = school.get(f"/placements/{placement.pk}").json()["moves"]

    done = move(school, placement, "consent", {"party": "guardian"})

    assert [one["parties"] for one in opened if one["key"] == "consent"] == [["guardian"]]
    assert done.json()["guardian_consented_on"] == "2026-11-24"
    refused(move(school, placement, "consent", {"party": "student"}), 403, "not-permitted")


def test_a_running_one_is_suspended_resumed_and_ended_by_whom_and_why(cast: Cast) -> None:
    placement = cast.signed(starts_on=ON)
    insure(cast.learner, ON, ENDS_ON)
    school, student = as_(cast, COORDINATOR), as_(cast, Role.STUDENT)

    done = [
        move(browser, placement, key, body).json()
        for browser, key, body in (
            (school, "start", {}),
            (school, "suspend", {"message": "返校考试"}),
            (school, "resume", {}),
            (student, "end", {"last_day": f"{ON}", "message": "身体不适"}),
        )
    ]

    assert [said.get("state", said) for said in done] == ["active", "suspended", "active", "ended"]
    assert done[-1]["ended_on"] == f"{ON}"
    told = school.get(f"/placements/{placement.pk}/settlement").json()
    closed = refused(move(school, placement, "settle"), 409, "gate-closed")
    assert closed["reasons"] == told["reasons"]


def test_one_placement_is_told_by_as_many_questions_whatever_it_has_been_through(
    cast: Cast,
) -> None:
    placement = cast.accepted()
    school = as_(cast, COORDINATOR)
    school.get(f"/placements/{placement.pk}")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            school.get(f"/placements/{placement.pk}")
        return len(queries)

    before = asked()
    for _ in range(5):
        move(school, placement, "consent", {"party": "guardian"})
        school.patch(f"/placements/{placement.pk}", {"pay_day": 11}, if_match="*")
        school.patch(f"/placements/{placement.pk}", {"pay_day": 12}, if_match="*")

    assert asked() == before
    assert before <= 24
