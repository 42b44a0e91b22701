"""Days and months as the demo district counts them."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from law.workdays import is_workday, kind_of, workdays_in_month

DAY = timedelta(days=1)

kind = cache(kind_of)


@cache
def is_ordinary(day: date) -> bool:
    """A workday from Monday to Friday: no make-up day at a weekend."""
    return day.isoweekday() <= 5 and is_workday(day)


def on_or_after(day: date) -> date:
    """The first ordinary workday from `day` on."""
    while not is_ordinary(day):
        day += DAY
    return day


def on_or_before(day: date) -> date:
    """The last ordinary workday up to `day`."""
    while not is_ordinary(day):
        day -= DAY
    return day


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


@cache
def last_of(month: date) -> date:
    """The last day of a month given by its first."""
    return month.replace(day=monthrange(month.year, month.month)[1])


@cache
def next_month(month: date) -> date:
    """The first day of the following month."""
    return last_of(month) + DAY


@cache
def workdays_of(month: date) -> int:
    """Workdays of the whole month, make-up days included."""
    return workdays_in_month(month.year, month.month)


def months_between(first: date, last: date) -> Iterator[date]:
    """The months that [first, last] touches, by their first days, ascending."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def monday_of(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - DAY * (day.isoweekday() - 1)


def school_year(day: date) -> int:
    """The year in which the day's school year began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 29 February becomes 28 February in a common year."""
    length = monthrange(day.year - years, day.month)[1]
    return date(day.year - years, day.month, min(day.day, length))
