"""SUP-01 and SUP-03: two mentors, and safety training before the start."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from internships.models import PlacementKind, PlacementState
from tests.rules.builders import fires, found, make_placement

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("absent", "missing"),
    [
        ((), []),
        (("teacher",), ["school"]),
        (("mentor",), ["enterprise"]),
        (("teacher", "mentor"), ["enterprise", "school"]),
    ],
)
def test_school_and_enterprise_each_name_a_mentor(
    absent: tuple[str, ...], missing: list[str]
) -> None:
    placement = make_placement(**dict.fromkeys(absent))

    alerts = found("SUP-01", ON)

    assert alerts == ([(placement.code, "", "block", {"missing": missing})] if missing else [])


@pytest.mark.parametrize(
    ("trained_on", "expected"),
    [(date(2026, 8, 31), False), (date(2026, 9, 1), False), (date(2026, 9, 2), True), (None, True)],
)
def test_safety_training_is_passed_by_the_first_day(
    trained_on: date | None, expected: bool
) -> None:
    placement = make_placement(safety_trained_on=trained_on)

    assert found("SUP-03", ON) == ([(placement.code, "", "block", {})] if expected else [])


@pytest.mark.parametrize(
    "values",
    [
        {"kind": PlacementKind.ORIENTATION},
        {"state": PlacementState.APPROVED},
        {"starts_on": date(2026, 10, 2)},
    ],
)
def test_supervision_is_asked_of_begun_production_internships(values: dict[str, Any]) -> None:
    make_placement(teacher=None, mentor=None, **{**values, "safety_trained_on": None})

    assert not fires("SUP-01", ON)
    assert not fires("SUP-03", ON)
