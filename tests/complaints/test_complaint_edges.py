"""Complaints over the API and on pages: the student's own, and those of who handles them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from internships.complaints.raising import raise_complaint
from internships.models import Complaint
from people.actors import actor_for
from people.models import User
from people.roles import Role
from tests.api.clients import signed_in as api_of
from tests.console.sites import NOW, ON, District, join, signed_in

WORDS = "入职时交了五百元押金"


@pytest.fixture
def district(db: None, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return District()


@pytest.fixture
def student(district: District) -> User:
    return join("s", Role.STUDENT, district.learners["A1"].student)


@pytest.fixture
def coordinator(district: District) -> User:
    return join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])


def test_a_complaint_is_raised_answered_and_closed_over_the_api(
    district: District, student: User, coordinator: User
) -> None:
    own, school = api_of(student), api_of(coordinator)
    asked = {"placement": district["A1"].pk, "kind": "deposit", "words": WORDS, "amount": "500.00"}

    made = own.post("/complaints", asked)
    address = f"/complaints/{made.json()['id']}"
    moved = [
        school.post(f"{address}/{move}", {"words": "已核实"}).status_code
        for move in ("answer", "look-into", "answer", "close")
    ]

    assert (made.status_code, made.json()["moves"], made.json()["words"]) == (201, [], WORDS)
    assert moved == [409, 200, 200, 200]
    read = own.get(address).json()
    assert (read["state"], read["due_on"]) == ("closed", None)
    assert [step["words"] for step in read["steps"]] == ["", "已核实", "已核实", "已核实"]
    assert own.post(f"{address}/close", {"words": "x"}).status_code == 403
    assert school.codes("/complaints?mine=true", "id") == []
    assert school.codes("/complaints?mine=false", "id") == [made.json()["id"]]


@pytest.mark.parametrize(
    ("name", "key", "status"),
    [("A2", "A1", 422), ("A1", "nobody", 422), ("HR of E", "A1", 403), ("A1", "A1", 201)],
)
def test_nobody_complains_of_what_is_anothers(
    district: District, name: str, key: str, status: int
) -> None:
    is_student = name in district.learners
    user = (
        join("x", Role.STUDENT, district.learners[name].student)
        if is_student
        else join("x", Role.ENTERPRISE_HR, district.enterprises["E"])
    )
    number = district[key].pk if key in district.placements else 999_999

    answered = api_of(user).post(
        "/complaints", {"placement": number, "kind": "deposit", "words": WORDS}
    )

    assert answered.status_code == status
    assert Complaint.objects.count() == (status == 201)


def test_the_same_key_sent_twice_is_one_complaint(district: District, student: User) -> None:
    asked = {"placement": district["A1"].pk, "kind": "deposit", "words": WORDS}

    answers = [api_of(student).post("/complaints", asked, idempotency_key="k-1") for _ in range(2)]

    assert [answered.status_code for answered in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Complaint.objects.count() == 1


def test_the_pages_take_a_complaint_once_and_show_the_student_the_answer(
    district: District, student: User, coordinator: User
) -> None:
    own, school = signed_in(student), signed_in(coordinator)
    sent = {"once": uuid4(), "placement": district["A1"].pk, "kind": "danger", "words": WORDS}

    refused = own.post("/complaints/new", sent | {"words": ""})
    first, second = (own.post("/complaints/new", sent) for _ in range(2))
    page = f"/complaints/{Complaint.objects.get().public_id}"
    waits = school.get("/today").content.decode()
    school.post(f"{page}/look_into", {"words": ""})
    unanswered = school.post(f"{page}/answer", {"words": ""})
    school.post(f"{page}/answer", {"words": "企业已停止该作业"})

    assert (refused.status_code, unanswered.status_code) == (422, 422)
    assert first.headers["Location"] == second.headers["Location"] == page
    assert "1 件投诉等您处理" in waits
    read = own.get(page).content.decode()
    assert WORDS in read
    assert "企业已停止该作业" in read
    assert own.post(f"{page}/close", {"words": "x"}).status_code == 403


def test_the_commission_reads_what_has_climbed_and_counts_the_rest(
    district: District, student: User
) -> None:
    api = api_of(join("k", Role.COMMISSION))
    by: dict[str, Any] = {"actor": actor_for(student, on=ON), "at": NOW}
    quiet = raise_complaint(district["A1"], kind="deposit", words=WORDS, **by)
    danger = raise_complaint(district["A1"], kind="danger", words=WORDS, **by)

    told = [api.get(f"/complaints/{row.public_id}").json() for row in (quiet, danger)]

    assert [row["words"] for row in told] == [None, WORDS]
    assert [row["moves"] for row in told] == [[], ["look-into"]]
    assert api.codes("/complaints?mine=true", "id") == [str(danger.public_id)]
    assert told[0]["learner"]["name"].endswith("*")


def test_lists_ask_the_same_for_one_and_for_fifty(
    district: District, student: User, coordinator: User
) -> None:
    by: dict[str, Any] = {"actor": actor_for(student, on=ON), "at": NOW}
    school = signed_in(coordinator)
    numbers = []
    for more in (1, 49):
        for _ in range(more):
            raise_complaint(district["A1"], kind="deposit", words=WORDS, **by)
        for address in ("/complaints", "/api/v1/complaints"):
            school.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert school.get(address).status_code == 200
            numbers.append(len(asked))

    assert numbers[:2] == numbers[2:]
