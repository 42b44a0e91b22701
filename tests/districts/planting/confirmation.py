"""ATT: a row unconfirmed, a day too early to say so, a month that holds no workday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tests.districts.planting.months import attended, month_before
from tests.districts.planting.registry import Expected, inside, over, plants
from tests.districts.roster import Roster, later
from tests.oracle.calendar import days, first_day, is_workday, last_day, month_of


@plants("ATT-01")
def five_days_after(roster: Roster, on: date) -> Iterator[Expected]:
    """The fifth day after the month is in time, the sixth is not."""
    month = month_before(month_of(on))
    row, _ = attended(roster, month, 28, confirmed="否")
    yield over("ATT-01", row, later(last_day(month), 6), str(month))
    yield inside("ATT-01", row, later(last_day(month), 5), str(month))


@plants("ATT-01")
def one_row_unconfirmed(roster: Roster, on: date) -> Iterator[Expected]:
    month = month_before(month_of(later(on, -6)))
    for confirmed, promise in (("否", over), ("是", inside)):
        row, _ = attended(roster, month, 28)
        rest = [day for day in days(first_day(month), last_day(month)) if not is_workday(day)]
        roster.attend(row, rest[-1], 状态="休息", 企业确认=confirmed)
        yield promise("ATT-01", row, on, str(month))


@plants("ATT-01")
def no_rows(roster: Roster, on: date) -> Iterator[Expected]:
    """A row outside the placement is no attendance of it."""
    month = month_before(month_of(later(on, -6)))
    workdays = [day for day in days(first_day(month), last_day(month)) if is_workday(day)]
    for worked, promise in ((workdays[5], over), (workdays[4], inside)):
        row = roster.sound(first_day(month), workdays[4], 状态="已结束", 约定报酬="")
        roster.attend(row, worked, 状态="病假")
        yield promise("ATT-01", row, on, str(month))


@plants("ATT-01")
def rows_outside_do_not_unsettle(roster: Roster, on: date) -> Iterator[Expected]:
    month = month_before(month_of(later(on, -6)))
    workdays = [day for day in days(first_day(month), last_day(month)) if is_workday(day)]
    for worked, promise in ((workdays[4], over), (workdays[5], inside)):
        row = roster.sound(first_day(month), workdays[4], 状态="已结束")
        roster.attend(row, workdays[0])
        roster.attend(row, worked, 企业确认="否")
        yield promise("ATT-01", row, on, str(month))


@plants("ATT-01")
def touches_with_a_workday(roster: Roster, on: date) -> Iterator[Expected]:
    """The placement ends on the first workday of the month, or on the rest day before it."""
    month = month_before(month_of(later(on, -6)))
    while is_workday(first_day(month)):
        month = month_before(month)
    workday = min(day for day in days(first_day(month), last_day(month)) if is_workday(day))
    for last, promise in ((workday, over), (later(workday, -1), inside)):
        row = roster.sound(later(last, -40), last, 状态="已结束")
        yield promise("ATT-01", row, on, str(month))


@plants("ATT-01")
def confirmation_scope(roster: Roster, on: date) -> Iterator[Expected]:
    month = month_before(month_of(later(on, -6)))
    spared: Mapping[str, object] = roster.random.choice(
        ({"状态": "已批准"}, {"实习类型": "认识实习"})
    )
    for changes, promise in (({"状态": "实习中"}, over), (spared, inside)):
        row, _ = attended(roster, month, 28, confirmed="否", **changes)
        yield promise("ATT-01", row, on, str(month))
    for back, promise in ((-365, over), (-366, inside)):
        last = later(on, back)
        row = roster.sound(later(last, -80), last, 状态="已结束")
        yield promise("ATT-01", row, on, str(month_before(month_of(last))))
