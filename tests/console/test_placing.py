"""A class is placed at a post with one form: all of it, or nothing and who stands in the way."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from internships.models import Placement, PlacementState
from people.models import LearnerIdentity
from people.roles import Role
from tests.console.sites import signed_in
from tests.life.cast import Cast
from tests.rules.builders import make_learner, make_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]

COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR


def class_of(number: int, **values: Any) -> list[LearnerIdentity]:
    return [make_learner(class_name="数控2401", **values) for _ in range(number)]


def form(cast: Cast, learners: list[LearnerIdentity], **typed: Any) -> dict[str, Any]:
    """The form as the page sends it, for those students."""
    return {
        "once": str(uuid4()),
        "learner": [learner.pk for learner in learners],
        "kind": "production",
        "starts_on": "2026-12-04",
        "ends_on": "2027-03-03",
        "post": cast.post.pk,
        "stage": "independent",
        "pay_basis": "monthly",
        "agreed_pay": "3800",
        "pay_day": "15",
        "daily_hours": "8",
        "teacher": cast.teacher.pk,
        "action": "place",
        **typed,
    }


def address(cast: Cast) -> str:
    return f"/placements/new?class=数控2401&host={cast.host.credit_code}"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def school(cast: Cast) -> Client:
    return signed_in(cast.users[COORDINATOR])


def test_a_class_is_placed_and_offered_to_the_host_with_one_form_sent_twice(
    cast: Cast, school: Client
) -> None:
    sent = form(cast, class_of(2), offered="on")

    first = school.post(address(cast), sent)
    second = school.post(address(cast), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert list(Placement.objects.values_list("state", flat=True)) == [PlacementState.SUBMITTED] * 2


def test_one_who_is_too_young_keeps_all_from_being_written_and_is_named(
    cast: Cast, school: Client
) -> None:
    young = make_learner(born_on=date(2010, 12, 4), name="示例小明", class_name="数控2401")
    others = class_of(2)

    answer = school.post(address(cast), form(cast, [*others, young]))

    assert answer.status_code == 422
    told = re.search(r'id="found".*?</section>', answer.content.decode(), re.DOTALL)
    assert told is not None
    assert "示例小明" in told[0]
    assert "不能这样安排" in told[0]
    assert "示例学生" not in told[0]
    assert "1 名学生不能这样安排，没有写入任何一名" in answer.content.decode()
    assert not Placement.objects.exists()


def test_a_check_counts_the_class_against_the_caps_and_writes_nothing(
    cast: Cast, school: Client
) -> None:
    learners = class_of(5)

    checked = school.post(address(cast), form(cast, learners, action="check"))
    unsure = school.post(address(cast), form(cast, learners))
    few = school.post(address(cast), form(cast, learners[:4], action="check"))
    written = Placement.objects.count()
    sure = school.post(address(cast), form(cast, learners, sure="on"))

    assert (checked.status_code, unsure.status_code, few.status_code) == (200, 409, 200)
    assert "同岗位" in checked.content.decode()
    assert "可以这样安排" in few.content.decode()
    assert written == 0
    assert sure.status_code == 302
    assert Placement.objects.count() == 5


def test_one_who_is_placed_in_those_days_already_is_not_placed_again(
    cast: Cast, school: Client
) -> None:
    cast.drafted()

    answer = school.post(address(cast), form(cast, [cast.learner]))

    assert answer.status_code == 422
    assert "这段时间已有岗位实习：2026-12-04 至 2027-03-03，草稿" in answer.content.decode()
    assert Placement.objects.count() == 1


def test_another_schools_student_is_not_among_those_placed(cast: Cast, school: Client) -> None:
    foreign = make_learner(school=make_school("5001170002"), class_name="数控2401")

    answer = school.post(address(cast), form(cast, [foreign]))

    assert answer.status_code == 422
    assert "请先勾选要安排的学生" in answer.content.decode()
    assert foreign.student_number not in school.get(address(cast)).content.decode()


@pytest.mark.parametrize("role", [HR, Role.STUDENT, Role.SCHOOL_TEACHER, Role.COMMISSION])
def test_only_who_coordinates_a_school_places_students(cast: Cast, role: Role) -> None:
    client = signed_in(cast.users[role])

    assert client.get(address(cast)).status_code == 403
    assert client.post(address(cast), form(cast, [cast.learner])).status_code == 403


def test_a_class_of_ten_is_checked_with_the_queries_of_a_class_of_two_for_its_rules(
    cast: Cast, school: Client
) -> None:
    learners = class_of(10)
    school.post(address(cast), form(cast, learners[:2], action="check"))

    asked = []
    for number in (2, 10):
        with CaptureQueriesContext(connection) as queries:
            school.post(address(cast), form(cast, learners[:number], action="check"))
        asked.append(len(queries))

    assert asked[1] - asked[0] <= 8 * 12


def test_what_waits_for_a_hand_is_listed_by_whose_it_is_and_done_to_many(cast: Cast) -> None:
    placements = [Cast(post=cast.post).submitted() for _ in range(2)]
    host = signed_in(cast.users[HR])
    school = signed_in(cast.users[COORDINATOR])

    before = host.get("/placements/waiting").content.decode()
    unsaid = host.post(
        "/placements/waiting", {"placement": placements[0].pk, "action": "send-back"}
    )
    host.post("/placements/waiting", {"placement": placements[0].pk, "action": "accept"})
    host.post(
        "/placements/waiting",
        {"placement": placements[1].pk, "action": "send-back", "message": "名额已满"},
    )
    foreign = school.post(
        "/placements/waiting", {"placement": placements[1].pk, "action": "accept"}
    )

    assert "待接收 <b>2</b>" in before
    assert unsaid.status_code == 422
    assert [row.state for row in Placement.objects.order_by("pk")] == ["accepted", "draft"]
    assert foreign.status_code == 403
    assert "待提交 <b>1</b>" in school.get("/today").content.decode()
    assert "没有等您办的" in host.get("/placements/waiting").content.decode()


def test_each_side_is_waited_for_at_its_own_station(cast: Cast) -> None:
    placement = cast.accepted()
    roles = (COORDINATOR, HR, Role.STUDENT, Role.GUARDIAN)
    clients = {role: signed_in(cast.users[role]) for role in roles}

    def waited() -> dict[Role, list[str]]:
        pages = {role: client.get("/placements/waiting") for role, client in clients.items()}
        return {
            role: re.findall(r"task=(\w+)", page.content.decode()) for role, page in pages.items()
        }

    accepted = waited()
    clients[Role.STUDENT].post(f"/placements/{placement.pk}/moves/consent", {"read": "on"})
    clients[Role.GUARDIAN].post(f"/placements/{placement.pk}/moves/consent", {"read": "on"})
    consented = waited()
    for role in (COORDINATOR, HR, Role.STUDENT):
        clients[role].post(f"/placements/{placement.pk}/moves/sign", {"read": "on"})
    signed = waited()

    none: list[str] = []
    assert accepted == {
        COORDINATOR: none,
        HR: none,
        Role.STUDENT: ["consent"],
        Role.GUARDIAN: ["consent"],
    }
    assert consented == {
        COORDINATOR: ["sign"],
        HR: ["sign"],
        Role.STUDENT: ["sign"],
        Role.GUARDIAN: none,
    }
    assert signed == {COORDINATOR: ["start"], HR: none, Role.STUDENT: none, Role.GUARDIAN: none}


def test_the_list_of_what_waits_asks_the_same_for_one_and_for_ten(cast: Cast) -> None:
    cast.submitted()
    host = signed_in(cast.users[HR])
    host.get("/placements/waiting")

    asked = []
    for more in (0, 9):
        for _ in range(more):
            Cast(post=cast.post).submitted()
        with CaptureQueriesContext(connection) as queries:
            host.get("/placements/waiting")
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("role", [Role.SCHOOL_TEACHER, Role.COMMISSION])
def test_who_moves_no_placement_has_a_day_without_that_list(cast: Cast, role: Role) -> None:
    client = signed_in(cast.users[role])

    assert client.get("/today").status_code == 200
    assert client.get("/placements/waiting").status_code == 403
