"""ATT-01: attendance that the enterprise has not confirmed in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from internships.models import AttendanceStatus, PlacementKind, PlacementState
from tests.rules.builders import (
    attend,
    attend_all,
    facts_of,
    fires,
    found,
    make_placement,
    workdays,
)

pytestmark = pytest.mark.django_db

IN_SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 10, 5), []), (date(2026, 10, 6), [{"rows": 0, "unconfirmed": 0}])],
)
def test_month_without_rows_is_unsettled_from_the_sixth_day_after_it(
    on: date, expected: list[dict[str, int]]
) -> None:
    make_placement()

    assert facts_of("ATT-01", on) == expected


def test_rows_of_every_status_are_counted_and_one_unconfirmed_is_enough() -> None:
    placement = make_placement()
    attended = workdays(*IN_SEPTEMBER)
    attend_all(placement, attended[1:])
    attend(placement, attended[0], status=AttendanceStatus.REST, confirmed=False)

    facts = {"rows": len(attended), "unconfirmed": 1}
    assert found("ATT-01", date(2026, 10, 6)) == [(placement.code, "2026-09", "warning", facts)]


def test_one_confirmed_row_settles_a_month() -> None:
    placement = make_placement()
    attend(placement, date(2026, 9, 1))

    assert not fires("ATT-01", date(2026, 10, 6))


def test_rows_outside_the_placement_do_not_count() -> None:
    placement = make_placement(starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 25))
    attend(placement, date(2026, 9, 4), confirmed=False)
    attend(placement, date(2026, 9, 28))

    assert facts_of("ATT-01", date(2026, 10, 6)) == [{"rows": 0, "unconfirmed": 0}]


def test_month_touched_only_on_days_off_is_not_asked_for() -> None:
    make_placement(starts_on=date(2026, 9, 26), ends_on=date(2026, 9, 27))

    assert not fires("ATT-01", date(2026, 10, 6))


@pytest.mark.parametrize(
    "values",
    [
        {"kind": PlacementKind.ORIENTATION},
        {"state": PlacementState.APPROVED},
        {"starts_on": date(2026, 10, 1)},
    ],
)
def test_only_begun_production_internships_owe_attendance(values: dict[str, Any]) -> None:
    make_placement(**values)

    assert not fires("ATT-01", date(2026, 10, 6))
