"""Who is judged: standing placements, begun ones, and those that rules name besides."""

from __future__ import annotations

from datetime import date

import pytest

from internships.models import Placement, PlacementState
from tests.rules.builders import make_placement

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


def standing(on: date) -> bool:
    return Placement.objects.standing(on).exists()


@pytest.mark.parametrize(
    ("start", "expected"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)]
)
def test_placement_stands_from_thirty_days_before_its_start(start: date, expected: bool) -> None:
    make_placement(starts_on=start, state=PlacementState.APPROVED)

    assert standing(ON) is expected


@pytest.mark.parametrize(
    ("last", "expected"), [(date(2025, 10, 1), True), (date(2025, 9, 30), False)]
)
def test_placement_stands_until_a_year_after_its_last_day(last: date, expected: bool) -> None:
    make_placement(starts_on=date(2025, 3, 1), ends_on=last, state=PlacementState.ENDED)

    assert standing(ON) is expected


def test_actual_end_counts_where_there_is_one() -> None:
    make_placement(
        starts_on=date(2025, 3, 1), ends_on=date(2025, 12, 31), ended_on=date(2025, 9, 30)
    )

    assert not standing(ON)


@pytest.mark.parametrize(
    ("state", "stands", "begun"),
    [
        (PlacementState.DRAFT, False, False),
        (PlacementState.SUBMITTED, False, False),
        (PlacementState.ACCEPTED, False, False),
        (PlacementState.CONSENTED, False, False),
        (PlacementState.APPROVED, True, False),
        (PlacementState.ACTIVE, True, True),
        (PlacementState.SUSPENDED, True, True),
        (PlacementState.ENDED, True, True),
        (PlacementState.SETTLED, True, True),
        (PlacementState.ARCHIVED, True, True),
        (PlacementState.WITHDRAWN, False, False),
        (PlacementState.EXPIRED, False, False),
        (PlacementState.REFUSED, False, False),
    ],
)
def test_state_decides_who_stands_and_who_has_begun(
    state: PlacementState, stands: bool, begun: bool
) -> None:
    make_placement(state=state)

    assert standing(ON) is stands
    assert Placement.objects.begun(ON).exists() is begun


@pytest.mark.parametrize(
    ("start", "expected"), [(date(2026, 10, 1), True), (date(2026, 10, 2), False)]
)
def test_placement_has_begun_from_its_first_day(start: date, expected: bool) -> None:
    make_placement(starts_on=start)

    assert Placement.objects.begun(ON).exists() is expected


def test_ended_placement_whose_last_day_lies_ahead_stands() -> None:
    make_placement(ends_on=date(2026, 12, 31), state=PlacementState.ENDED)

    assert standing(ON)
