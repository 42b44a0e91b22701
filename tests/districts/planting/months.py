"""A whole month attended, and the pay day that makes it ripe on a given day."""

from __future__ import annotations

from datetime import date

from tests.districts.roster import Cells, Roster, later
from tests.oracle.calendar import first_day, last_day, month_of
from tests.oracle.district import Month


def month_before(month: Month) -> Month:
    return month_of(later(first_day(month), -1))


def ripened(on: date) -> tuple[Month, int]:
    """A month and the latest 支付日 that make it ripe on `on`: due the day before."""
    due = later(on, -1)
    if due.day <= 28:
        return month_before(month_of(due)), due.day
    return month_before(month_of(due)), 28


def attended(
    roster: Roster, month: Month, pay_day: int, *, confirmed: object = "是", **cells: object
) -> tuple[Cells, int]:
    """A placement of the whole month, attended on every workday; how many those are."""
    row = roster.sound(first_day(month), last_day(month), 支付日=pay_day, **cells)
    units = roster.attend_workdays(row, first_day(month), last_day(month), 企业确认=confirmed)
    return row, units
