"""Who has a case: never nobody, nearest first, and further up the longer it is overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Outbox
from common.ranges import days
from compliance.cases.climbing import escalate_overdue
from compliance.cases.holding import held_by
from compliance.cases.moves import acknowledge, add_note, assign
from compliance.cases.owners import owner_of, owners_of
from compliance.cases.telling import TOPIC
from compliance.models import Alert, AlertStep, HolderLevel
from people.models import Membership, Teacher, User
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_judging import case, judged
from tests.rules.builders import (
    amend,
    insure,
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    make_school,
)
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T07:00:00+08:00")


def later(days: int) -> date:
    return ON + timedelta(days=days)


def levels(alert: Alert) -> list[str]:
    return list(alert.steps.filter(kind="escalated").values_list("level", flat=True))


def test_case_is_the_teachers_then_the_coordinators_then_the_commissions() -> None:
    placement = make_placement()
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    commission = make_user(Role.COMMISSION)
    judged()
    alert = case("INS-01", placement.code)

    held = {day: owner_of(alert, later(day)) for day in range(6)}

    assert [held[day].user_ids for day in (0, 1)] == [(teacher.pk,)] * 2
    assert [held[day].user_ids for day in (2, 3)] == [(coordinator.pk,)] * 2
    assert [held[day].user_ids for day in (4, 5)] == [(commission.pk,)] * 2


def test_case_without_a_teacher_with_an_account_is_the_coordinators() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    make_user(Role.SCHOOL_COORDINATOR, school=make_school("5001170002"))
    judged()

    holder = owner_of(case("INS-01", placement.code), ON)

    assert (holder.level, holder.user_ids) == ("coordinator", (coordinator.pk,))


def sees(user: User, alert: Alert, on: date) -> bool:
    return Alert.objects.visible_to(as_actor(user, on)).filter(pk=alert.pk).exists()


def test_whoever_moved_to_another_school_has_the_case_no_more() -> None:
    placement = make_placement()
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    moving = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)
    assign(alert, to=moving, actor=as_actor(moving), at=at(ON))
    moving.memberships.update(period=days(date(2026, 9, 1), ON))
    Membership.objects.create(
        user=moving,
        role=Role.SCHOOL_COORDINATOR,
        school=make_school("5001170009"),
        period=days(later(1), None),
    )

    holders = [owner_of(alert, later(day)).user_ids for day in (0, 1)]

    assert holders == [(moving.pk,), (teacher.pk,)]
    assert [sees(moving, alert, later(day)) for day in (0, 1)] == [True, False]


def test_teacher_of_the_day_has_the_case_of_a_placement_that_is_over() -> None:
    placement = make_placement(ended_on=date(2026, 11, 10), state="ended")
    first = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    successor = Teacher.objects.create(school=placement.school, name="赵老师")
    second = make_user(Role.SCHOOL_TEACHER, teacher=successor)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)
    assign(alert, to=first, actor=as_actor(coordinator), at=at(ON))
    amend(placement, later(1), teacher=successor)

    holders = [owner_of(alert, later(day)).user_ids for day in (0, 1)]

    assert holders == [(first.pk,), (second.pk,)]
    assert sees(second, alert, later(1))
    assert not sees(first, alert, later(1))


def test_membership_that_begins_tomorrow_holds_nothing_today() -> None:
    placement = make_placement()
    make_user(Role.SCHOOL_COORDINATOR, school=placement.school, from_day=later(1))
    judged()

    assert owner_of(case("INS-01", placement.code), ON).level == "commission"


def test_case_of_a_host_is_that_of_the_coordinators_of_every_school_placing_there() -> None:
    enterprise = make_enterprise(staff_count=10)
    post = make_post(enterprise, headcount=100)
    users = []
    for code in ("5001170001", "5001170002"):
        school = make_school(code)
        make_placement(learner=make_learner(school=school), post=post)
        users.append(make_user(Role.SCHOOL_COORDINATOR, school=school))
    make_user(Role.SCHOOL_COORDINATOR, school=make_school("5001170003"))
    judged()

    holder = owner_of(case("HOST-08", enterprise.credit_code), ON)

    assert holder.user_ids == tuple(user.pk for user in users)


def test_every_case_has_a_holder_in_as_many_queries_for_one_as_for_five() -> None:
    break_every_rule()
    judged()
    with CaptureQueriesContext(connection) as for_one:
        owners_of(Alert.objects.values_list("pk", flat=True), on=ON)
    for _ in range(4):
        break_every_rule()
    judged()

    with CaptureQueriesContext(connection) as for_five:
        held = owners_of(Alert.objects.values_list("pk", flat=True), on=ON)

    assert len(for_one) == len(for_five)
    assert len(held) == Alert.objects.count()
    assert {holder.level for holder in held.values()} == {"commission"}


def test_assigned_case_is_its_assignees_until_it_is_overdue() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    deputy = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)

    assign(alert, to=deputy, actor=as_actor(coordinator), at=at(ON))

    assert owner_of(alert, ON).user_ids == (deputy.pk,)
    assert owner_of(alert, later(2)).user_ids == (coordinator.pk, deputy.pk)


def test_overdue_case_climbs_once_to_each_level_however_often_it_is_looked_at() -> None:
    placement = make_placement()
    judged()
    alert = case("INS-01", placement.code)
    Outbox.objects.all().delete()

    assert escalate_overdue(later(1), at=at(later(1))) == 0
    for day in (2, 2, 3):
        escalate_overdue(later(day), at=at(later(day)))
    assert levels(alert) == ["coordinator"]
    for day in (4, 4, 9):
        escalate_overdue(later(day), at=at(later(day)))

    assert levels(alert) == ["coordinator", "commission"]
    told = [row.payload["steps"] for row in Outbox.objects.filter(topic=TOPIC)]
    climbed = AlertStep.objects.filter(kind="escalated").values_list("pk", flat=True)
    assert sorted(step for steps in told for step in steps) == sorted(climbed)


def test_case_that_was_not_looked_at_for_days_climbs_to_both_levels_at_once() -> None:
    placement = make_placement()
    judged()

    escalate_overdue(later(20), at=at(later(20)))

    assert levels(case("INS-01", placement.code)) == ["coordinator", "commission"]


def test_acknowledged_case_is_overdue_by_its_cure_alone() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = acknowledge(case("INS-01", placement.code), actor=as_actor(coordinator), at=at(ON))

    overdue = {
        day: Alert.objects.overdue(later(day)).filter(pk=alert.pk).exists() for day in range(6)
    }

    assert overdue == {0: False, 1: False, 2: False, 3: False, 4: True, 5: True}


def test_warning_has_seven_days_and_information_has_no_deadline() -> None:
    placement = make_placement()
    insure(placement.learner, date(2026, 9, 1), date(2026, 11, 30))
    judged()

    for rule, first_day in (("INS-02", 8), ("INS-05", None)):
        days = [
            day for day in range(40) if Alert.objects.overdue(later(day)).filter(rule=rule).exists()
        ]
        assert (days[0] if days else None) == first_day


def test_case_that_comes_back_climbs_anew() -> None:
    placement = make_placement()
    judged()
    escalate_overdue(later(4), at=at(later(4)))
    alert = case("INS-01", placement.code)
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))
    judged(later(5))
    type(placement.learner.insured_periods.get()).objects.all().delete()
    judged(later(6))

    escalate_overdue(later(7), at=at(later(7)))
    assert levels(alert) == ["coordinator", "commission"]
    escalate_overdue(later(8), at=at(later(8)))

    assert levels(alert) == ["coordinator", "commission", "coordinator"]


def test_whoever_acknowledges_has_the_case_and_its_missed_cure_climbs_anew() -> None:
    placement = make_placement()
    make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)
    escalate_overdue(later(2), at=at(later(2)))

    acknowledge(alert, actor=as_actor(coordinator, later(2)), at=at(later(2)))
    held = owner_of(alert, later(3))
    escalate_overdue(later(3), at=at(later(3)))
    before = levels(alert)
    for day in (4, 4, 6, 6):
        escalate_overdue(later(day), at=at(later(day)))

    assert held.user_ids == (coordinator.pk,)
    assert before == ["coordinator"]
    assert levels(alert) == ["coordinator", "coordinator", "commission"]


def test_case_acknowledged_after_it_reached_the_commission_is_told_when_it_comes_there_again() -> (
    None
):
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)
    escalate_overdue(later(4), at=at(later(4)))

    acknowledge(alert, actor=as_actor(coordinator, later(4)), at=at(later(4)))
    for day in (5, 6, 6, 7):
        escalate_overdue(later(day), at=at(later(day)))

    assert levels(alert) == ["coordinator", "commission"] * 2


def test_acknowledging_a_late_warning_climbs_no_second_time() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    insure(placement.learner, date(2026, 9, 1), date(2026, 11, 30))
    judged()
    alert = case("INS-02", placement.code)
    escalate_overdue(later(8), at=at(later(8)))

    acknowledge(alert, actor=as_actor(coordinator, later(8)), at=at(later(8)))
    for day in (9, 10):
        escalate_overdue(later(day), at=at(later(day)))

    assert levels(alert) == ["coordinator", "commission"]


def test_what_the_commission_took_stays_with_who_took_it_and_is_acted_on_there() -> None:
    placement = make_placement()
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    taker, other = make_user(Role.COMMISSION), make_user(Role.COMMISSION)
    judged()
    alert = case("INS-01", placement.code)

    acknowledge(alert, actor=as_actor(taker, later(4)), at=at(later(4)))
    alert.refresh_from_db()

    owners = {on: owner_of(alert, on) for on in map(later, (4, 5, 6, 7))}
    assert {holder.level for holder in owners.values()} == {HolderLevel.COMMISSION}
    alone, all_of_it = (taker.pk,), (taker.pk, other.pk)
    assert [holder.user_ids for holder in owners.values()] == [alone, alone, all_of_it, all_of_it]
    for on, holder in owners.items():
        add_note(alert, note="已约谈", actor=as_actor(taker, on), at=at(on))
        having = {
            user.pk
            for user in (teacher, coordinator, taker, other)
            if held_by(as_actor(user, on), on).filter(pk=alert.pk).exists()
        }
        assert having == set(holder.user_ids)
