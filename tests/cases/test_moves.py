"""What people do with a case: who may, from which state, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from common.ranges import days
from compliance.cases.moves import acknowledge, add_note, assign, end_waiver, waive
from compliance.cases.refusals import (
    NotPermitted,
    TransitionNotAllowed,
    WaiverRefused,
    WordsRefused,
)
from compliance.models import Alert
from people.models import Membership, User
from people.roles import Role
from tests.cases.rows import as_actor, make_user
from tests.cases.test_counts import counted, numbered
from tests.cases.test_judging import case, judged, steps_of
from tests.rules.builders import (
    insure,
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    make_school,
)
from tests.rules.district import ON

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-12T09:00:00+08:00")


@pytest.fixture
def alert() -> Alert:
    """HOST-07 of a placement whose teacher has an account."""
    placement = make_placement(post=make_post(major_groups=["01"]))
    judged()
    return case("HOST-07", placement.code)


@pytest.fixture
def coordinator(alert: Alert) -> User:
    return make_user(Role.SCHOOL_COORDINATOR, school=alert.school)


def strangers(alert: Alert) -> list[User]:
    """People who own rows of their own, and nothing of this case."""
    placement = make_placement()
    assert alert.placement is not None
    other = make_school("5001170009")
    return [
        make_user(Role.SCHOOL_COORDINATOR, school=other),
        make_user(Role.ENTERPRISE_HR, enterprise=placement.terms.get().post.enterprise),
        make_user(Role.ENTERPRISE_HR, enterprise=alert.placement.terms.get().post.enterprise),
        make_user(Role.STUDENT, student=alert.placement.learner.student),
        make_user(Role.COMMISSION),
    ]


def test_teacher_and_coordinator_acknowledge_and_strangers_do_not(
    alert: Alert, coordinator: User
) -> None:
    assert alert.placement is not None
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=alert.placement.terms.get().teacher)

    for user in strangers(alert):
        with pytest.raises(NotPermitted):
            acknowledge(alert, actor=as_actor(user), at=AT)
    acknowledged = acknowledge(alert, actor=as_actor(teacher), at=AT)

    assert acknowledged.state == "acknowledged"
    assert acknowledged.acknowledged_by_id == teacher.pk
    assert acknowledge(alert, actor=as_actor(teacher), at=AT).acknowledged_by_id == teacher.pk
    with pytest.raises(TransitionNotAllowed, match="已有人确认跟进"):
        acknowledge(alert, actor=as_actor(coordinator), at=AT)
    assert steps_of(alert) == ["opened", "acknowledged"]
    assert counted() == numbered()


def test_commission_acts_on_what_has_climbed_to_it(alert: Alert, coordinator: User) -> None:
    commission = make_user(Role.COMMISSION)
    late = ON + timedelta(days=10)

    with pytest.raises(NotPermitted):
        acknowledge(alert, actor=as_actor(commission, late - timedelta(days=1)), at=AT)
    acknowledge(alert, actor=as_actor(commission, late), at=AT)

    assert steps_of(alert) == ["opened", "acknowledged"]


def test_case_is_given_to_one_who_could_act_on_it_and_to_nobody_else(
    alert: Alert, coordinator: User
) -> None:
    deputy = make_user(Role.SCHOOL_COORDINATOR, school=alert.school)

    for user in strangers(alert):
        with pytest.raises(NotPermitted):
            assign(alert, to=user, actor=as_actor(coordinator), at=AT)
    assign(alert, to=deputy, actor=as_actor(coordinator), at=AT)

    assert alert.steps.get(kind="assigned").assignee_id == deputy.pk


def test_teacher_neither_assigns_nor_waives(alert: Alert) -> None:
    assert alert.placement is not None
    teacher = make_user(Role.SCHOOL_TEACHER, teacher=alert.placement.terms.get().teacher)

    with pytest.raises(NotPermitted):
        assign(alert, to=teacher, actor=as_actor(teacher), at=AT)
    with pytest.raises(NotPermitted):
        waive(alert, reason="试点岗位", until=ON, actor=as_actor(teacher), at=AT)


def test_waiver_holds_to_its_last_day_and_the_case_comes_back_the_day_after(
    alert: Alert, coordinator: User
) -> None:
    waive(alert, reason="试点岗位", until=date(2026, 11, 30), actor=as_actor(coordinator), at=AT)

    judged(date(2026, 11, 30))
    assert case(alert.rule, alert.subject).state == "waived"
    judged(date(2026, 12, 1))

    again = case(alert.rule, alert.subject)
    assert again.state == "open"
    assert again.deadlines_from == date(2026, 12, 1)
    assert (again.waived_until, again.waive_reason) == (None, "")
    assert steps_of(alert) == ["opened", "waived", "waiver_ended"]
    assert alert.steps.get(kind="waived").note == "试点岗位"


def test_waived_case_whose_breach_ends_is_cured(alert: Alert, coordinator: User) -> None:
    waive(alert, reason="试点岗位", until=date(2026, 11, 30), actor=as_actor(coordinator), at=AT)
    assert alert.placement is not None
    alert.placement.terms.get().post.__class__.objects.update(major_groups=["11"])

    judged()

    cured = case(alert.rule, alert.subject)
    assert cured.state == "cured"
    assert (cured.waived_until, cured.waive_reason, cured.waived_by_id) == (None, "", None)
    assert alert.steps.get(kind="waived").note == "试点岗位"


@pytest.mark.parametrize(
    ("reason", "until"),
    [
        ("试点岗位", date(2026, 11, 11)),
        ("试点岗位", date(2027, 5, 16)),
    ],
)
def test_waiver_without_a_near_end_is_refused(
    alert: Alert, coordinator: User, reason: str, until: date
) -> None:
    with pytest.raises(WaiverRefused):
        waive(alert, reason=reason, until=until, actor=as_actor(coordinator), at=AT)

    waive(alert, reason="试点岗位", until=date(2027, 5, 15), actor=as_actor(coordinator), at=AT)


@pytest.mark.parametrize(("characters", "kept"), [(0, False), (500, True), (501, False)])
def test_what_is_written_is_kept_whole_or_refused(
    alert: Alert, coordinator: User, characters: int, kept: bool
) -> None:
    actor, words = as_actor(coordinator), "字" * characters
    moves = (
        lambda: add_note(alert, note=words, actor=actor, at=AT),
        lambda: waive(alert, reason=f" {words} ", until=ON, actor=actor, at=AT),
    )

    for move in moves:
        with nullcontext() if kept else pytest.raises(WordsRefused):
            move()

    notes = alert.steps.exclude(note="").values_list("note", flat=True)
    assert list(notes) == ([words] * 2 if kept else [])


def test_case_of_another_rule_is_never_waived(alert: Alert, coordinator: User) -> None:
    uninsured = case("INS-01", alert.subject)

    with pytest.raises(WaiverRefused):
        waive(uninsured, reason="试点", until=ON, actor=as_actor(coordinator), at=AT)


def test_waiver_that_is_taken_back_opens_the_case(alert: Alert, coordinator: User) -> None:
    waive(alert, reason="试点岗位", until=date(2026, 11, 30), actor=as_actor(coordinator), at=AT)

    end_waiver(alert, actor=as_actor(coordinator), at=AT)

    assert case(alert.rule, alert.subject).state == "open"
    assert counted() == numbered()


def test_waiver_leaves_the_same_case_whether_taken_back_or_run_out(
    alert: Alert, coordinator: User
) -> None:
    the_day_after = date(2026, 12, 1)
    columns = [field.attname for field in Alert._meta.concrete_fields if field.name != "opened_at"]

    def waived_case() -> Alert:
        actor = as_actor(coordinator)
        assign(alert, to=coordinator, actor=actor, at=AT)
        return waive(alert, reason="试点岗位", until=date(2026, 11, 30), actor=actor, at=AT)

    waived_case()
    end_waiver(alert, actor=as_actor(coordinator, the_day_after), at=AT)
    taken_back = Alert.objects.filter(pk=alert.pk).values(*columns).get()
    waived_case()
    judged(the_day_after)
    run_out = Alert.objects.filter(pk=alert.pk).values(*columns).get()

    assert run_out | {"facts": 0} == taken_back | {"facts": 0}
    assert taken_back["assigned_to_id"] is None


@pytest.mark.parametrize(
    "move",
    [
        lambda alert, actor: acknowledge(alert, actor=actor, at=AT),
        lambda alert, actor: waive(alert, reason="x", until=ON, actor=actor, at=AT),
        lambda alert, actor: end_waiver(alert, actor=actor, at=AT),
    ],
)
def test_closed_case_is_not_moved_but_may_be_noted(
    alert: Alert, coordinator: User, move: Callable[..., Any]
) -> None:
    Alert.objects.filter(pk=alert.pk).update(state="lapsed", closed_at=AT)

    with pytest.raises(TransitionNotAllowed):
        move(alert, as_actor(coordinator))
    add_note(alert, note="已电话联系企业", actor=as_actor(coordinator), at=AT)

    assert alert.steps.get(kind="noted").note == "已电话联系企业"


def test_acknowledging_starts_no_deadline_anew_and_a_cure_closes_it(coordinator: User) -> None:
    placement = make_placement()
    judged()
    held = acknowledge(case("INS-01", placement.code), actor=as_actor(coordinator), at=AT)
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))

    judged()

    assert held.deadlines_from == ON
    assert case("INS-01", placement.code).state == "cured"


def test_who_gave_a_waiver_and_moved_on_takes_no_power_over_it_along() -> None:
    host = make_enterprise(staff_count=5)
    here = make_placement(post=make_post(host))
    beside = make_learner(school=make_school("5001170002"))
    make_placement(post=make_post(host), learner=beside)
    giver, stays = (make_user(Role.SCHOOL_COORDINATOR, school=here.school) for _ in "12")
    other = make_user(Role.SCHOOL_COORDINATOR, school=beside.school)
    judged()
    alert = case("HOST-08", host.credit_code)
    until, on = ON + timedelta(days=30), ON + timedelta(days=2)
    waive(alert, reason="试点岗位", until=until, actor=as_actor(giver), at=AT)
    giver.memberships.update(period=days(date(2026, 9, 1), ON))
    Membership.objects.create(
        user=giver, role=Role.SCHOOL_COORDINATOR, school=beside.school, period=days(on, None)
    )

    for mover in (other, giver):
        with pytest.raises(NotPermitted):
            end_waiver(alert, actor=as_actor(mover, on), at=AT)

    assert end_waiver(alert, actor=as_actor(stays, on), at=AT).state == "open"
