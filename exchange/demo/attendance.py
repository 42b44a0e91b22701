"""Attendance: which days a shift works, what differs for one intern, and the rows of it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from exchange.demo.days import DAY, is_ordinary, kind, last_of, monday_of, month_of
from exchange.demo.trades import NIGHT_WEEKS, ORIENTATION, TUESDAY_TO_SATURDAY
from law.workdays import DayKind, is_workday

DOUBLE_UNITS = {"出勤": 2, "带薪假": 2, "半天": 1}
WORKED = frozenset({"出勤", "半天"})
CONFIRMATION_DAYS = 5
UNCONFIRMED_DAYS = 7


class Day(NamedTuple):
    """One row: hours in hundredths, or None to leave the cell empty; both times or neither."""

    status: str
    hours: int | None = None
    came: str = ""
    left: str = ""

    @property
    def double_units(self) -> int:
        """Twice the units the contract counts for the row."""
        return DOUBLE_UNITS.get(self.status, 0)

    @property
    def worked_hours(self) -> int:
        """Hundredths of an hour of a worked row, its default where the cell is empty."""
        if self.status not in WORKED:
            return 0
        if self.hours is None:
            return 800 if self.status == "出勤" else 400
        return self.hours

    @property
    def paid_hours(self) -> int:
        """Hundredths of an hour that are paid for: paid leave is 8 hours."""
        return 800 if self.status == "带薪假" else self.worked_hours


SHIFTS = (
    Day("出勤", 800, "08:30", "17:30"),
    Day("出勤", 800, "09:00", "18:00"),
    Day("出勤", 800, "08:00", "17:00"),
    Day("出勤"),
)
NIGHT_SHIFT = Day("出勤", 800, "20:00", "04:00")
VISIT = Day("出勤", 600, "09:00", "16:00")
PAID_LEAVE = Day("带薪假")
HALF_DAY = Day("半天", 400, "08:30", "12:30")
RESTED = Day("休息")
LEAVES = (Day("事假"), Day("病假"), PAID_LEAVE, HALF_DAY, Day("病假"))


def _by_pattern(pattern: int, day: date) -> Day | None:
    """The row a pattern has on a day, without regard to anybody's leave; None on days off."""
    make_up = is_workday(day) and not is_ordinary(day)
    if make_up:
        full_week = pattern == TUESDAY_TO_SATURDAY or _ordinary_days_of_week(day) >= 5
        return PAID_LEAVE if full_week else SHIFTS[0]
    if pattern == TUESDAY_TO_SATURDAY:
        if day.isoweekday() == 6 and kind(day) is DayKind.REST_DAY:
            return SHIFTS[1] if is_ordinary(monday_of(day)) else None
        if day.isoweekday() == 1 and is_ordinary(day):
            return RESTED
        return SHIFTS[1] if is_ordinary(day) else None
    if not is_ordinary(day):
        return None
    if pattern == ORIENTATION:
        return VISIT
    if pattern == NIGHT_WEEKS:
        return NIGHT_SHIFT if day.isocalendar().week % 2 == 0 else SHIFTS[0]
    return SHIFTS[pattern]


def _ordinary_days_of_week(day: date) -> int:
    monday = monday_of(day)
    return sum(is_ordinary(monday + DAY * offset) for offset in range(5))


@dataclass(slots=True)
class Attendance:
    """One placement's rows from `first` to `last`: a pattern, and the days that differ from it.

    A mark of None takes the pattern's row away; a mark outside [first, last] adds one.
    `unconfirmed` are days whose confirmation is missing besides those too young for it;
    rows before `written_from` are not written.
    """

    pattern: int
    first: date
    last: date
    marks: dict[date, Day | None] = field(default_factory=dict)
    unconfirmed: set[date] = field(default_factory=set)
    written_from: date = date.min


class _Pattern:
    """The days of a pattern over the window, with sums up to each day and ready lines."""

    def __init__(self, pattern: int, first: date, length: int, confirmed_until: date) -> None:
        rows = [_by_pattern(pattern, first + DAY * offset) for offset in range(length)]
        self.rows = rows
        self.units = [0, *accumulate(row.double_units if row else 0 for row in rows)]
        self.hours = [0, *accumulate(row.paid_hours if row else 0 for row in rows)]
        self.places = [place for place, row in enumerate(rows) if row]
        self.tails = [
            tail(first + DAY * place, row, confirmed=first + DAY * place <= confirmed_until)
            for place, row in enumerate(rows)
            if row
        ]


