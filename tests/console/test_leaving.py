"""Leaving: rights end at once, and cases go to a colleague or to whom they are nearest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance.cases.moves import assign
from compliance.cases.owners import owner_of
from compliance.models import Alert, AlertStep
from people.actors import actor_for
from people.models import Membership, User
from people.roles import Role
from tests.console.sites import NOW, ON, District, join, signed_in, uninsured


@pytest.fixture
def coordinator(district: District) -> User:
    return join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])


def given(alert: Alert, to: User, by: User) -> Alert:
    return assign(alert, to=to, actor=actor_for(by, on=ON), at=NOW)


def leave(browser: Any, user: User, **form: str) -> Any:
    return browser.post(f"/people/{Membership.objects.get(user=user).pk}/leave", form)


def test_rights_end_with_the_request_that_ends_them(district: District, coordinator: User) -> None:
    uninsured(district["A1"])
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    own = signed_in(teacher)
    before = own.get(f"/placements/{district['A1'].pk}").status_code

    answer = leave(signed_in(coordinator), teacher)
    after = own.get(f"/placements/{district['A1'].pk}").status_code

    assert answer.headers["Location"] == "/people"
    assert (before, after) == (200, 404)
    assert Membership.objects.get(user=teacher).period.upper == date(2026, 11, 24)


def test_who_began_today_leaves_nothing_behind(district: District, coordinator: User) -> None:
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"], first=ON)

    leave(signed_in(coordinator), teacher)

    assert not Membership.objects.filter(user=teacher).exists()


def test_the_page_says_what_is_left_and_hands_the_cases_to_a_colleague(
    district: District, coordinator: User
) -> None:
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    beside = join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    alerts = [given(uninsured(district[code]), teacher, coordinator) for code in ("A1", "A3")]
    uninsured(district["B1"])
    browser = signed_in(coordinator)
    number = Membership.objects.get(user=teacher).pk

    page = browser.get(f"/people/{number}/leave").content.decode()
    leave(browser, teacher, to=f"{beside.public_id}")

    assert "指定给此人的预警：2" in page
    assert "写有此人的学生：2" in page
    for alert in alerts:
        assert owner_of(Alert.objects.get(pk=alert.pk), ON).user_ids == (beside.pk,)
        step = AlertStep.objects.filter(alert=alert).latest("pk")
        assert (step.user_id, step.assignee_id) == (coordinator.pk, beside.pk)


def test_without_a_colleague_named_cases_go_to_whom_they_are_nearest(
    district: District, coordinator: User
) -> None:
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    alert = given(uninsured(district["A1"]), teacher, coordinator)

    leave(signed_in(coordinator), teacher)

    assert owner_of(Alert.objects.get(pk=alert.pk), ON).user_ids == (coordinator.pk,)


def test_a_colleague_who_may_not_hold_a_case_keeps_all_as_it_was(
    district: District, coordinator: User
) -> None:
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    other = join("ta2", Role.SCHOOL_TEACHER, district.teachers["TA2"])
    alert = given(uninsured(district["A1"]), teacher, coordinator)

    refused = leave(signed_in(coordinator), teacher, to=f"{other.public_id}")

    assert refused.status_code == 422
    assert "不能接手" in refused.content.decode()
    assert Alert.objects.get(pk=alert.pk).assigned_to_id == teacher.pk
    assert Membership.objects.get(user=teacher).period.upper is None


def test_each_ends_the_own_peoples_tenure_and_a_busy_strangers_not(
    district: District, coordinator: User
) -> None:
    users = {
        "teacher": join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        "coordinator": join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"]),
        "HR of E": join("he2", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "commission": join("qu", Role.COMMISSION),
    }
    others = {
        "A": coordinator,
        "B": join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]),
        "E": join("he", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "F": join("hf", Role.ENTERPRISE_HR, district.enterprises["F"]),
        "commission": join("qu2", Role.COMMISSION),
        "teacher": join("tb1", Role.SCHOOL_TEACHER, district.teachers["TB1"]),
    }
    numbers = {name: Membership.objects.get(user=user).pk for name, user in users.items()}

    opened = {
        who: {
            name: signed_in(user).get(f"/people/{number}/leave").status_code
            for name, number in numbers.items()
        }
        for who, user in others.items()
    }

    none = dict.fromkeys(users, 404)
    assert opened == {
        "A": {**none, "teacher": 200, "coordinator": 200},
        "B": none,
        "E": {**none, "HR of E": 200},
        "F": none,
        "commission": {**none, "coordinator": 200},
        "teacher": dict.fromkeys(users, 403),
    }
    for who in ("B", "F"):
        assert leave(signed_in(others[who]), users["teacher"]).status_code == 404
    assert leave(signed_in(coordinator), coordinator).status_code == 404


def test_the_page_asks_as_much_for_many_cases_as_for_one(
    district: District, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    teacher = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    number = Membership.objects.get(user=teacher).pk
    browser = signed_in(coordinator)

    for rules in (range(1), range(1, 40)):
        for rule in rules:
            given(uninsured(district["A1"], period=f"{rule}"), teacher, coordinator)
        with django_assert_max_num_queries(8):
            browser.get(f"/people/{number}/leave")
