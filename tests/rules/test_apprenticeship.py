"""APP-01, APP-02 and APP-06: an apprentice's agreement, guardian and two mentors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.builders import fires, found, make_apprentice, make_learner

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, False),
        ({"agreed_on": date(2026, 8, 1)}, False),
        ({"agreed_on": date(2026, 9, 2)}, True),
        ({"agreed_on": None}, True),
        ({"agreement_number": ""}, True),
    ],
)
def test_training_agreement_has_a_number_and_is_signed_by_the_first_day(
    values: dict[str, Any], expected: bool
) -> None:
    apprentice = make_apprentice(**values)

    assert found("APP-01", ON) == ([(apprentice.number, "", "block", {})] if expected else [])


@pytest.mark.parametrize(
    ("born_on", "signed_on", "expected"),
    [
        (date(2009, 1, 1), date(2026, 9, 1), False),
        (date(2009, 1, 1), date(2026, 9, 2), True),
        (date(2009, 1, 1), None, True),
        (date(2008, 9, 1), None, True),
        (date(2008, 8, 31), None, False),
    ],
)
def test_guardian_of_a_minor_signs_by_the_first_day(
    born_on: date, signed_on: date | None, expected: bool
) -> None:
    learner = make_learner(born_on=born_on)
    apprentice = make_apprentice(learner=learner, guardian_signed_on=signed_on)

    assert found("APP-02", ON) == ([(apprentice.number, "", "block", {})] if expected else [])


@pytest.mark.parametrize(
    ("absent", "missing"),
    [
        ((), []),
        (("teacher",), ["school"]),
        (("mentor",), ["enterprise"]),
        (("teacher", "mentor"), ["enterprise", "school"]),
    ],
)
def test_apprentice_has_a_teacher_and_a_mentor(absent: tuple[str, ...], missing: list[str]) -> None:
    apprentice = make_apprentice(**dict.fromkeys(absent))

    alerts = found("APP-06", ON)

    assert alerts == ([(apprentice.number, "", "block", {"missing": missing})] if missing else [])


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2027, 8, 31), True),
        (date(2027, 9, 1), False),
    ],
)
def test_apprentices_are_judged_from_their_first_day_to_their_last(
    on: date, expected: bool
) -> None:
    make_apprentice(
        learner=make_learner(born_on=date(2009, 1, 1)),
        agreed_on=None,
        guardian_signed_on=None,
        teacher=None,
    )

    assert [fires(rule_id, on) for rule_id in ("APP-01", "APP-02", "APP-06")] == [expected] * 3
