"""Who sees which cases: their own students', their own posts', and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from compliance.models import Alert, AlertCount, AlertStep
from internships.models import Placement
from people.models import User
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_judging import judged
from tests.rules.builders import (
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    make_school,
)
from tests.rules.district import ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed() -> dict[str, Placement]:
    """Two schools with a student each at one crowded post, and a third somewhere else."""
    crowded = make_post(make_enterprise(staff_count=1), headcount=1)
    placements = {}
    for name, code, post in (
        ("own", "5001170001", crowded),
        ("beside", "5001170002", crowded),
        ("far", "5001170003", make_post(make_enterprise(staff_count=1), headcount=1)),
    ):
        learner = make_learner(school=make_school(code))
        placements[name] = make_placement(learner=learner, post=post, ends_on=date(2026, 11, 30))
    judged()
    return placements


def seen(user: User, on: date = ON) -> set[tuple[str, str]]:
    """Rule and subject of what the user sees; the history must be that of the same cases."""
    actor = as_actor(user, on)
    cases = Alert.objects.visible_to(actor)
    steps = AlertStep.objects.visible_to(actor)
    assert set(steps.values_list("alert", flat=True)) == set(cases.values_list("pk", flat=True))
    return set(cases.values_list("rule", "subject"))


def subjects(placement: Placement) -> tuple[str, str, str]:
    post = placement.terms.get().post
    return placement.code, post.code, post.enterprise.credit_code


def test_coordinator_sees_the_own_school_and_the_hosts_it_places_at(
    placed: dict[str, Placement],
) -> None:
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placed["own"].school)

    cases = seen(coordinator)

    code, post, enterprise = subjects(placed["own"])
    assert {subject for _, subject in cases} == {code, post, enterprise}
    assert ("HOST-08", enterprise) in cases
    assert ("INS-01", code) in cases


def test_teacher_sees_the_own_students_and_no_host(placed: dict[str, Placement]) -> None:
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placed["own"].terms.get().teacher)

    assert {subject for _, subject in seen(teacher)} == {placed["own"].code}


def test_host_sees_its_posts_and_those_placed_there_until_they_leave(
    placed: dict[str, Placement],
) -> None:
    host = placed["own"].terms.get().post.enterprise
    hr = make_user(Role.ENTERPRISE_HR, enterprise=host)
    _, post, enterprise = subjects(placed["own"])
    there = {placed["own"].code, placed["beside"].code}

    assert {subject for _, subject in seen(hr)} == there | {post, enterprise}
    assert {subject for _, subject in seen(hr, date(2026, 12, 1))} == {post, enterprise}


def test_commission_sees_all_and_everybody_else_nothing(placed: dict[str, Placement]) -> None:
    commission = make_user(Role.COMMISSION)
    terms = placed["own"].terms.get()
    others = [
        make_user(Role.STUDENT, student=placed["own"].learner.student),
        make_user(Role.ENTERPRISE_MENTOR, mentor=terms.mentor),
    ]

    assert len(seen(commission)) == Alert.objects.values("rule", "subject").distinct().count()
    assert [seen(user) for user in others] == [set(), set()]
    former = make_user(Role.COMMISSION, from_day=ON + timedelta(days=1))
    assert seen(former) == set()


def test_counts_are_those_of_the_schools_own_cases(placed: dict[str, Placement]) -> None:
    coordinator = as_actor(make_user(Role.SCHOOL_COORDINATOR, school=placed["own"].school))

    totals: dict[str, Any] = {
        row["rule"]: row["total"]
        for row in AlertCount.objects.visible_to(coordinator).totals("rule")
    }

    own = Alert.objects.filter(school=placed["own"].school)
    assert totals == {
        rule: own.filter(rule=rule).count() for rule in own.values_list("rule", flat=True)
    }
