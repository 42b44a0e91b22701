"""Readers of cells: the text of one column's cells to typed values, repeated texts parsed once."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Protocol

from exchange.format import Column, Kind
from exchange.reading import values, words
from exchange.reading.faults import Fault
from exchange.reading.folding import fold

REMEMBERED = 16_384
LONGEST_REMEMBERED = 64
"""What repeats is short: words, days, codes, names. A longer cell may be anything, and much."""
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff\ufffe\uffff]"
)
_MANGLED = re.compile(r"[+-]?[0-9](?:\.[0-9]*)?[eE]\+[0-9]{2,}|[0-9]{5,}\.0")
_DIGITS_KEPT = 10**15

_PARSERS: dict[Kind, Callable[[str], object]] = {
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.SCHOOL_CODE: words.parse_school_code,
    Kind.DIVISION_CODE: words.parse_division_code,
    Kind.MAJOR_CODE: words.parse_major_code,
    Kind.CREDIT_CODE: words.parse_credit_code,
    Kind.ID_NUMBER: words.parse_id_number,
    Kind.MOBILE: words.parse_mobile_number,
    Kind.PHONE: words.parse_phone_number,
    Kind.DATE: values.parse_date,
    Kind.MONTH: values.parse_month,
    Kind.MONEY: values.parse_money,
    Kind.HOURS: values.parse_hours,
    Kind.TIME: values.parse_time,
    Kind.CLOSING_TIME: values.parse_closing_time,
    Kind.HEADCOUNT: values.parse_headcount,
    Kind.PAY_DAY: values.parse_pay_day,
    Kind.BOOLEAN: words.parse_boolean,
    Kind.ORDINALS: words.parse_ordinals,
    Kind.DEDUCTIONS: words.parse_deductions,
}

_AMOUNTS = frozenset({Kind.MONEY, Kind.HOURS, Kind.HEADCOUNT, Kind.PAY_DAY, Kind.ORDINALS})
_NUMERIC_CODES = frozenset(
    {
        Kind.CODE,
        Kind.SCHOOL_CODE,
        Kind.DIVISION_CODE,
        Kind.MAJOR_CODE,
        Kind.MOBILE,
        Kind.PHONE,
    }
)
_TIMES = frozenset({Kind.TIME, Kind.CLOSING_TIME})
_SPELT_WITH_POINT = frozenset({Kind.TEXT, Kind.MONEY, Kind.HOURS, Kind.DEDUCTIONS})
_UNREPEATED = frozenset({Kind.ID_NUMBER, Kind.MOBILE})


class CellReader(Protocol):
    """`reader[text]` is the typed value of a cell; a `Fault` says why there is none."""

    def __getitem__(self, text: str, /) -> object: ...


class Remembering(dict[str, object]):
    """A reader that parses a short text once, and forgets all when it knows too many."""

    def __init__(self, parse: Callable[[str], object]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> object:
        value = self._parse(text)
        if len(text) > LONGEST_REMEMBERED:
            return value
        if len(self) >= REMEMBERED:
            self.clear()
        self[text] = value
        return value


class Forgetting:
    """A reader of cells that hardly ever repeat: nothing personal stays in memory."""

    def __init__(self, parse: Callable[[str], object]) -> None:
        self._parse = parse

    def __getitem__(self, text: str) -> object:
        return self._parse(text)


def _parser_of(column: Column) -> Callable[[str], object]:
    if column.kind is Kind.CHOICE:
        return words.choice_parser(column.choices)
    if column.kind is Kind.CHOICES:
        return words.choices_parser(column.choices)
    return _PARSERS[column.kind]


def cell_reader(column: Column, encoding: str = "UTF-8") -> CellReader:
    """The reader of a column's cells; `encoding` is named where bytes are not text in it."""
    parse = _parser_of(column)
    point_is_fine = column.kind in _SPELT_WITH_POINT

    def read(raw: str) -> object:
        text = fold(raw).strip()
        if not text:
            if column.required:
                raise Fault("required")
            return column.empty_value
        if unfit := _UNFIT.search(text):
            if "\ud800" <= unfit[0] <= "\udfff":
                raise Fault("undecodable", encoding=encoding)
            raise Fault("control_character")
        if len(text) > column.max_length:
            raise Fault("too_long", limit=column.max_length)
        if (found := _MANGLED.fullmatch(text)) and not (point_is_fine and found[0][-2:] == ".0"):
            raise Fault("mangled_number")
        value = parse(text)
        if value == () and column.required:
            raise Fault("required")
        return value

    return Forgetting(read) if column.kind in _UNREPEATED else Remembering(read)


def text_of(cell: object, kind: Kind) -> str:
    """A sheet's cell as the text a CSV file would have, refused where the sheet changed it.

    A number is taken for money, hours, headcounts, pay days and ordinals, and for codes of at most
    15 digits; a real date for a date, the first of a month for a month, a time of day for a time.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        raise Fault("boolean_cell")
    if isinstance(cell, int | float):
        return _text_of_number(cell, kind)
    if isinstance(cell, date):
        return _text_of_date(cell, kind)
    if isinstance(cell, time | timedelta):
        return _text_of_time(cell, kind)
    raise Fault("numeric_cell")


def _text_of_number(number: float, kind: Kind) -> str:
    if not math.isfinite(number):
        raise Fault("numeric_cell")
    if kind in _AMOUNTS:
        return f"{number:.0f}" if number == int(number) else f"{number:.15g}"
    if kind not in _NUMERIC_CODES or number < 0 or number >= _DIGITS_KEPT or number != int(number):
        raise Fault("mangled_number" if abs(number) >= _DIGITS_KEPT else "numeric_cell")
    return f"{number:.0f}"


def _text_of_date(day: date, kind: Kind) -> str:
    if kind not in (Kind.DATE, Kind.MONTH):
        raise Fault("date_cell")
    if isinstance(day, datetime) and day.time() != time():
        raise Fault("date_with_time")
    if kind is Kind.MONTH:
        if day.day != 1:
            raise Fault("not_first_of_month")
        return f"{day:%Y-%m}"
    return f"{day:%Y-%m-%d}"


def _text_of_time(clock: time | timedelta, kind: Kind) -> str:
    if kind not in _TIMES:
        raise Fault("date_cell")
    if isinstance(clock, time):
        clock = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
    minutes, seconds = divmod(round(clock.total_seconds()), 60)
    if seconds:
        raise Fault("bad_time")
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
