"""ELIG-01, ELIG-02, ELIG-03 and ELIG-06: age, first school year, consent, enrolment."""

from __future__ import annotations

from datetime import date

import pytest

from internships.models import PlacementKind, PlacementState
from people.models import EnrolmentStatus
from tests.rules.builders import facts_of, fires, found, make_learner, make_placement

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("born_on", "start", "age"),
    [
        (date(2010, 8, 31), date(2026, 9, 1), None),
        (date(2010, 9, 1), date(2026, 9, 1), 15),
        (date(2010, 9, 2), date(2026, 9, 2), 15),
        (date(2010, 9, 2), date(2026, 9, 3), None),
        (date(2011, 9, 1), date(2026, 9, 1), 14),
    ],
)
def test_sixteen_is_reached_on_the_day_after_the_birthday(
    born_on: date, start: date, age: int | None
) -> None:
    make_placement(learner=make_learner(born_on=born_on), starts_on=start)

    assert facts_of("ELIG-01", ON) == ([] if age is None else [{"age": age}])


@pytest.mark.parametrize(
    ("born_on", "start", "expected"),
    [
        (date(2008, 2, 29), date(2024, 2, 29), True),
        (date(2008, 2, 29), date(2024, 3, 1), False),
        (date(2012, 2, 29), date(2028, 2, 29), True),
        (date(2012, 2, 29), date(2028, 3, 1), False),
    ],
)
def test_leap_day_birthday_in_a_leap_year(born_on: date, start: date, expected: bool) -> None:
    learner = make_learner(born_on=born_on, enrolled_on=date(2022, 9, 1))
    make_placement(learner=learner, starts_on=start, ends_on=date(2028, 6, 30))

    assert fires("ELIG-01", start) is expected


def test_under_age_blocks_production_internships_alone() -> None:
    child = make_learner(born_on=date(2011, 1, 1))
    production = make_placement(learner=child, ends_on=date(2026, 9, 30))
    make_placement(learner=child, kind=PlacementKind.ORIENTATION)

    assert found("ELIG-01", ON) == [(production.code, "", "block", {"age": 15})]


@pytest.mark.parametrize(
    ("enrolled_on", "start", "expected"),
    [
        (date(2026, 8, 25), date(2026, 9, 15), True),
        (date(2026, 8, 31), date(2027, 8, 31), True),
        (date(2026, 8, 31), date(2027, 9, 1), False),
        (date(2026, 2, 28), date(2026, 8, 31), True),
        (date(2026, 2, 28), date(2026, 9, 1), False),
        (date(2026, 3, 1), date(2026, 9, 1), True),
        (date(2026, 3, 1), date(2027, 9, 1), False),
        (date(2025, 8, 31), date(2026, 8, 31), True),
        (date(2025, 8, 31), date(2026, 9, 1), False),
        (date(2024, 2, 29), date(2024, 9, 1), False),
    ],
)
def test_first_year_ends_on_the_first_31_august_six_months_on(
    enrolled_on: date, start: date, expected: bool
) -> None:
    learner = make_learner(enrolled_on=enrolled_on)
    placement = make_placement(learner=learner, starts_on=start, ends_on=date(2028, 6, 30))

    alerts = found("ELIG-02", start)

    assert alerts == ([(placement.code, "", "block", {})] if expected else [])


def test_first_year_does_not_matter_to_orientation() -> None:
    learner = make_learner(enrolled_on=date(2026, 8, 25))
    make_placement(learner=learner, kind=PlacementKind.ORIENTATION)

    assert not fires("ELIG-02", ON)


@pytest.mark.parametrize(
    ("student", "guardian", "missing"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), []),
        (date(2026, 9, 2), date(2026, 9, 1), ["student"]),
        (date(2026, 8, 1), date(2026, 9, 2), ["guardian"]),
        (None, date(2026, 9, 1), ["student"]),
        (None, None, ["guardian", "student"]),
    ],
)
def test_student_and_guardian_consent_by_the_first_day(
    student: date | None, guardian: date | None, missing: list[str]
) -> None:
    placement = make_placement(student_consented_on=student, guardian_consented_on=guardian)

    alerts = found("ELIG-03", ON)

    assert alerts == ([(placement.code, "", "block", {"missing": missing})] if missing else [])


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 8, 24), False), (date(2026, 8, 25), True)]
)
def test_missing_consent_is_announced_a_week_before_the_start(on: date, expected: bool) -> None:
    make_placement(student_consented_on=None, state=PlacementState.APPROVED)

    assert fires("ELIG-03", on) is expected


def test_consent_is_asked_of_production_internships() -> None:
    make_placement(student_consented_on=None, kind=PlacementKind.ORIENTATION)

    assert not fires("ELIG-03", ON)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (EnrolmentStatus.ENROLLED, None),
        (EnrolmentStatus.SUSPENDED, "休学"),
        (EnrolmentStatus.WITHDRAWN, "退学"),
        (EnrolmentStatus.GRADUATED, "毕业"),
    ],
)
def test_who_is_no_longer_enrolled_is_named_with_the_status(
    status: EnrolmentStatus, word: str | None
) -> None:
    placement = make_placement(learner=make_learner(status=status))

    alerts = found("ELIG-06", ON)

    assert alerts == ([(placement.code, "", "warning", {"status": word})] if word else [])


@pytest.mark.parametrize(
    ("state", "kind", "expected"),
    [
        (PlacementState.APPROVED, PlacementKind.PRODUCTION, True),
        (PlacementState.ACTIVE, PlacementKind.ORIENTATION, True),
        (PlacementState.ENDED, PlacementKind.PRODUCTION, False),
        (PlacementState.DRAFT, PlacementKind.PRODUCTION, False),
    ],
)
def test_enrolment_matters_until_the_placement_has_ended(
    state: PlacementState, kind: PlacementKind, expected: bool
) -> None:
    learner = make_learner(status=EnrolmentStatus.SUSPENDED)
    make_placement(learner=learner, state=state, kind=kind)

    assert fires("ELIG-06", ON) is expected
