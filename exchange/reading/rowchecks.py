"""What the cells of one row must be to each other, and what follows from them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from exchange.format import TABLES, Table
from exchange.reading.faults import Fault

FULL_DAY = Decimal("8.00")
HALF_DAY = Decimal("4.00")
_USUAL_HOURS = {"出勤": FULL_DAY, "半天": HALF_DAY}


Finding = tuple[str, Fault]


@dataclass(frozen=True, slots=True)
class RowCheck:
    """`find` of the values of `fields` is the field at fault and what is wrong, or None."""

    fields: tuple[str, ...]
    find: Callable[..., Finding | None]


def _not_before(stem: str, start: str, end: str) -> RowCheck:
    title = TABLES[stem].by_field[start].title

    def find(starts_on: date, ends_on: date | None) -> Finding | None:
        if ends_on is None or ends_on >= starts_on:
            return None
        return end, Fault("ends_before_start", start=title)

    return RowCheck((start, end), find)


def birth_date(id_number: str) -> date:
    """The birth date in a checked ID number."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def _born_in_time(id_number: str, enrolled_on: date) -> Finding | None:
    if birth_date(id_number) > enrolled_on:
        return "id_number", Fault("born_after_enrolment")
    return None


def _both_times(came_at: int | None, left_at: int | None) -> Finding | None:
    if (came_at is None) is (left_at is None):
        return None
    return "came_at" if came_at is None else "left_at", Fault("one_time_missing")


def _surrender_is_dated(status: str, surrendered_on: date | None) -> Finding | None:
    if status == "退保" and surrendered_on is None:
        return "surrendered_on", Fault("surrender_date_missing")
    return None


CHECKS: dict[str, tuple[RowCheck, ...]] = {
    "students": (RowCheck(("id_number", "enrolled_on"), _born_in_time),),
    "placements": (
        _not_before("placements", "starts_on", "ends_on"),
        _not_before("placements", "starts_on", "ended_on"),
    ),
    "policies": (
        _not_before("policies", "starts_on", "ends_on"),
        RowCheck(("status", "surrendered_on"), _surrender_is_dated),
    ),
    "insured": (_not_before("insured", "starts_on", "ends_on"),),
    "attendance": (RowCheck(("came_at", "left_at"), _both_times),),
    "filings": (_not_before("filings", "valid_from", "valid_to"),),
    "apprentices": (_not_before("apprentices", "starts_on", "ends_on"),),
}


def retraction_checks(table: Table) -> tuple[RowCheck, ...]:
    """Where a whole row may be the key, a row that has no other needs all its required cells."""
    other_key = table.key_needs
    if other_key is None:
        return ()
    return tuple(
        _needed_without(other_key, column.field)
        for column in table.columns
        if column.required and column.field not in table.key
    )


def _needed_without(other_key: str, field: str) -> RowCheck:
    def find(reference: object, value: object) -> Finding | None:
        missing = reference is None and value is None
        return (field, Fault("required")) if missing else None

    return RowCheck((other_key, field), find)


def _fill_hours(row: list[Any]) -> None:
    if row[_HOURS] is None:
        row[_HOURS] = _USUAL_HOURS.get(row[_ATTENDANCE_STATUS])


def _drop_surrender_date(row: list[Any]) -> None:
    if row[_POLICY_STATUS] != "退保":
        row[_SURRENDERED_ON] = None


_HOURS = TABLES["attendance"].fields.index("hours")
_ATTENDANCE_STATUS = TABLES["attendance"].fields.index("status")
_POLICY_STATUS = TABLES["policies"].fields.index("status")
_SURRENDERED_ON = TABLES["policies"].fields.index("surrendered_on")

FILLS: dict[str, Callable[[list[Any]], None]] = {
    "attendance": _fill_hours,
    "policies": _drop_surrender_date,
}
"""What an empty cell stands for beside the others of its row; changes the row in place."""
