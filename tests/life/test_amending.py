"""What was agreed changes from a day on when both sides want it; the past stays as it was known."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from compliance.start_gate import agree_amendment, amended_verdict, start
from internships.life.amending import ends_on_as_known, propose, terms_on, turn_down
from internships.life.refusals import (
    GateClosed,
    NotPermitted,
    TermsRefused,
    TransitionNotAllowed,
)
from internships.life.running import end
from internships.life.verdicts import GateWaiver
from internships.models import Amendment, Hazard, Placement, Terms
from people.models import Mentor, Teacher
from people.roles import Role
from tests.life.cast import ENDS_ON, ON, STARTS_ON, Cast, moment
from tests.rules.builders import (
    attend_all,
    facts_of,
    insure,
    make_learner,
    make_placement,
    make_post,
    make_school,
    pay,
    workdays,
)

pytestmark = pytest.mark.django_db

COORDINATOR, HR = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR
NOW = date(2026, 12, 20)
FROM = date(2027, 1, 1)
RISE = {"agreed_pay": Decimal("4000.00")}


@pytest.fixture(scope="module")
def at_work(kept_rows: None) -> Cast:
    """Somebody at work since 2026-12-04, insured to 2027-03-03, on 2026-12-20."""
    made = Cast(learner=make_learner())
    placement = made.signed()
    insure(made.learner, STARTS_ON, ENDS_ON)
    made.on = STARTS_ON
    start(placement, **made.by(COORDINATOR))
    made.on = NOW
    return made


@pytest.fixture
def cast(at_work: Cast, db: None) -> Cast:
    """The same, for this test."""
    return deepcopy(at_work)


def placement_of(cast: Cast) -> Placement:
    return Placement.objects.get(learner=cast.learner)


def both(cast: Cast, changes: dict[str, Any], from_day: date | None = FROM) -> Amendment:
    """Proposed by the host, agreed by the school."""
    amendment = propose(placement_of(cast), changes=changes, from_day=from_day, **cast.by(HR))
    return agree_amendment(amendment, **cast.by(COORDINATOR))


@pytest.mark.parametrize(("proposer", "other"), [(HR, COORDINATOR), (COORDINATOR, HR)])
def test_one_side_proposes_and_the_other_agrees(cast: Cast, proposer: Role, other: Role) -> None:
    placement = placement_of(cast)

    amendment = propose(placement, changes=RISE, from_day=FROM, **cast.by(proposer))
    with pytest.raises(NotPermitted):
        agree_amendment(amendment, **cast.by(proposer))
    before = list(placement.terms.values())
    agree_amendment(amendment, **cast.by(other))

    first, second = placement.terms.order_by("period")
    assert len(before) == 1
    assert (first.pk, first.agreed_pay, first.period.upper) == (
        before[0]["id"],
        Decimal("3800.00"),
        FROM,
    )
    assert (second.agreed_pay, second.period.lower, second.period.upper) == (
        Decimal("4000.00"),
        FROM,
        None,
    )
    assert [step.move for step in placement.steps.all()][-2:] == ["propose", "agree"]


@pytest.mark.parametrize(
    "role",
    [Role.STUDENT, Role.GUARDIAN, Role.SCHOOL_TEACHER, Role.ENTERPRISE_MENTOR, Role.COMMISSION],
)
def test_nobody_else_proposes_or_agrees(cast: Cast, role: Role) -> None:
    placement = placement_of(cast)
    amendment = propose(placement, changes=RISE, from_day=FROM, **cast.by(HR))

    for attempt in (
        lambda: propose(placement, changes={"pay_day": 10}, from_day=FROM, **cast.by(role)),
        lambda: agree_amendment(amendment, **cast.by(role)),
        lambda: turn_down(amendment, message="不", **cast.by(role)),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_strangers_of_both_roles_touch_no_amendment_of_others(cast: Cast) -> None:
    stranger = Cast(learner=make_learner(school=make_school("5001170002")), on=NOW)
    amendment = propose(placement_of(cast), changes=RISE, from_day=FROM, **cast.by(HR))

    for role in (COORDINATOR, HR):
        with pytest.raises(NotPermitted):
            agree_amendment(amendment, **stranger.by(role))

    assert Amendment.objects.get().state == "proposed"


def test_each_kind_of_term_is_amended_from_its_day(cast: Cast) -> None:
    placement = placement_of(cast)
    post = make_post(cast.host, headcount=30)
    mentor = Mentor.objects.create(enterprise=cast.host, name="赵师傅")
    teacher = Teacher.objects.create(school=cast.school, name="孙老师")
    changes: dict[str, Any] = {
        "post": post,
        "mentor": mentor,
        "teacher": teacher,
        "daily_hours": Decimal("6.50"),
        "pay_basis": "daily",
        "agreed_pay": Decimal("200.00"),
        "pay_day": 20,
    }

    both(cast, changes)

    before, after = terms_on(placement, date(2026, 12, 31)), terms_on(placement, FROM)
    assert {name: getattr(after, name) for name in changes} == changes
    assert (before.post, before.mentor, before.teacher) == (cast.post, cast.mentor, cast.teacher)
    assert (before.daily_hours, before.pay_basis, before.pay_day) == (Decimal(8), "monthly", 15)


def test_what_was_known_before_is_told_still(cast: Cast) -> None:
    placement = placement_of(cast)
    both(cast, RISE)
    cast.on = date(2027, 1, 10)
    both(cast, {"agreed_pay": Decimal("4200.00"), "ends_on": date(2027, 3, 1)}, date(2027, 2, 1))
    day = date(2027, 2, 10)

    told = {
        known_on: terms_on(placement, day, known_at=moment(known_on)).agreed_pay
        for known_on in (date(2026, 12, 19), NOW, date(2027, 1, 9), date(2027, 1, 10))
    }

    assert told == {
        date(2026, 12, 19): Decimal("3800.00"),
        NOW: Decimal("4000.00"),
        date(2027, 1, 9): Decimal("4000.00"),
        date(2027, 1, 10): Decimal("4200.00"),
    }
    assert terms_on(placement, day).agreed_pay == Decimal("4200.00")
    assert terms_on(placement, date(2027, 1, 31)).agreed_pay == Decimal("4000.00")
    after = placement_of(cast)
    assert ends_on_as_known(after, moment(date(2027, 1, 9))) == ENDS_ON
    assert ends_on_as_known(after, moment(date(2027, 1, 10))) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("from_day", "is_allowed"),
    [
        (NOW, False),
        (date(2026, 12, 21), True),
        (ENDS_ON, True),
        (date(2027, 3, 4), False),
        (None, False),
    ],
)
def test_terms_change_from_a_day_to_come_up_to_the_last(
    cast: Cast, from_day: date | None, is_allowed: bool
) -> None:
    placement = placement_of(cast)

    if is_allowed:
        propose(placement, changes=RISE, from_day=from_day, **cast.by(HR))
    else:
        with pytest.raises(TermsRefused):
            propose(placement, changes=RISE, from_day=from_day, **cast.by(HR))

    assert Amendment.objects.exists() == is_allowed


def test_a_proposal_whose_day_came_before_it_was_agreed_is_refused(cast: Cast) -> None:
    amendment = propose(placement_of(cast), changes=RISE, from_day=FROM, **cast.by(HR))
    cast.on = FROM

    with pytest.raises(TermsRefused):
        agree_amendment(amendment, **cast.by(COORDINATOR))

    assert Terms.objects.filter(placement=placement_of(cast)).count() == 1


def test_changes_come_one_after_the_other_and_one_at_a_time(cast: Cast) -> None:
    placement = placement_of(cast)
    propose(placement, changes=RISE, from_day=FROM, **cast.by(HR))
    with pytest.raises(TransitionNotAllowed):
        propose(placement, changes={"pay_day": 10}, from_day=FROM, **cast.by(COORDINATOR))

    agree_amendment(Amendment.objects.get(), **cast.by(COORDINATOR))
    with pytest.raises(TermsRefused):
        propose(placement, changes={"pay_day": 10}, from_day=FROM, **cast.by(COORDINATOR))
    both(cast, {"pay_day": 10}, date(2027, 1, 2))

    assert terms_on(placement, date(2027, 1, 2)).agreed_pay == Decimal("4000.00")


@pytest.mark.parametrize(
    "changes",
    [
        {"agreed_pay": Decimal("3800.00")},
        {"agreed_pay": Decimal("-1.00")},
        {"pay_day": 29},
        {"kind": "orientation"},
        {"starts_on": date(2026, 12, 5)},
        {"ends_on": ENDS_ON},
        {"ends_on": date(2026, 12, 19)},
    ],
)
def test_a_change_that_changes_nothing_or_cannot_be_is_refused(
    cast: Cast, changes: dict[str, Any]
) -> None:
    with pytest.raises(TermsRefused):
        propose(placement_of(cast), changes=changes, from_day=FROM, **cast.by(HR))


def test_a_post_at_another_host_is_another_placement_and_no_change_of_this_one(cast: Cast) -> None:
    with pytest.raises(TermsRefused):
        propose(
            placement_of(cast),
            changes={"post": make_post(), "mentor": None},
            from_day=FROM,
            **cast.by(HR),
        )


def test_the_other_side_turns_down_and_a_decided_proposal_is_decided_no_more(cast: Cast) -> None:
    amendment = propose(placement_of(cast), changes=RISE, from_day=FROM, **cast.by(HR))

    turn_down(amendment, message="协议未到期", **cast.by(COORDINATOR))

    for again in (
        lambda: agree_amendment(amendment, **cast.by(COORDINATOR)),
        lambda: turn_down(amendment, message="再来", **cast.by(HR)),
    ):
        with pytest.raises(TransitionNotAllowed):
            again()
    assert Terms.objects.filter(placement=placement_of(cast)).count() == 1


def test_a_later_end_needs_cover_to_that_end(cast: Cast) -> None:
    placement = placement_of(cast)
    amendment = propose(placement, changes={"ends_on": date(2027, 3, 31)}, **cast.by(HR))

    with pytest.raises(GateClosed) as closed:
        agree_amendment(amendment, **cast.by(COORDINATOR))
    insure(cast.learner, date(2027, 3, 4), date(2027, 3, 31))
    agree_amendment(amendment, **cast.by(COORDINATOR))

    (reason,) = closed.value.reasons
    assert (reason.rule, reason.facts["gaps"]) == ("INS-01", [["2027-03-04", "2027-03-31"]])
    assert placement_of(cast).last_on == date(2027, 3, 31)


def test_a_later_end_does_not_run_into_the_student_s_next_placement(cast: Cast) -> None:
    make_placement(learner=cast.learner, starts_on=date(2027, 3, 10), ends_on=date(2027, 6, 1))
    insure(cast.learner, date(2027, 3, 4), date(2027, 3, 31))
    amendment = propose(
        Placement.objects.get(starts_on=STARTS_ON),
        changes={"ends_on": date(2027, 3, 10)},
        **cast.by(HR),
    )

    with pytest.raises(TransitionNotAllowed):
        agree_amendment(amendment, **cast.by(COORDINATOR))


def test_a_change_that_brings_a_breach_is_kept_back_and_one_that_brings_none_is_not(
    cast: Cast,
) -> None:
    placement = placement_of(cast)
    risky = make_post(cast.host, hazards=[Hazard.HEIGHT])
    amendment = propose(placement, changes={"post": risky}, from_day=FROM, **cast.by(HR))

    with pytest.raises(GateClosed) as closed:
        agree_amendment(amendment, **cast.by(COORDINATOR))
    turn_down(amendment, message="岗位有危险", **cast.by(COORDINATOR))
    # what stands against it already is no news of the change
    Placement.objects.filter(pk=placement.pk).update(safety_trained_on=None)
    both(cast, RISE)

    assert [reason.rule for reason in closed.value.reasons] == ["HAZ-01"]
    assert terms_on(placement, FROM).agreed_pay == Decimal("4000.00")


def test_a_waivable_reason_of_a_change_is_waived_with_words(cast: Cast) -> None:
    placement = placement_of(cast)
    narrow = make_post(cast.host, major_groups=["01"])
    amendment = propose(placement, changes={"post": narrow}, from_day=FROM, **cast.by(HR))
    by = cast.by(COORDINATOR)

    said = amended_verdict(amendment, on=NOW, at=cast.at)
    waiver = GateWaiver("HOST-07", "轮岗一个月", date(2027, 1, 31))
    agree_amendment(amendment, waivers=[waiver], **by)

    assert [(reason.rule, reason.waivable) for reason in said.reasons] == [("HOST-07", True)]
    assert terms_on(placement, FROM).post == narrow


def test_what_has_ended_or_has_not_passed_the_gate_is_not_amended(cast: Cast) -> None:
    placement = placement_of(cast)
    early = Cast(learner=make_learner(), on=ON)
    drafted = early.submitted()
    end(placement, last_day=NOW, message="转学", **cast.by(COORDINATOR))

    with pytest.raises(TransitionNotAllowed):
        propose(placement, changes=RISE, from_day=FROM, **cast.by(COORDINATOR))
    with pytest.raises(TransitionNotAllowed):
        propose(drafted, changes=RISE, from_day=FROM, **early.by(COORDINATOR))


def test_pay_is_reckoned_by_the_terms_of_the_day(cast: Cast) -> None:
    placement = placement_of(cast)
    both(cast, {"agreed_pay": Decimal("4400.00")}, date(2027, 1, 16))
    month = workdays(date(2027, 1, 1), date(2027, 1, 31))
    attend_all(placement, month)
    pay(placement, date(2027, 1, 1), "1.00")

    (facts,) = facts_of("PAY-04", date(2027, 2, 16))

    early = [day for day in month if day < date(2027, 1, 16)]
    due = (Decimal(3800) * len(early) + Decimal(4400) * (len(month) - len(early))) / len(month)
    assert facts["due"] == f"{due:.2f}"
