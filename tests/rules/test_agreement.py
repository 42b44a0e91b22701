"""AGR-01 and AGR-04: an agreement before the start, and no work outside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from internships.models import AttendanceStatus, PlacementKind, PlacementState
from tests.rules.builders import attend, facts_of, fires, found, make_placement, sign

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


def test_all_three_parties_are_missing_without_an_agreement() -> None:
    placement = make_placement()

    facts = {"missing": ["enterprise", "school", "student"]}
    assert found("AGR-01", ON) == [(placement.code, "", "critical", facts)]


@pytest.mark.parametrize("signer", ["enterprise", "school", "student"])
@pytest.mark.parametrize(
    ("signed_on", "expected"),
    [(date(2026, 8, 31), False), (date(2026, 9, 1), False), (date(2026, 9, 2), True), (None, True)],
)
def test_each_party_signs_by_the_first_day(
    signer: str, signed_on: date | None, expected: bool
) -> None:
    placement = make_placement()
    sign(placement, **{f"{signer}_signed_on": signed_on})

    assert facts_of("AGR-01", ON) == ([{"missing": [signer]}] if expected else [])


def test_best_agreement_is_the_one_that_lacks_fewest_signatures() -> None:
    placement = make_placement()
    sign(placement, code="X1", school_signed_on=None, student_signed_on=None)
    sign(placement, code="X2", enterprise_signed_on=None)

    assert facts_of("AGR-01", ON) == [{"missing": ["enterprise"]}]


def test_of_agreements_that_lack_as_many_the_lowest_number_by_code_point_speaks() -> None:
    placement = make_placement()
    sign(placement, code="乙1", school_signed_on=None)
    sign(placement, code="a1", student_signed_on=None)
    sign(placement, code="B1", enterprise_signed_on=date(2026, 9, 2))

    assert facts_of("AGR-01", ON) == [{"missing": ["enterprise"]}]


def test_signatures_of_two_agreements_do_not_add_up() -> None:
    placement = make_placement()
    sign(placement, code="X1", school_signed_on=None)
    sign(placement, code="X2", student_signed_on=None)

    assert fires("AGR-01", ON)

    sign(placement, code="X3")

    assert not fires("AGR-01", ON)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": PlacementKind.ORIENTATION},
        {"state": PlacementState.APPROVED},
        {"starts_on": date(2026, 10, 2)},
    ],
)
def test_agreement_is_asked_of_begun_production_internships(values: dict[str, Any]) -> None:
    make_placement(**values)

    assert not fires("AGR-01", ON)


def test_days_of_work_outside_the_placement_are_told_by_month() -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2026, 10, 15))
    for day in (date(2026, 10, 16), date(2026, 9, 14), date(2026, 10, 20), date(2026, 9, 1)):
        attend(placement, day)

    assert found("AGR-04", date(2026, 11, 1)) == [
        (placement.code, "2026-09", "critical", {"days": ["2026-09-01", "2026-09-14"]}),
        (placement.code, "2026-10", "critical", {"days": ["2026-10-16", "2026-10-20"]}),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 14), True),
        (date(2026, 9, 15), False),
        (date(2026, 10, 15), False),
        (date(2026, 10, 16), True),
    ],
)
def test_first_and_last_day_lie_inside_the_placement(day: date, expected: bool) -> None:
    placement = make_placement(starts_on=date(2026, 9, 15), ends_on=date(2026, 10, 15))
    attend(placement, day)

    assert fires("AGR-04", date(2026, 11, 1)) is expected


def test_actual_end_ends_the_placement_earlier_or_later_than_planned() -> None:
    early = make_placement(ends_on=date(2026, 10, 31), ended_on=date(2026, 10, 15))
    late = make_placement(ends_on=date(2026, 10, 31), ended_on=date(2026, 11, 15))
    for placement in (early, late):
        attend(placement, date(2026, 10, 16))
        attend(placement, date(2026, 11, 16))

    days = {
        (subject, period): facts["days"]
        for subject, period, _, facts in found("AGR-04", date(2026, 12, 1))
    }

    assert days == {
        (early.code, "2026-10"): ["2026-10-16"],
        (early.code, "2026-11"): ["2026-11-16"],
        (late.code, "2026-11"): ["2026-11-16"],
    }


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (AttendanceStatus.PRESENT, True),
        (AttendanceStatus.HALF_DAY, True),
        (AttendanceStatus.PAID_LEAVE, False),
        (AttendanceStatus.SICK_LEAVE, False),
        (AttendanceStatus.PERSONAL_LEAVE, False),
        (AttendanceStatus.ABSENT, False),
        (AttendanceStatus.REST, False),
    ],
)
def test_whole_and_half_days_are_work(status: AttendanceStatus, expected: bool) -> None:
    placement = make_placement(starts_on=date(2026, 9, 15))
    attend(placement, date(2026, 9, 14), status=status)

    assert fires("AGR-04", ON) is expected


def test_row_dated_ahead_is_not_judged_before_its_day() -> None:
    placement = make_placement(ends_on=date(2026, 9, 30))
    attend(placement, date(2026, 10, 2))

    assert not fires("AGR-04", date(2026, 10, 1))
    assert fires("AGR-04", date(2026, 10, 2))
