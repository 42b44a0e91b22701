"""INS-01, INS-02, INS-03 and INS-05: the days on which a student is really covered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from insurance.models import CoverKind, PolicyStatus, PremiumPayer
from internships.models import PlacementKind, PlacementState
from tests.rules.builders import facts_of, fires, found, insure, make_learner, make_placement

pytestmark = pytest.mark.django_db


def test_gap_between_two_policies_is_told_with_its_days_when_it_is_over() -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2027, 3, 14))
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))
    insure(placement.learner, date(2027, 1, 5), date(2027, 6, 30))

    alerts = found("INS-01", date(2027, 2, 1))

    facts = {"days": 4, "gaps": [["2027-01-01", "2027-01-04"]], "today": False}
    assert alerts == [(placement.code, "", "critical", facts)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), [{"days": 1, "gaps": [["2027-01-01", "2027-01-01"]], "today": True}]),
        (date(2027, 1, 4), [{"days": 4, "gaps": [["2027-01-01", "2027-01-04"]], "today": True}]),
        (date(2027, 1, 5), [{"days": 4, "gaps": [["2027-01-01", "2027-01-04"]], "today": False}]),
    ],
)
def test_uninsured_days_count_up_to_and_on_the_day_asked(
    on: date, expected: list[dict[str, Any]]
) -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2027, 3, 14))
    insure(placement.learner, date(2026, 9, 15), date(2026, 12, 31))
    insure(placement.learner, date(2027, 1, 5), date(2027, 3, 14))

    assert facts_of("INS-01", on) == expected


def test_gaps_before_between_and_after_are_listed_in_order_and_stop_at_the_last_day() -> None:
    placement = make_placement(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    insure(placement.learner, date(2026, 9, 3), date(2026, 9, 10))
    insure(placement.learner, date(2026, 9, 12), date(2026, 9, 28))

    facts = facts_of("INS-01", date(2026, 11, 1))

    gaps = [
        ["2026-09-01", "2026-09-02"],
        ["2026-09-11", "2026-09-11"],
        ["2026-09-29", "2026-09-30"],
    ]
    assert facts == [{"days": 5, "gaps": gaps, "today": False}]


def test_two_policies_that_meet_or_overlap_leave_no_gap() -> None:
    placement = make_placement(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    insure(placement.learner, date(2026, 9, 1), date(2026, 9, 15))
    insure(placement.learner, date(2026, 9, 16), date(2026, 9, 25))
    insure(placement.learner, date(2026, 9, 20), date(2026, 9, 30))

    assert not fires("INS-01", date(2026, 10, 1))


@pytest.mark.parametrize("kind", [CoverKind.ACCIDENT, CoverKind.WORK_INJURY])
def test_cover_of_another_kind_does_not_insure(kind: CoverKind) -> None:
    placement = make_placement(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    insure(placement.learner, date(2026, 9, 1), date(2026, 9, 30), kind=kind)

    assert facts_of("INS-01", date(2026, 10, 1))[0]["days"] == 30


def test_void_policy_gives_no_cover() -> None:
    placement = make_placement(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    insure(placement.learner, date(2026, 9, 1), date(2026, 9, 30), status=PolicyStatus.VOID)

    assert facts_of("INS-01", date(2026, 10, 1))[0]["days"] == 30


@pytest.mark.parametrize(
    ("surrendered_on", "uninsured"),
    [
        (date(2026, 8, 20), 30),
        (date(2026, 9, 1), 30),
        (date(2026, 9, 30), 1),
        (date(2026, 10, 1), 0),
        (date(2027, 1, 1), 0),
    ],
)
def test_surrendered_policy_covers_until_the_day_before(
    surrendered_on: date, uninsured: int
) -> None:
    placement = make_placement(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    insure(
        placement.learner,
        date(2026, 9, 1),
        date(2026, 9, 30),
        status=PolicyStatus.SURRENDERED,
        surrendered_on=surrendered_on,
    )

    facts = facts_of("INS-01", date(2026, 10, 1))

    assert [fact["days"] for fact in facts] == ([uninsured] if uninsured else [])


def test_cover_of_the_same_person_in_another_school_does_not_count() -> None:
    placement = make_placement(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    other = make_learner()
    insure(other, date(2026, 9, 1), date(2026, 9, 30))

    assert fires("INS-01", date(2026, 9, 1))
    assert placement.learner_id != other.pk


def test_placement_to_come_is_not_uninsured_yet() -> None:
    make_placement(starts_on=date(2026, 9, 15), ends_on=date(2026, 12, 31))

    assert not fires("INS-01", date(2026, 9, 14))
    assert fires("INS-01", date(2026, 9, 15))


def test_orientation_needs_liability_cover_too() -> None:
    make_placement(kind=PlacementKind.ORIENTATION)

    assert fires("INS-01", date(2026, 10, 1))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 12, 1), []),
        (date(2026, 12, 2), [{"first_gap": "2027-01-01"}]),
        (date(2026, 12, 10), [{"first_gap": "2027-01-01"}]),
        (date(2026, 12, 31), [{"first_gap": "2027-01-01"}]),
        (date(2027, 1, 1), []),
    ],
)
def test_lapse_is_announced_thirty_days_ahead_and_no_more_once_it_has_come(
    on: date, expected: list[dict[str, str]]
) -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2027, 3, 14))
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31))

    assert facts_of("INS-02", on) == expected


def test_missing_cover_of_a_placement_to_come_is_announced_from_its_first_day() -> None:
    placement = make_placement(
        starts_on=date(2026, 9, 15), ends_on=date(2026, 12, 31), state=PlacementState.APPROVED
    )

    assert found("INS-02", date(2026, 8, 16)) == [
        (placement.code, "", "warning", {"first_gap": "2026-09-15"})
    ]
    assert not fires("INS-02", date(2026, 8, 15))


def test_lapse_after_the_last_day_is_nobodys_concern() -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2026, 12, 31))
    insure(placement.learner, date(2026, 9, 15), date(2026, 12, 31))

    assert not fires("INS-02", date(2026, 12, 10))
    assert not fires("INS-02", date(2026, 12, 31))


def test_who_is_uninsured_already_is_not_warned_of_a_later_lapse() -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2027, 3, 14))
    insure(placement.learner, date(2026, 9, 16), date(2026, 12, 31))

    assert fires("INS-01", date(2026, 12, 10))
    assert not fires("INS-02", date(2026, 12, 10))


def test_policies_that_the_student_paid_for_are_named_sorted_and_once() -> None:
    placement = make_placement()
    student = PremiumPayer.STUDENT
    for number, kind in (("B乙", CoverKind.ACCIDENT), ("B2", CoverKind.LIABILITY)):
        insure(
            placement.learner,
            date(2026, 9, 1),
            date(2026, 12, 31),
            payer=student,
            number=number,
            kind=kind,
        )

    assert found("INS-03", date(2026, 9, 1)) == [
        (placement.code, "", "critical", {"policies": ["B2", "B乙"]})
    ]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 8, 1), date(2026, 8, 31), False),
        (date(2026, 8, 1), date(2026, 9, 1), True),
        (date(2026, 12, 31), date(2027, 1, 31), True),
        (date(2027, 1, 1), date(2027, 1, 31), False),
    ],
)
def test_student_premium_matters_on_any_day_of_the_placement(
    first: date, last: date, expected: bool
) -> None:
    placement = make_placement()
    insure(placement.learner, first, last, payer=PremiumPayer.STUDENT)

    assert fires("INS-03", date(2026, 9, 10)) is expected


@pytest.mark.parametrize(
    ("payer", "status"),
    [
        (PremiumPayer.ENTERPRISE, PolicyStatus.IN_FORCE),
        (PremiumPayer.SCHOOL_SUBSIDY, PolicyStatus.IN_FORCE),
        (PremiumPayer.STUDENT, PolicyStatus.VOID),
    ],
)
def test_premium_borne_by_others_or_never_in_force_is_lawful(
    payer: PremiumPayer, status: PolicyStatus
) -> None:
    placement = make_placement()
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 31), payer=payer, status=status)

    assert not fires("INS-03", date(2026, 9, 10))


def test_student_policy_surrendered_before_the_placement_gave_no_cover() -> None:
    placement = make_placement()
    insure(
        placement.learner,
        date(2026, 8, 1),
        date(2026, 12, 31),
        payer=PremiumPayer.STUDENT,
        status=PolicyStatus.SURRENDERED,
        surrendered_on=date(2026, 9, 1),
    )

    assert not fires("INS-03", date(2026, 9, 10))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_accident_cover_is_asked_of_the_day_itself(on: date, expected: bool) -> None:
    placement = make_placement()
    insure(placement.learner, date(2026, 10, 1), date(2026, 10, 31), kind=CoverKind.ACCIDENT)

    assert fires("INS-05", on) is expected


def test_missing_accident_cover_informs_of_production_internships_alone() -> None:
    production = make_placement()
    make_placement(kind=PlacementKind.ORIENTATION)

    assert found("INS-05", date(2026, 10, 1)) == [(production.code, "", "info", {})]
