"""A placement begins by a verdict that is of it, is interrupted and resumed, and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from internships.life.content import content_of, digest_of
from internships.life.refusals import (
    GateClosed,
    NotPermitted,
    TransitionNotAllowed,
    WordsRefused,
)
from internships.life.running import activate, archive, end, resume, settle, suspend
from internships.life.verdicts import GateWaiver, Reason, Verdict
from internships.models import Gate, Placement, PlacementState
from people.roles import Role
from tests.life.cast import ENDS_ON, STARTS_ON, Cast, kept, steps_of
from tests.rules.builders import make_placement

pytestmark = pytest.mark.django_db

COORDINATOR, HR, STUDENT = Role.SCHOOL_COORDINATOR, Role.ENTERPRISE_HR, Role.STUDENT
CROWDED = Reason("HOST-09", "P1", "", "warning", "第十条", "超过", "减少", waivable=True)
UNINSURED = Reason("INS-01", "A1", "", "critical", "第三十五条", "没有保险", "投保")


def verdict(cast: Cast, placement: Placement, *reasons: Reason, **values: Any) -> Verdict:
    """A verdict of the placement as it is, asked by the cast on its day."""
    given = {
        "placement_id": placement.pk,
        "digest": digest_of(content_of(placement)),
        "on": cast.on,
        "at": cast.at,
        "judged_on": max(cast.on, placement.starts_on),
        "reasons": reasons,
        "last_waiver_on": cast.on + timedelta(days=180),
    }
    return Verdict(**{**given, **values})


def running(cast: Cast) -> Placement:
    """Signed, through the gate and begun on its first day."""
    placement = cast.signed()
    cast.on = STARTS_ON
    return activate(placement, gate=verdict(cast, placement), **cast.by(COORDINATOR))


def test_what_passes_the_gate_ahead_is_approved_and_begins_on_its_day_by_another_verdict() -> None:
    cast = Cast()
    placement = cast.signed()

    activate(placement, gate=verdict(cast, placement), **cast.by(COORDINATOR))
    ahead = kept(placement)
    cast.on = STARTS_ON
    activate(placement, gate=verdict(cast, placement), **cast.by(COORDINATOR))

    assert (ahead.state, ahead.status, ahead.gate) == ("approved", "approved", Gate.PASSED)
    assert (kept(placement).state, kept(placement).status) == ("active", "active")
    assert steps_of(placement)[-2:] == ["approve school", "activate school"]


@pytest.mark.parametrize(
    "values",
    [{"placement_id": -1}, {"digest": "0" * 64}, {"on": date(2026, 11, 23)}, {"at": None}],
)
def test_a_verdict_of_another_placement_content_or_moment_opens_nothing(
    values: dict[str, Any],
) -> None:
    cast = Cast()
    placement = cast.signed()

    with pytest.raises(GateClosed):
        activate(placement, gate=verdict(cast, placement, **values), **cast.by(COORDINATOR))

    assert kept(placement).state == PlacementState.CONSENTED


def test_a_closed_gate_says_every_reason() -> None:
    cast = Cast()
    placement = cast.signed()

    with pytest.raises(GateClosed) as closed:
        activate(
            placement,
            gate=verdict(cast, placement, CROWDED, UNINSURED),
            **cast.by(COORDINATOR),
        )

    assert closed.value.reasons == (CROWDED, UNINSURED)
    assert kept(placement).gate == ""


def test_a_waivable_reason_is_waived_with_words_and_an_end_and_no_other_is() -> None:
    cast = Cast()
    placement = cast.signed()
    waiver = GateWaiver("HOST-09", "试点岗位", date(2027, 1, 31))
    insured = GateWaiver("INS-01", "马上投保", date(2027, 1, 31))

    with pytest.raises(GateClosed) as closed:
        activate(
            placement,
            gate=verdict(cast, placement, CROWDED, UNINSURED),
            waivers=[waiver, insured],
            **cast.by(COORDINATOR),
        )
    activate(
        placement,
        gate=verdict(cast, placement, CROWDED),
        waivers=[waiver],
        **cast.by(COORDINATOR),
    )

    assert closed.value.reasons == (UNINSURED,)
    assert placement.steps.latest("pk").detail["waived"] == [
        {"rule": "HOST-09", "reason": "试点岗位", "until": "2027-01-31"}
    ]


@pytest.mark.parametrize("until", [date(2026, 12, 3), date(2027, 5, 24)])
def test_a_waiver_ends_within_the_law_s_days(until: date) -> None:
    cast = Cast()
    placement = cast.signed()
    allowed = [date(2026, 12, 4), date(2027, 5, 23)]

    for day in allowed:
        with transaction.atomic():
            activate(
                placement,
                gate=verdict(cast, placement, CROWDED),
                waivers=[GateWaiver("HOST-09", "试点", day)],
                **cast.by(COORDINATOR),
            )
            transaction.set_rollback(True)
    with pytest.raises(GateClosed):
        activate(
            placement,
            gate=verdict(cast, placement, CROWDED),
            waivers=[GateWaiver("HOST-09", "试点", until)],
            **cast.by(COORDINATOR),
        )


def test_a_waiver_without_words_is_refused() -> None:
    cast = Cast()
    placement = cast.signed()

    with pytest.raises(WordsRefused):
        activate(
            placement,
            gate=verdict(cast, placement, CROWDED),
            waivers=[GateWaiver("HOST-09", " ", date(2027, 1, 31))],
            **cast.by(COORDINATOR),
        )


def test_nothing_begins_that_somebody_has_not_signed() -> None:
    cast = Cast()
    placement = cast.consented()

    with pytest.raises(TransitionNotAllowed, match="学生"):
        activate(placement, gate=verdict(cast, placement), **cast.by(COORDINATOR))


@pytest.mark.parametrize("role", [HR, STUDENT, Role.GUARDIAN, Role.SCHOOL_TEACHER])
def test_nobody_but_the_coordinator_lets_a_placement_begin(role: Role) -> None:
    cast = Cast()
    placement = cast.signed()

    with pytest.raises(NotPermitted):
        activate(placement, gate=verdict(cast, placement), **cast.by(role))


def test_a_student_at_work_elsewhere_on_one_of_the_days_does_not_begin() -> None:
    cast = Cast()
    placement = cast.signed()
    make_placement(learner=cast.learner, starts_on=ENDS_ON, ends_on=date(2027, 6, 1))

    with pytest.raises(TransitionNotAllowed, match="别的岗位实习"):
        activate(placement, gate=verdict(cast, placement), **cast.by(COORDINATOR))


def test_the_database_takes_no_start_without_its_step() -> None:
    cast = Cast()
    placement = cast.signed()

    Placement.objects.filter(pk=placement.pk).update(state="active", gate="passed")

    with (
        pytest.raises(IntegrityError, match="passed the gate"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    Placement.objects.filter(pk=placement.pk).update(state="consented", gate="")


def test_a_suspended_placement_goes_on_by_a_verdict_and_stays_at_work_meanwhile() -> None:
    cast = Cast()
    placement = running(cast)

    suspend(placement, message="设备检修", **cast.by(HR))
    meanwhile = kept(placement)
    with pytest.raises(GateClosed):
        resume(placement, gate=verdict(cast, placement, UNINSURED), **cast.by(COORDINATOR))
    resume(placement, gate=verdict(cast, placement), **cast.by(COORDINATOR))

    assert (meanwhile.state, meanwhile.status) == ("suspended", "active")
    assert kept(placement).state == "active"


def test_a_placement_is_completed_on_its_planned_last_day_without_a_word() -> None:
    cast = Cast()
    placement = running(cast)
    cast.on = ENDS_ON

    end(placement, last_day=ENDS_ON, **cast.by(COORDINATOR))

    assert (kept(placement).state, kept(placement).ended_on) == ("ended", ENDS_ON)
    assert placement.steps.latest("pk").detail["how"] == "completed"


@pytest.mark.parametrize("role", [COORDINATOR, HR, STUDENT, Role.GUARDIAN])
def test_an_early_end_says_in_whose_name_and_why(role: Role) -> None:
    cast = Cast()
    placement = running(cast)
    cast.on = date(2026, 12, 20)

    with pytest.raises(WordsRefused):
        end(placement, last_day=cast.on, **cast.by(role))
    end(placement, last_day=cast.on, message="身体原因", **cast.by(role))

    step = placement.steps.latest("pk")
    assert step.detail == {"how": "early", "last_day": "2026-12-20"}
    assert (step.message, step.user) == ("身体原因", cast.users[role])
    assert kept(placement).last_on == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("role", "last_day", "is_allowed"),
    [
        (COORDINATOR, date(2026, 12, 4), True),
        (COORDINATOR, date(2026, 12, 3), False),
        (COORDINATOR, date(2026, 12, 20), True),
        (COORDINATOR, date(2026, 12, 21), False),
        (STUDENT, date(2026, 12, 20), True),
        (STUDENT, date(2026, 12, 19), False),
    ],
)
def test_the_last_day_lies_between_the_first_and_today_and_a_student_s_is_today(
    role: Role, last_day: date, is_allowed: bool
) -> None:
    cast = Cast()
    placement = running(cast)
    cast.on = date(2026, 12, 20)

    if is_allowed:
        end(placement, last_day=last_day, message="身体原因", **cast.by(role))
    else:
        with pytest.raises(TransitionNotAllowed):
            end(placement, last_day=last_day, message="身体原因", **cast.by(role))

    assert (kept(placement).state == "ended") == is_allowed


def test_an_ended_placement_is_settled_when_nothing_is_owed_and_then_put_away() -> None:
    cast = Cast()
    placement = running(cast)
    end(placement, last_day=cast.on, message="转学", **cast.by(COORDINATOR))
    by = cast.by(COORDINATOR)
    owed = replace(UNINSURED, rule="PAY-09")

    with pytest.raises(TransitionNotAllowed):
        archive(placement, **by)
    with pytest.raises(GateClosed) as closed:
        settle(placement, settlement=verdict(cast, kept(placement), owed), **by)
    settle(placement, settlement=verdict(cast, kept(placement)), **by)
    archive(placement, **by)

    assert closed.value.reasons == (owed,)
    assert (kept(placement).state, kept(placement).status) == ("archived", "ended")
