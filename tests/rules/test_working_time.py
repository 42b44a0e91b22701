"""TIME-01 to TIME-04: hours a day and a week, days off, nights."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from common.ranges import days
from internships.models import AttendanceStatus, FilingMatter, PlacementState
from tests.rules.builders import (
    attend,
    facts_of,
    file_matter,
    fires,
    found,
    make_learner,
    make_placement,
    make_post,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 31)
MONDAY = date(2026, 10, 12)


@pytest.mark.parametrize(("hours", "expected"), [("8.00", False), ("8.01", True), ("24.00", True)])
def test_a_day_has_at_most_eight_hours(hours: str, expected: bool) -> None:
    placement = make_placement()
    attend(placement, MONDAY, hours=Decimal(hours))

    alerts = found("TIME-01", ON)

    facts = {"days": ["2026-10-12"]}
    assert alerts == ([(placement.code, "2026-10", "critical", facts)] if expected else [])


def test_long_days_are_told_by_month_in_order() -> None:
    placement = make_placement()
    for day in (date(2026, 10, 13), date(2026, 9, 30), MONDAY):
        attend(placement, day, hours=Decimal(9))

    assert [(period, facts["days"]) for _, period, _, facts in found("TIME-01", ON)] == [
        ("2026-09", ["2026-09-30"]),
        ("2026-10", ["2026-10-12", "2026-10-13"]),
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (AttendanceStatus.PRESENT, True),
        (AttendanceStatus.HALF_DAY, True),
        (AttendanceStatus.PAID_LEAVE, False),
        (AttendanceStatus.REST, False),
    ],
)
def test_hours_of_days_not_worked_are_ignored(status: AttendanceStatus, expected: bool) -> None:
    placement = make_placement()
    attend(placement, MONDAY, hours=Decimal(9), status=status)

    assert fires("TIME-01", ON) is expected


def test_row_is_judged_from_its_day_on_be_it_outside_the_placement() -> None:
    placement = make_placement(ends_on=date(2026, 9, 30))
    attend(placement, MONDAY, hours=Decimal(9))

    assert not fires("TIME-01", date(2026, 10, 11))
    assert fires("TIME-01", MONDAY)


def test_hours_of_a_placement_that_does_not_stand_are_not_judged() -> None:
    placement = make_placement(state=PlacementState.REFUSED)
    attend(placement, MONDAY, hours=Decimal(9))

    assert not fires("TIME-01", ON)


@pytest.mark.parametrize(
    ("filed_on", "first", "last", "allowed"),
    [
        (date(2026, 10, 11), MONDAY, MONDAY, True),
        (MONDAY, date(2026, 1, 1), date(2026, 12, 31), False),
        (date(2026, 8, 1), date(2026, 10, 13), date(2026, 12, 31), False),
        (date(2026, 8, 1), date(2026, 1, 1), date(2026, 10, 11), False),
    ],
)
def test_filing_made_before_the_day_and_valid_on_it_allows_overtime(
    filed_on: date, first: date, last: date, allowed: bool
) -> None:
    post = make_post()
    file_matter(post, FilingMatter.OVERTIME, filed_on=filed_on, period=days(first, last))
    attend(make_placement(post=post), MONDAY, hours=Decimal(9))

    assert fires("TIME-01", ON) is not allowed


@pytest.mark.parametrize(
    ("born_on", "allowed"), [(date(2008, 10, 11), True), (date(2008, 10, 12), False)]
)
def test_no_filing_allows_overtime_or_nights_to_who_is_a_minor_that_day(
    born_on: date, allowed: bool
) -> None:
    post = make_post()
    file_matter(post, FilingMatter.OVERTIME, FilingMatter.NIGHT)
    placement = make_placement(post=post, learner=make_learner(born_on=born_on))
    attend(placement, MONDAY, hours=Decimal(9), came_minute=1200, left_minute=1380)

    assert fires("TIME-01", ON) is not allowed
    assert fires("TIME-04", ON) is not allowed


def test_filings_for_days_off_hold_for_minors() -> None:
    post = make_post()
    file_matter(post, FilingMatter.REST_DAY, FilingMatter.HOLIDAY)
    placement = make_placement(post=post, learner=make_learner(born_on=date(2010, 1, 1)))
    attend(placement, date(2026, 10, 1))
    attend(placement, date(2026, 10, 4))

    assert not fires("TIME-03", ON)


def attend_week(last_hours: str) -> tuple[str, date]:
    """Five days of 8 hours less the last one's; returns the placement's code and its Friday."""
    placement = make_placement()
    for day in range(12, 16):
        attend(placement, date(2026, 10, day))
    attend(placement, date(2026, 10, 16), hours=Decimal(last_hours))
    return placement.code, date(2026, 10, 16)


@pytest.mark.parametrize(("last_hours", "hours"), [("8.00", None), ("8.01", "40.01")])
def test_a_week_has_at_most_forty_hours(last_hours: str, hours: str | None) -> None:
    code, _ = attend_week(last_hours)

    alerts = found("TIME-02", ON)

    assert alerts == ([(code, "2026-W42", "critical", {"hours": hours})] if hours else [])


def test_week_is_counted_up_to_the_day_asked() -> None:
    _, friday = attend_week("8.01")

    assert not fires("TIME-02", date(2026, 10, 15))
    assert fires("TIME-02", friday)


def test_weeks_run_from_monday_to_sunday_by_iso_year() -> None:
    placement = make_placement(starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 31))
    for day in (date(2026, 12, 27), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 3)):
        attend(placement, day, hours=Decimal(21))
    attend(placement, date(2027, 1, 4), hours=Decimal(21))

    assert [(period, facts) for _, period, _, facts in found("TIME-02", date(2027, 1, 31))] == [
        ("2026-W53", {"hours": "63.00"})
    ]


def test_hours_of_two_placements_are_not_added() -> None:
    learner = make_learner()
    first = make_placement(learner=learner, ends_on=date(2026, 10, 13))
    second = make_placement(learner=learner, starts_on=date(2026, 10, 14))
    for placement in (first, second):
        for day in (date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14)):
            attend(placement, day)

    assert not fires("TIME-02", ON)


@pytest.mark.parametrize(
    ("first", "allowed"), [(MONDAY, True), (date(2026, 10, 13), False), (date(2026, 10, 17), False)]
)
def test_week_is_excused_only_when_every_worked_day_of_it_is(first: date, allowed: bool) -> None:
    post = make_post()
    file_matter(post, FilingMatter.OVERTIME, period=days(first, date(2026, 12, 31)))
    placement = make_placement(post=post)
    attend(placement, MONDAY, hours=Decimal(0))
    for day in range(13, 18):
        attend(placement, date(2026, 10, day), hours=Decimal(9))

    assert fires("TIME-02", ON) is not allowed


@pytest.mark.parametrize(
    ("day", "matter"),
    [
        (date(2026, 10, 1), FilingMatter.HOLIDAY),
        (date(2026, 10, 3), FilingMatter.HOLIDAY),
        (date(2026, 10, 4), FilingMatter.REST_DAY),
        (date(2026, 10, 7), FilingMatter.REST_DAY),
        (date(2026, 10, 11), FilingMatter.REST_DAY),
        (date(2026, 10, 8), None),
        (date(2026, 10, 10), None),
        (date(2026, 9, 20), None),
        (date(2027, 2, 8), FilingMatter.HOLIDAY),
        (date(2027, 2, 9), None),
    ],
)
def test_rest_days_and_statutory_holidays_need_each_its_own_filing(
    day: date, matter: FilingMatter | None
) -> None:
    post = make_post()
    placement = make_placement(post=post, ends_on=date(2027, 6, 30))
    attend(placement, day)
    on = date(2027, 3, 1)

    assert facts_of("TIME-03", on) == ([{"days": [day.isoformat()]}] if matter else [])

    others = {FilingMatter.HOLIDAY, FilingMatter.REST_DAY, FilingMatter.OVERTIME} - {matter}
    wide = {"period": days(date(2026, 1, 1), date(2027, 12, 31))}
    file_matter(post, *others, **wide)
    assert fires("TIME-03", on) is (matter is not None)

    if matter:
        file_matter(post, matter, **wide)
    assert not fires("TIME-03", on)


@pytest.mark.parametrize(
    ("came", "left", "expected"),
    [
        ((6, 0), (22, 0), False),
        ((6, 0), (22, 1), True),
        ((5, 59), (14, 0), True),
        ((21, 59), (22, 0), False),
        ((22, 0), (23, 0), True),
        ((14, 0), (24, 0), True),
        ((22, 0), (6, 0), True),
        ((14, 0), (13, 59), True),
        ((8, 0), (8, 0), True),
        ((0, 0), (6, 0), True),
        ((12, 0), (2, 0), True),
    ],
)
def test_night_lies_between_ten_and_six(
    came: tuple[int, int], left: tuple[int, int], expected: bool
) -> None:
    placement = make_placement()
    attend(
        placement,
        MONDAY,
        came_minute=came[0] * 60 + came[1],
        left_minute=left[0] * 60 + left[1],
    )

    alerts = found("TIME-04", ON)

    facts = {"days": ["2026-10-12"]}
    assert alerts == ([(placement.code, "2026-10", "critical", facts)] if expected else [])


def test_row_without_times_tells_nothing_of_the_night() -> None:
    attend(make_placement(), MONDAY, hours=Decimal(24))

    assert not fires("TIME-04", ON)


def test_filing_for_nights_is_asked_on_the_day_the_work_begins() -> None:
    post = make_post()
    file_matter(post, FilingMatter.NIGHT, period=days(MONDAY, MONDAY))
    placement = make_placement(post=post)
    attend(placement, MONDAY, came_minute=1320, left_minute=360)

    assert not fires("TIME-04", ON)

    attend(placement, date(2026, 10, 13), came_minute=1320, left_minute=360)

    assert facts_of("TIME-04", ON) == [{"days": ["2026-10-13"]}]
