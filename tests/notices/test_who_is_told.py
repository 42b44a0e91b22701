"""One notice for each step and each of those who hold the case then; none for other steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Outbox
from audit.outbox.draining import drain
from common.ranges import days
from compliance.cases.climbing import escalate_overdue
from compliance.cases.moves import acknowledge, add_note, assign
from compliance.cases.telling import TOPIC
from compliance.models import Alert, AlertStep, Notice
from compliance.notices.writing import write_notices
from insurance.models import InsuredPeriod
from people.models import User
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_judging import case, judged
from tests.rules.builders import insure, make_placement, make_school
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2026-11-12T03:00:00+08:00")


def later(days: int) -> date:
    return ON + timedelta(days=days)


def at(day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T07:00:00+08:00")


def tell(*, moment: datetime = AT) -> None:
    """Have the worker take what cases published, and nothing else."""
    Outbox.objects.exclude(topic=TOPIC).delete()
    drain(clock=lambda: moment)
    assert not Outbox.objects.waiting().exists()
    assert not Outbox.objects.parked().exists()


def told(users: Iterable[User], alert: Alert) -> dict[str, list[str]]:
    """The kinds of steps of the case that each of the users was told of."""
    return {
        user.username: list(
            Notice.objects.filter(recipient=user, alert=alert)
            .order_by("step")
            .values_list("step__kind", flat=True)
        )
        for user in users
    }


def test_an_opened_case_is_told_once_to_whom_it_is_held_by_and_to_nobody_above() -> None:
    placement = make_placement()
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    commission = make_user(Role.COMMISSION)
    judged()

    tell()

    users = (teacher, coordinator, commission)
    assert [*told(users, case("INS-01", placement.code)).values()] == [["opened"], [], []]


def test_a_step_that_is_told_late_reaches_who_holds_the_case_then_and_nobody_who_has_left() -> None:
    placement = make_placement()
    left = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    left.memberships.update(period=days(date(2026, 9, 1), ON))
    came = make_user(Role.SCHOOL_COORDINATOR, school=placement.school, from_day=later(1))
    judged()

    tell(moment=at(later(1)))

    assert [*told((left, came), case("INS-01", placement.code)).values()] == [[], ["opened"]]


def test_every_coordinator_of_the_school_is_told_where_no_teacher_has_an_account() -> None:
    placement = make_placement()
    first, second = (make_user(Role.SCHOOL_COORDINATOR, school=placement.school) for _ in "12")
    stranger = make_user(Role.SCHOOL_COORDINATOR, school=make_school("5001170002"))
    judged()

    tell()

    users = (first, second, stranger)
    assert [*told(users, case("INS-01", placement.code)).values()] == [["opened"], ["opened"], []]


def test_a_case_that_nobody_near_could_hold_is_told_to_the_commission() -> None:
    placement = make_placement()
    commission = make_user(Role.COMMISSION)
    judged()

    tell()

    assert told([commission], case("INS-01", placement.code)) == {commission.username: ["opened"]}


def test_a_case_that_nobody_at_all_could_hold_is_told_to_nobody_and_parks_nothing() -> None:
    make_placement()
    judged()

    tell()

    assert not Notice.objects.exists()


def test_a_cured_noted_or_acknowledged_case_is_no_news_and_one_that_comes_back_is() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)
    acknowledge(alert, actor=as_actor(coordinator), at=AT)
    add_note(alert, note="已联系保险公司", actor=as_actor(coordinator), at=AT)
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))
    judged(later(1))
    tell()
    before = told([coordinator], alert)

    InsuredPeriod.objects.all().delete()
    judged(later(2))
    tell(moment=at(later(2)))

    assert before == {coordinator.username: ["opened"]}
    assert told([coordinator], alert) == {coordinator.username: ["opened", "reopened"]}


def test_a_case_that_climbs_is_told_to_the_level_it_reached() -> None:
    placement = make_placement()
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    commission = make_user(Role.COMMISSION)
    judged()
    users, alert = (teacher, coordinator, commission), case("INS-01", placement.code)

    escalate_overdue(later(2), at=at(later(2)))
    tell(moment=at(later(2)))
    after_two_days = told(users, alert)
    escalate_overdue(later(4), at=at(later(4)))
    tell(moment=at(later(4)))

    assert [*after_two_days.values()] == [["opened"], ["escalated"], []]
    assert [*told(users, alert).values()] == [["opened"], ["escalated"], ["escalated"]]


def test_a_case_that_climbs_two_levels_at_once_is_told_at_both() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    commission = make_user(Role.COMMISSION)
    judged()
    Outbox.objects.all().delete()

    escalate_overdue(later(20), at=at(later(20)))
    tell(moment=at(later(20)))

    users = (coordinator, commission)
    assert [*told(users, case("INS-01", placement.code)).values()] == [["escalated"], ["escalated"]]


def test_a_case_that_climbs_to_a_school_without_accounts_is_told_to_the_commission() -> None:
    placement = make_placement()
    make_user(Role.SCHOOL_TEACHER, teacher=placement.terms.get().teacher)
    commission = make_user(Role.COMMISSION)
    judged()
    Outbox.objects.all().delete()

    escalate_overdue(later(2), at=at(later(2)))
    tell(moment=at(later(2)))

    alert = case("INS-01", placement.code)
    assert told([commission], alert) == {commission.username: ["escalated"]}


def test_a_reopened_case_is_told_to_whom_it_is_assigned_now_and_not_to_the_old_holder() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    deputy = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    alert = case("INS-01", placement.code)
    assign(alert, to=deputy, actor=as_actor(coordinator), at=AT)

    tell()

    assert told([coordinator, deputy], alert) == {
        coordinator.username: [],
        deputy.username: ["opened"],
    }


def test_a_message_that_comes_twice_tells_once() -> None:
    placement = make_placement()
    coordinator = make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    steps = list(AlertStep.objects.values_list("pk", flat=True))

    first = write_notices(steps, at=AT)
    second = write_notices(steps, at=AT)

    assert {notice.recipient_id for notice in first} == {coordinator.pk}
    assert len(first) == len(steps)
    assert second == []


def test_telling_asks_as_little_for_many_steps_as_for_few() -> None:
    make_user(Role.COMMISSION)
    break_every_rule()
    judged()
    few = list(AlertStep.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as for_few:
        write_notices(few, at=AT)
    for _ in range(3):
        break_every_rule()
    judged()

    with CaptureQueriesContext(connection) as for_many:
        written = write_notices(AlertStep.objects.values_list("pk", flat=True), at=AT)

    assert len(written) >= 3 * len(few)
    assert len(for_many) <= len(for_few) + 1  # the ids of all steps are a question of this test


@pytest.mark.django_db(transaction=True)
def test_two_that_tell_the_same_steps_at_once_tell_once() -> None:
    placement = make_placement()
    make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    make_user(Role.SCHOOL_COORDINATOR, school=placement.school)
    judged()
    steps = list(AlertStep.objects.values_list("pk", flat=True))
    start, written = Barrier(3), []

    def tell_too() -> None:
        start.wait()
        with transaction.atomic():
            written.append(len(write_notices(steps, at=AT)))
        connection.close()

    threads = [Thread(target=tell_too) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Notice.objects.count() == 2 * len(steps)
    assert sorted(written) == [0, 0, 2 * len(steps)]
