"""A placement's page says where it stands and lets each side do what is theirs, and no more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from internships.life.content import content_of, digest_of
from internships.life.drafting import edit
from internships.models import Party, Placement, PlacementState
from people.roles import Role
from tests.console.sites import signed_in
from tests.life.cast import Cast, kept, steps_of
from tests.rules.builders import make_learner, make_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT


def browser(cast: Cast, role: Role) -> Client:
    return signed_in(cast.users[role])


def send(client: Client, placement: Placement, key: str, **typed: Any) -> Any:
    """The form of that move, sent as the page would."""
    return client.post(f"/placements/{placement.pk}/moves/{key}", typed)


def text_of(client: Client, placement: Placement) -> str:
    return client.get(f"/placements/{placement.pk}").content.decode()


def buttons(client: Client, placement: Placement) -> set[str]:
    """The moves that the page has a form for."""
    return set(
        re.findall(rf'action="/placements/{placement.pk}/moves/(\S+)"', text_of(client, placement))
    )


def test_each_side_is_offered_its_own_moves_at_each_station() -> None:
    cast = Cast()
    roles = (COORDINATOR, HR, STUDENT, Role.GUARDIAN, Role.SCHOOL_TEACHER, Role.COMMISSION)
    clients = {role: browser(cast, role) for role in roles}
    placement = cast.submitted()

    submitted = {role: buttons(client, placement) for role, client in clients.items()}
    send(clients[HR], placement, "accept")
    accepted = {role: buttons(client, placement) for role, client in clients.items()}

    assert submitted == {
        COORDINATOR: {"send-back", "withdraw"},
        HR: {"accept", "send-back", "refuse"},
        STUDENT: set(),
        Role.GUARDIAN: set(),
        Role.SCHOOL_TEACHER: set(),
        Role.COMMISSION: set(),
    }
    assert accepted == {
        COORDINATOR: {"consent", "decline", "send-back", "withdraw"},
        HR: {"send-back", "refuse"},
        STUDENT: {"consent", "decline"},
        Role.GUARDIAN: {"consent", "decline"},
        Role.SCHOOL_TEACHER: set(),
        Role.COMMISSION: set(),
    }


def test_a_whole_agreement_is_made_on_the_page_by_its_parties() -> None:
    cast = Cast()
    placement = cast.drafted()
    school, host, student = (browser(cast, role) for role in (COORDINATOR, HR, STUDENT))

    answers = [
        send(school, placement, "submit"),
        send(host, placement, "accept", mentor=cast.mentor.pk, message="欢迎"),
        send(student, placement, "consent", read="on"),
        send(school, placement, "consent", party="guardian", read="on"),
        send(school, placement, "sign", party="school", read="on"),
        send(host, placement, "sign", read="on"),
        send(student, placement, "sign", read="on"),
    ]

    assert [answer.status_code for answer in answers] == [302] * 7
    assert kept(placement).state == PlacementState.CONSENTED
    assert steps_of(placement)[2:] == [
        "submit school",
        "accept enterprise",
        "consent student",
        "consent guardian",
        "sign school",
        "sign enterprise",
        "sign student",
    ]
    assert 'aria-current="step"><span>三方已签' in text_of(school, placement)


def test_the_page_says_who_is_waited_for_and_marks_what_waits_for_the_reader() -> None:
    cast = Cast()
    placement = cast.accepted()

    school = text_of(browser(cast, COORDINATOR), placement)
    student = text_of(browser(cast, STUDENT), placement)

    assert "<strong>等学生</strong> 看过内容，表示知情同意" in school
    assert "<strong>等监护人</strong>" in school
    assert '<li class="mine"><strong>等您</strong> 看过内容，表示知情同意' in student
    assert "月薪 3,800.00 元" in student


def test_what_was_given_already_is_not_asked_of_the_same_side_again() -> None:
    cast = Cast()
    placement = cast.accepted()
    student = browser(cast, STUDENT)

    send(student, placement, "consent", read="on")

    assert buttons(student, placement) == {"decline"}


def test_a_draft_that_was_sent_back_says_why_until_it_is_changed() -> None:
    cast = Cast()
    placement = cast.submitted()
    send(browser(cast, HR), placement, "send-back", message="师傅下月才回来")
    school = browser(cast, COORDINATOR)

    before = text_of(school, placement)
    edit(placement, changes={"pay_day": 20}, **cast.by(COORDINATOR))
    after = text_of(school, placement)

    assert re.search(r'class="lead soon">企业 · \S+退回了这次安排。 “师傅下月才回来”', before)
    assert "退回了这次安排" not in after


@pytest.mark.parametrize(
    ("role", "key", "typed", "status"),
    [
        (HR, "send-back", {"message": "岗位名额不够"}, 302),
        (HR, "send-back", {"message": " "}, 422),
        (HR, "consent", {"read": "on"}, 403),
        (HR, "consent", {}, 403),
        (HR, "submit", {}, 403),
        (COORDINATOR, "submit", {}, 409),
        (COORDINATOR, "accept", {}, 403),
        (COORDINATOR, "nothing", {}, 404),
        (STUDENT, "withdraw", {"message": "不去"}, 403),
        (Role.COMMISSION, "withdraw", {"message": "不去"}, 403),
    ],
)
def test_a_refused_move_says_why_and_changes_nothing(
    role: Role, key: str, typed: dict[str, str], status: int
) -> None:
    cast = Cast()
    placement = cast.submitted()
    before = steps_of(placement)

    answer = send(browser(cast, role), placement, key, **typed)

    assert answer.status_code == status
    assert (steps_of(placement) == before) is (status != 302)
    if status in (403, 409):
        assert 'class="fault"' in answer.content.decode()


def test_another_schools_coordinator_is_told_of_no_such_placement() -> None:
    cast, stranger = Cast(), Cast(learner=other_schools_learner())
    own, foreign = stranger.submitted(), cast.submitted()
    client = browser(stranger, COORDINATOR)

    answers = [
        send(client, row, "withdraw", message="不去了").status_code for row in (own, foreign)
    ]

    assert answers == [302, 404]
    assert kept(foreign).state == PlacementState.SUBMITTED


def other_schools_learner() -> Any:
    return make_learner(school=make_school("5001170002"))


def test_nobody_agrees_to_what_changed_after_they_had_seen_it() -> None:
    cast = Cast()
    placement = cast.accepted()
    seen = digest_of(content_of(placement))
    student = browser(cast, STUDENT)
    edit(placement, changes={"teacher": None}, **cast.by(COORDINATOR))

    stale = send(student, placement, "consent", read="on", seen=seen)
    fresh = send(student, placement, "consent", read="on", seen=digest_of(content_of(placement)))

    assert (stale.status_code, fresh.status_code) == (409, 302)
    assert "内容在您看过之后变了" in stale.content.decode()


def test_a_host_that_does_not_take_the_student_is_led_back_to_its_list() -> None:
    cast = Cast()
    placement = cast.submitted()

    answer = send(browser(cast, HR), placement, "refuse", message="不招实习生了")

    assert (answer.status_code, answer.url) == (302, "/placements")
    line = text_of(browser(cast, COORDINATOR), placement)
    assert 'class="here off" aria-current="step"><span>已拒绝' in line


def test_the_commission_reads_the_history_without_names_and_words() -> None:
    cast = Cast()
    placement = cast.submitted()
    send(browser(cast, HR), placement, "send-back", message="示例学生太年轻")

    told = text_of(browser(cast, Role.COMMISSION), placement)

    assert "退回" in told
    assert "示例学生太年轻" not in told
    assert cast.users[HR].display_name not in told


def test_a_guardian_says_no_in_the_guardians_name() -> None:
    cast = Cast()
    placement = cast.accepted()

    send(browser(cast, Role.GUARDIAN), placement, "decline", message="离家太远")

    step = placement.steps.last()
    assert step is not None
    assert (step.move, step.party) == ("decline", Party.GUARDIAN)
    assert kept(placement).state == PlacementState.REFUSED
