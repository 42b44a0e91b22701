"""Dates, numbers and times of the interchange format, from clean text to typed values."""

import re
from datetime import date
from decimal import Decimal

from common.calendar_span import FIRST_DAY, LAST_DAY
from exchange.reading.faults import Fault

MOST_MONEY = Decimal("9999999999.99")
MOST_HOURS = Decimal(24)
MOST_PEOPLE = 2_147_483_647
MIDNIGHT = 24 * 60
LAST_PAY_DAY = 28
CENT = Decimal("0.01")

_DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_PLAIN_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2})|([0-9]{2}))")
_NUMBER = re.compile(r"(-?)([0-9]{1,20})(?:\.([0-9]{1,20}))?")
_WHOLE = re.compile(r"[0-9]{1,12}")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")


def parse_date(text: str) -> date:
    """A day written 2026-09-01, 2026/9/1, 2026.9.1 or 20260901."""
    if found := _DATE.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := _PLAIN_DATE.fullmatch(text):
        year, month, day = found.groups()
    else:
        raise Fault("bad_date")
    return _checked_date(int(year), int(month), int(day))


def _checked_date(year: int, month: int, day: int) -> date:
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Fault("date_out_of_range", first=FIRST_DAY.year, last=LAST_DAY.year)
    try:
        return date(year, month, day)
    except ValueError:
        raise Fault("no_such_date") from None


def parse_month(text: str) -> date:
    """The first day of a month written 2026-09, 202609 or 2026/9."""
    found = _MONTH.fullmatch(text)
    if not found:
        raise Fault("bad_month")
    month = int(found[2] or found[3])
    if not 1 <= month <= 12:
        raise Fault("bad_month")
    return _checked_date(int(found[1]), month, 1)


def _parse_decimal(text: str, most: Decimal) -> Decimal:
    found = _NUMBER.fullmatch(text)
    if not found:
        raise Fault("bad_number")
    sign, _, decimals = found.groups()
    if sign:
        raise Fault("negative")
    if decimals and len(decimals) > 2:
        raise Fault("too_many_decimals")
    number = Decimal(text)
    if number > most:
        raise Fault("too_large", limit=most)
    return number.quantize(CENT)


def parse_money(text: str) -> Decimal:
    """Yuan, 0 or more, at most two decimals; given with two."""
    return _parse_decimal(text, MOST_MONEY)


def parse_hours(text: str) -> Decimal:
    """Hours from 0 to 24, at most two decimals; given with two."""
    return _parse_decimal(text, MOST_HOURS)


def parse_time(text: str) -> int:
    """Minutes after midnight of HH:MM or H:MM, 00:00 to 23:59."""
    minutes = parse_closing_time(text)
    if minutes == MIDNIGHT:
        raise Fault("midnight_as_start")
    return minutes


def parse_closing_time(text: str) -> int:
    """Minutes after midnight of HH:MM or H:MM, 24:00 included."""
    found = _TIME.fullmatch(text)
    if not found:
        raise Fault("bad_time")
    hour, minute = int(found[1]), int(found[2])
    minutes = 60 * hour + minute
    if minute > 59 or minutes > MIDNIGHT:
        raise Fault("bad_time")
    return minutes


def parse_headcount(text: str) -> int:
    """A whole number of people, 1 or more."""
    if not _WHOLE.fullmatch(text) or int(text) < 1:
        raise Fault("bad_headcount")
    if int(text) > MOST_PEOPLE:
        raise Fault("too_large", limit=MOST_PEOPLE)
    return int(text)


def parse_pay_day(text: str) -> int:
    """A day of the month from 1 to 28."""
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= LAST_PAY_DAY:
        raise Fault("bad_pay_day")
    return int(text)
