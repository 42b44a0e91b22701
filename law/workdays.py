"""Which days are worked, rested or statutory holidays, from the dated calendars of 2024 to 2027."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from law.toml_files import (
    LAW,
    BadLegalData,
    digest,
    read_toml,
    require_day,
    require_keys,
    require_text,
)

__all__ = [
    "KNOWN_YEARS",
    "DayKind",
    "Holiday",
    "YearCalendar",
    "calendar_rows",
    "digest",
    "is_statutory_holiday",
    "is_workday",
    "kind_of",
    "notice_known",
    "read_calendars",
    "workdays_in_month",
]


class DayKind(StrEnum):
    """What the law calls a calendar day in Asia/Shanghai."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    STATUTORY_HOLIDAY = "statutory_holiday"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A statutory holiday of one year and its days, ascending."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year: statutory holidays, further days off by notice, weekend days worked for them."""

    year: int
    source: str
    notice: str
    reviewed_on: date
    holidays: tuple[Holiday, ...]
    days_off: frozenset[date]
    make_up_workdays: frozenset[date]
    statutory: frozenset[date]

    def kind_of(self, day: date) -> DayKind:
        """The kind of a day of this year."""
        if day in self.statutory:
            return DayKind.STATUTORY_HOLIDAY
        if day in self.make_up_workdays:
            return DayKind.WORKDAY
        if day in self.days_off or day.isoweekday() > 5:
            return DayKind.REST_DAY
        return DayKind.WORKDAY


def kind_of(day: date) -> DayKind:
    """Workday, rest day or statutory holiday; outside KNOWN_YEARS Monday to Friday are worked."""
    if isinstance(day, datetime):
        raise TypeError("a calendar knows days, not moments: pass a date")
    known = _calendars().get(day.year)
    if known is not None:
        return known.kind_of(day)
    return DayKind.REST_DAY if day.isoweekday() > 5 else DayKind.WORKDAY


def is_workday(day: date) -> bool:
    """Whether the day is worked: Monday to Friday and make-up days, less holidays and days off."""
    return kind_of(day) is DayKind.WORKDAY


def is_statutory_holiday(day: date) -> bool:
    """Whether the day is one of 全国年节及纪念日放假办法 (known for 2024 to 2027)."""
    return kind_of(day) is DayKind.STATUTORY_HOLIDAY


def notice_known(year: int) -> bool:
    """Whether the State Council's notice of days off and make-up workdays is known for the year."""
    known = _calendars().get(year)
    return known is not None and known.notice != ""


def calendar_rows(first: date, last: date) -> Iterator[tuple[date, DayKind]]:
    """Every day from `first` to `last`, both included, with its kind; none when last < first."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        yield day, kind_of(day)


def workdays_in_month(year: int, month: int) -> int:
    """How many workdays the whole calendar month has."""
    first = date(year, month, 1)
    last = date(year, month, monthrange(year, month)[1])
    return sum(kind is DayKind.WORKDAY for _, kind in calendar_rows(first, last))


def read_calendars(folder: Path) -> Mapping[int, YearCalendar]:
    """The calendars of a folder by year; refuses a day of another year, twice, or out of order."""
    calendars = {}
    for file in sorted(folder.glob("*.toml")):
        calendar = _read_calendar(file)
        if file.stem != str(calendar.year):
            raise BadLegalData(file, "year", "differs from the file's name")
        calendars[calendar.year] = calendar
    return MappingProxyType(calendars)


@cache
def _calendars() -> Mapping[int, YearCalendar]:
    return read_calendars(LAW / "calendars")


def _read_calendar(file: Path) -> YearCalendar:
    known = require_keys(
        read_toml(file),
        required=("year", "source", "reviewed_on", "statutory_holidays"),
        optional=("notice",),
        file=file,
        key="(file)",
    )
    year = known["year"]
    if not isinstance(year, int) or isinstance(year, bool):
        raise BadLegalData(file, "year", "must be a whole number")
    holidays = _read_holidays(known["statutory_holidays"], year=year, file=file)
    notice, days_off, make_up = _read_notice(known.get("notice"), year=year, file=file)
    statutory = frozenset(day for holiday in holidays for day in holiday.days)
    if len(statutory) != sum(len(holiday.days) for holiday in holidays):
        raise BadLegalData(file, "statutory_holidays", "one day stands under two holidays")
    for day in sorted(days_off & statutory | make_up & (statutory | days_off)):
        raise BadLegalData(file, "notice", f"{day} is already a holiday or a day off")
    for day in sorted(make_up):
        if day.isoweekday() < 6:
            raise BadLegalData(file, "notice.make_up_workdays", f"{day} is no Saturday or Sunday")
    return YearCalendar(
        year=year,
        source=require_text(known["source"], file=file, key="source"),
        notice=notice,
        reviewed_on=require_day(known["reviewed_on"], file=file, key="reviewed_on"),
        holidays=holidays,
        days_off=days_off,
        make_up_workdays=make_up,
        statutory=statutory,
    )


def _read_holidays(entries: object, *, year: int, file: Path) -> tuple[Holiday, ...]:
    if not isinstance(entries, list) or not entries:
        raise BadLegalData(file, "statutory_holidays", "must be a list of tables, not empty")
    holidays = []
    for place, entry in enumerate(entries):
        key = f"statutory_holidays[{place}]"
        known = require_keys(entry, required=("name", "days"), file=file, key=key)
        name = require_text(known["name"], file=file, key=f"{key}.name")
        holidays.append(Holiday(name, _read_days(known["days"], year=year, file=file, key=key)))
    return tuple(holidays)


def _read_notice(
    table: object, *, year: int, file: Path
) -> tuple[str, frozenset[date], frozenset[date]]:
    """Source, days off and make-up workdays of the notice; empty where none is published."""
    if table is None:
        return "", frozenset(), frozenset()
    wanted = ("source", "days_off", "make_up_workdays")
    known = require_keys(table, required=wanted, file=file, key="notice")
    days_off, make_up = (
        frozenset(_read_days(known[key], year=year, file=file, key=f"notice.{key}"))
        for key in ("days_off", "make_up_workdays")
    )
    return require_text(known["source"], file=file, key="notice.source"), days_off, make_up


def _read_days(entries: object, *, year: int, file: Path, key: str) -> tuple[date, ...]:
    if not isinstance(entries, list) or not entries:
        raise BadLegalData(file, key, "must be a list of days, not empty")
    days = tuple(require_day(entry, file=file, key=key) for entry in entries)
    for day in days:
        if day.year != year:
            raise BadLegalData(file, key, f"{day} is not in {year}")
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise BadLegalData(file, key, "days must ascend, each once")
    return days


#: the years of which statutory holidays are known, ascending
KNOWN_YEARS: tuple[int, ...] = tuple(sorted(_calendars()))
