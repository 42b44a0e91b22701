"""Parsers of cells: any text gives a value or a fault, and written values come back."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.format import TABLES, Column, Kind
from exchange.reading.cells import cell_reader, text_of
from exchange.reading.faults import Fault
from exchange.reading.folding import fold
from exchange.reading.masking import shown

COLUMNS = {column.kind: column for table in TABLES.values() for column in table.columns}
ANY_COLUMN = st.sampled_from(sorted(COLUMNS.values(), key=lambda column: column.field))
NEAR_TEXTS = st.text(
    alphabet="0123456789０９:：-－/／.．;；、年月日时XKE+ 　是否个税\0\u200b", max_size=24
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def value(kind: Kind, text: str) -> object:
    return cell_reader(COLUMNS[kind])[text]


@given(column=ANY_COLUMN, text=st.text(max_size=40) | NEAR_TEXTS)
def test_any_text_is_a_value_or_a_fault_that_can_be_told(column: Column, text: str) -> None:
    told = "told"
    try:
        cell_reader(column)[text]
    except Fault as fault:
        told = fault.reason and fault.remedy

    assert told


@given(
    column=ANY_COLUMN,
    cell=st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes() | st.times()
    | st.timedeltas() | st.none(),
)  # fmt: skip
def test_any_cell_of_a_sheet_is_a_value_or_a_fault(column: Column, cell: object) -> None:
    told = "told"
    try:
        cell_reader(column)[text_of(cell, column.kind)]
    except Fault as fault:
        told = fault.reason and fault.remedy

    assert told


@given(text=st.text())
def test_folding_twice_is_folding_once_and_keeps_the_length(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)


@given(text=st.text())
def test_shown_text_is_short_and_on_one_line(text: str) -> None:
    told = shown(text)

    assert len(told) <= 60
    assert "\n" not in told


@given(text=st.text(alphabet="0123456789X -张", max_size=60))
def test_shown_text_has_no_whole_mobile_number(text: str) -> None:
    assert not re.search(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", shown(text))


@given(day=DAYS, form=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]))
def test_written_day_is_read_back(day: date, form: str) -> None:
    assert value(Kind.DATE, day.strftime(form)) == day


@given(fen=st.integers(0, 999_999_999_999))
def test_written_money_is_read_back_to_the_fen(fen: int) -> None:
    yuan = Decimal(fen).scaleb(-2)

    assert value(Kind.MONEY, f"{yuan:.2f}") == yuan


@given(minutes=st.integers(0, 1440))
def test_written_time_is_read_back_and_midnight_only_closes(minutes: int) -> None:
    text = f"{minutes // 60}:{minutes % 60:02d}"

    assert value(Kind.CLOSING_TIME, text) == minutes
    if minutes < 1440:
        assert value(Kind.TIME, text) == minutes


@given(items=st.dictionaries(st.sampled_from(["个税", "伙食", "住宿"]), st.integers(0, 99_999)))
def test_written_deductions_are_read_back_by_name(items: dict[str, int]) -> None:
    amounts = {name: Decimal(fen).scaleb(-2) for name, fen in items.items()}
    text = "； ".join(f"{name}：{amount}" for name, amount in amounts.items())

    assert dict(value(Kind.DEDUCTIONS, text)) == amounts  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.HOURS, "24", "24.01"),
        (Kind.PAY_DAY, "28", "29"),
        (Kind.HEADCOUNT, "1", "0"),
        (Kind.MONEY, "9999999999.99", "10000000000"),
        (Kind.TIME, "23:59", "24:00"),
        (Kind.CLOSING_TIME, "24:00", "24:01"),
        (Kind.DATE, "2024-02-29", "2023-02-29"),
        (Kind.DATE, "1900-01-01", "1899-12-31"),
        (Kind.DATE, "2199-12-31", "2200-01-01"),
        (Kind.MONTH, "2026/9", "2026/13"),
        (Kind.MAJOR_CODE, "210000", "200000"),
        (Kind.MAJOR_CODE, "590000K", "600000K"),
        (Kind.ORDINALS, "19", "20"),
        (Kind.SCHOOL_CODE, "0123456789", "012345678"),
    ],
)
def test_limits_of_each_kind_hold_on_both_sides(kind: Kind, good: str, bad: str) -> None:
    assert value(kind, good) is not None

    with pytest.raises(Fault):
        value(kind, bad)


def test_no_parser_takes_long_over_a_hostile_text() -> None:
    attacks = ["0" * 50_000, "1-" * 25_000, "a:" * 25_000, "x" + "　" * 50_000, "高空;" * 12_500]

    for column in COLUMNS.values():
        for text in attacks:
            with pytest.raises(Fault):
                cell_reader(column)[text + "x"]