def tail(day: date, row: Day, *, confirmed: bool) -> str:
    """The line of a row after the placement's code."""
    hours = "" if row.hours is None else f"{row.hours / 100:g}"
    said = "是" if confirmed else "否"
    return f",{day.isoformat()},{row.status},{hours},{row.came},{row.left},{said}\n"


class WorkCalendar:
    """The rows of all patterns over the days that the district can ask for."""

    def __init__(self, first: date, on: date) -> None:
        self.on = on
        self.first = first
        self.confirmed_until = _confirmed_until(on)
        length = (on - first).days + 1
        self._patterns = [
            _Pattern(pattern, first, length, self.confirmed_until)
            for pattern in range(ORIENTATION + 1)
        ]

    def row(self, attendance: Attendance, day: date) -> Day | None:
        """The row of a day, marks included."""
        if day in attendance.marks:
            return attendance.marks[day]
        if not attendance.first <= day <= attendance.last:
            return None
        return self._patterns[attendance.pattern].rows[(day - self.first).days]

    def week_hours(self, attendance: Attendance, day: date) -> int:
        """Hundredths of an hour worked in the day's ISO week."""
        monday = monday_of(day)
        rows = (self.row(attendance, monday + DAY * offset) for offset in range(7))
        return sum(row.worked_hours for row in rows if row)

    def earned(self, attendance: Attendance, month: date) -> tuple[int, int]:
        """(twice the units, hundredths of paid hours) of a month inside the placement."""
        first = max(attendance.first, month)
        last = min(attendance.last, last_of(month))
        if last < first:
            return 0, 0
        pattern = self._patterns[attendance.pattern]
        low, high = (first - self.first).days, (last - self.first).days + 1
        units = pattern.units[high] - pattern.units[low]
        hours = pattern.hours[high] - pattern.hours[low]
        for day, mark in attendance.marks.items():
            if first <= day <= last:
                row = pattern.rows[(day - self.first).days]
                units += (mark.double_units if mark else 0) - (row.double_units if row else 0)
                hours += (mark.paid_hours if mark else 0) - (row.paid_hours if row else 0)
        return units, hours

    def lines(self, code: str, attendance: Attendance) -> tuple[str, int]:
        """The placement's lines of the attendance file, ascending by day, and their number."""
        tails = self._tails(attendance)
        return (code + code.join(tails) if tails else ""), len(tails)

    def _tails(self, attendance: Attendance) -> list[str]:
        pattern = self._patterns[attendance.pattern]
        first = max(attendance.first, attendance.written_from)
        low = bisect_left(pattern.places, (first - self.first).days)
        high = bisect_left(pattern.places, (attendance.last - self.first).days + 1)
        if not attendance.marks and not attendance.unconfirmed:
            return pattern.tails[low:high]
        lines = dict(zip(pattern.places[low:high], pattern.tails[low:high], strict=True))
        for day in sorted(attendance.marks.keys() | attendance.unconfirmed):
            if day < attendance.written_from:
                continue
            row = self.row(attendance, day)
            if row is None:
                lines.pop((day - self.first).days, None)
                continue
            confirmed = day <= self.confirmed_until and day not in attendance.unconfirmed
            lines[(day - self.first).days] = tail(day, row, confirmed=confirmed)
        return [line for _, line in sorted(lines.items())]


def _confirmed_until(on: date) -> date:
    """Enterprises confirm weekly, and a month whole before the fifth day after it is over."""
    weekly = on - DAY * (UNCONFIRMED_DAYS + 1)
    over = month_of(on - DAY * (CONFIRMATION_DAYS + 1) + DAY) - DAY
    return max(weekly, over)


def ordinary_weeks(first: date, last: date) -> Iterator[date]:
    """Mondays, latest first, of weeks inside [first, last] and one month with five plain days."""
    monday = monday_of(last) if last.isoweekday() == 7 else monday_of(last) - DAY * 7
    while monday >= first:
        saturday = monday + DAY * 5
        plain = _ordinary_days_of_week(monday) == 5 and kind(saturday) is DayKind.REST_DAY
        sunday_free = kind(saturday + DAY) is DayKind.REST_DAY
        if plain and sunday_free and month_of(monday) == month_of(saturday):
            yield monday
        monday -= DAY * 7
