"""Many cases moved from the list at once: what was ticked, or all of it, each by itself."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client

from compliance.cases.bulk import MOST_AT_ONCE
from compliance.models import Alert, AlertStep
from people.models import User
from people.roles import Role
from tests.console.sites import NOW, District, crowded, join, signed_in, uninsured


@pytest.fixture
def district(db: None, at_nine: None) -> District:
    return District()


def send(
    browser: Client, alerts: list[Alert], action: str, *, at: str = "/alerts", **typed: Any
) -> Any:
    """The rows ticked, and the button pressed."""
    form = {"once": str(uuid4()), "seen": latest(), "action": action, **typed}
    return browser.post(at, {"alert": [str(alert.public_id) for alert in alerts], **form})


def latest() -> int:
    return AlertStep.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def coordinator(district: District) -> User:
    return join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])


def test_those_ticked_are_moved_and_those_refused_are_named_with_why(
    district: District, coordinator: User
) -> None:
    first, second, closed = (uninsured(district[name]) for name in ("A1", "A2", "A3"))
    foreign = uninsured(district["B1"])
    Alert.objects.filter(pk=closed.pk).update(state="cured", closed_at=NOW)

    answer = send(signed_in(coordinator), [first, second, closed, foreign], "acknowledge")

    assert answer.status_code == 302
    assert said(answer) == [
        "已处理 2 件",
        "1 件没有处理：这条预警现在是“已纠正”，不能这样做（INS-01 A3）",
        "1 件没有处理：找不到，或者不属于您",
    ]
    states = dict(Alert.objects.values_list("subject", "state"))
    assert states == {"A1": "acknowledged", "A2": "acknowledged", "A3": "cured", "B1": "open"}


def test_cases_are_given_to_one_person_who_may_have_them(
    district: District, coordinator: User
) -> None:
    taught, other = uninsured(district["A1"]), uninsured(district["A2"])
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])

    answer = send(signed_in(coordinator), [taught, other], "assign", to=str(teacher.public_id))

    assert said(answer)[0] == "已处理 1 件"
    assert "ta1 不负责这件事，不能接手（INS-01 A2）" in said(answer)[1]
    assert Alert.objects.get(pk=taught.pk).assigned_to == teacher
    assert Alert.objects.get(pk=other.pk).assigned_to is None


@pytest.mark.parametrize(
    ("role", "tie", "status"),
    [
        (Role.SCHOOL_TEACHER, "TA1", 302),
        (Role.COMMISSION, None, 302),
        (Role.ENTERPRISE_HR, "E", 403),
        (Role.STUDENT, "A1", 403),
    ],
)
def test_others_move_what_is_theirs_and_nothing_else(
    district: District, coordinator: User, role: Role, tie: str | None, status: int
) -> None:
    ties = {
        Role.SCHOOL_TEACHER: district.teachers.get(tie or ""),
        Role.ENTERPRISE_HR: district.enterprises.get(tie or ""),
        Role.STUDENT: district.learners["A1"].student,
    }
    theirs, beside = uninsured(district["A1"]), uninsured(district["A2"])

    answer = send(signed_in(join("x", role, ties.get(role))), [theirs, beside], "acknowledge")

    moved = set(Alert.objects.filter(state="acknowledged").values_list("subject", flat=True))
    assert answer.status_code == status
    assert moved == ({"A1"} if role == Role.SCHOOL_TEACHER else set())
    owner = send(signed_in(coordinator), [theirs, beside], "acknowledge")
    done = "已处理 1 件" if role == Role.SCHOOL_TEACHER else "已处理 2 件"
    assert said(owner)[0] == done


def test_all_on_the_filter_are_those_the_page_counted_and_no_newcomer(
    district: District, coordinator: User
) -> None:
    browser = signed_in(coordinator)
    for name in ("A1", "A2"):
        uninsured(district[name])
    crowded(district.enterprises["F"])
    seen = latest()
    late = uninsured(district["A3"])
    AlertStep.objects.create(
        alert=late, kind="opened", state="open", severity="critical", on=NOW.date(), at=NOW
    )
    form = {"once": str(uuid4()), "seen": seen, "action": "acknowledge", "every": "1"}

    answers = [browser.post("/alerts?rule=INS&state=open", form) for _ in range(2)]

    assert said(answers[0]) == ["已处理 2 件"]
    assert said(answers[1]) == ["已处理 2 件"] * 2
    moved = Alert.objects.filter(state="acknowledged").values_list("subject", flat=True)
    assert sorted(moved) == ["A1", "A2"]
    assert AlertStep.objects.filter(kind="acknowledged").count() == 2


@pytest.mark.parametrize(("extra", "status"), [(0, 302), (1, 422)])
def test_two_hundred_at_once_and_not_one_more(
    district: District, coordinator: User, extra: int, status: int
) -> None:
    for number in range(MOST_AT_ONCE + extra):
        uninsured(district["A1"], rule="PAY-05", period=f"{1900 + number}-01")
    form = {"once": str(uuid4()), "seen": 0, "action": "acknowledge", "every": "1"}

    answer = signed_in(coordinator).post("/alerts?rule=PAY", form)

    assert answer.status_code == status
    moved = Alert.objects.filter(state="acknowledged").count()
    assert moved == (0 if extra else MOST_AT_ONCE)
    if extra:
        assert "一次最多处理 200 件，请先缩小筛选范围" in answer.content.decode()


def test_what_is_refused_keeps_the_ticks_and_the_filters(
    district: District, coordinator: User
) -> None:
    alert = uninsured(district["A1"])
    browser = signed_in(coordinator)

    nobody = send(browser, [alert], "assign", at="/alerts?rule=INS", to="")
    nothing = send(browser, [], "acknowledge")

    page = nobody.content.decode()
    assert (nobody.status_code, nothing.status_code) == (422, 422)
    assert "请选择指定给谁" in page
    assert f'value="{alert.public_id}"' in page
    assert " checked>" in page
    assert 'name="rule" value="INS"' in page
    assert "请先勾选要处理的预警" in nothing.content.decode()


def test_ticks_that_are_no_cases_are_not_found_and_break_nothing(
    district: District, coordinator: User
) -> None:
    uninsured(district["A1"])
    form = {"once": str(uuid4()), "seen": 0, "action": "acknowledge"}

    answer = signed_in(coordinator).post("/alerts", {"alert": ["x", str(uuid4())], **form})

    assert said(answer) == ["2 件没有处理：找不到，或者不属于您"]


@pytest.fixture
def real_district(transactional_db: None, at_nine: None) -> District:
    return District()


def test_two_coordinators_at_once_give_each_case_away_once_and_the_later_one_is_told(
    real_district: District,
) -> None:
    school = real_district.schools["A"]
    people = [join(name, Role.SCHOOL_COORDINATOR, school) for name in ("ca", "cb")]
    alerts = [uninsured(real_district[name]) for name in ("A1", "A2", "A3")]
    browsers = [signed_in(person) for person in people]
    seen, start, answers = latest(), Barrier(2), []

    def give(browser: Client, person: User) -> None:
        start.wait()
        to = str(person.public_id)
        answers.append(said(send(browser, alerts, "assign", to=to, seen=seen)))
        connection.close()

    threads = [Thread(target=give, args=pair) for pair in zip(browsers, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    steps = AlertStep.objects.filter(kind="assigned")
    assert steps.count() == 3
    told = [line for lines in answers for line in lines]
    assert sum(int(line.split()[1]) for line in told if line.startswith("已处理")) == 3
    refused = [line for line in told if "别人已给这条预警指定了负责人" in line]
    assert sum(int(line.split()[0]) for line in refused) == 3
    for alert in alerts:
        step = alert.steps.get()
        assert Alert.objects.get(pk=alert.pk).assigned_to == step.assignee == step.user
