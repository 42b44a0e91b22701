"""Workdays, statutory holidays and rest days as the contract names them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from chinese_calendar import is_workday as chinesecalendar_has_it_as_a_workday

from tests.oracle.district import Month

NOTICE_YEARS = (2024, 2025, 2026)
"""Years whose days off and make-up workdays were published by notice."""

STATUTORY_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in """
    2024-01-01 2024-02-10 2024-02-11 2024-02-12 2024-04-04 2024-05-01 2024-06-10 2024-09-17
    2024-10-01 2024-10-02 2024-10-03
    2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-04 2025-05-01 2025-05-02
    2025-05-31 2025-10-06 2025-10-01 2025-10-02 2025-10-03
    2026-01-01 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-04-05 2026-05-01 2026-05-02
    2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-03
    2027-01-01 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-04-05 2027-05-01 2027-05-02
    2027-06-09 2027-09-15 2027-10-01 2027-10-02 2027-10-03
    """.split()
)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included; none when `last` is before `first`."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


@cache
def is_statutory_holiday(day: date) -> bool:
    return day in STATUTORY_HOLIDAYS


@cache
def is_workday(day: date) -> bool:
    if day.year in NOTICE_YEARS:
        return bool(chinesecalendar_has_it_as_a_workday(day))
    return day.isoweekday() <= 5 and not is_statutory_holiday(day)


def is_rest_day(day: date) -> bool:
    return not is_workday(day) and not is_statutory_holiday(day)


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def next_month(month: Month) -> Month:
    return Month(month.year + 1, 1) if month.month == 12 else Month(month.year, month.month + 1)


def first_day(month: Month) -> date:
    return date(month.year, month.month, 1)


def last_day(month: Month) -> date:
    return first_day(next_month(month)) - timedelta(days=1)


@cache
def workdays_of(month: Month) -> int:
    """How many workdays the whole month has."""
    return sum(is_workday(day) for day in days(first_day(month), last_day(month)))


def week_of(day: date) -> str:
    """The ISO week, by ISO year: 2027-01-01 is in 2026-W53."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
