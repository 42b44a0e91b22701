"""ATT and TIME: attendance that was not confirmed, and hours that may not be worked."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.calendar import (
    is_rest_day,
    is_statutory_holiday,
    last_day,
    month_of,
    week_of,
)
from tests.oracle.district import Attendance, District, Month, Placement
from tests.oracle.words import (
    Finding,
    allowed,
    attendance_in,
    begun_production,
    has_a_workday,
    settled,
    shown,
    standing_placements,
    touching_days,
    touching_months,
    worked_rows,
)


def attendance_not_confirmed(district: District, on: date) -> Iterator[Finding]:
    """M touches [start, min(last, D)] with a workday, D > last day of M + 5, not settled."""
    for placement in begun_production(district, on):
        for month in touching_months(placement):
            touching = [day for day in touching_days(placement, month) if day <= on]
            late = on > last_day(month) + timedelta(days=5)
            rows = attendance_in(district, placement, month)
            if has_a_workday(touching) and late and not settled(rows):
                unconfirmed = sum(not row.confirmed for row in rows)
                facts = {"rows": len(rows), "unconfirmed": unconfirmed}
                yield Finding(placement.code, str(month), "warning", facts)


def by_month(
    district: District, on: date, wrong: Callable[[Placement, Attendance], bool]
) -> Iterator[Finding]:
    """Worked rows that are wrong, one finding for each standing placement and month of the day."""
    for placement in standing_placements(district, on):
        months: dict[Month, list[str]] = defaultdict(list)
        for row in worked_rows(district, placement, on):
            if wrong(placement, row):
                months[month_of(row.day)].append(row.day.isoformat())
        for month, wrong_days in months.items():
            yield Finding(placement.code, str(month), "critical", {"days": sorted(wrong_days)})


def over_eight_hours(district: District, on: date) -> Iterator[Finding]:
    """工时 > 8 and no filing allowing 加班 that day."""

    def too_long(placement: Placement, row: Attendance) -> bool:
        return row.hours > 8 and not allowed(district, placement, "加班", row.day)

    return by_month(district, on, too_long)


def over_forty_hours_a_week(district: District, on: date) -> Iterator[Finding]:
    """More than 40 in the week, unless 加班 is allowed on every one of those rows' days."""
    for placement in standing_placements(district, on):
        weeks: dict[str, list[Attendance]] = defaultdict(list)
        for row in worked_rows(district, placement, on):
            weeks[week_of(row.day)].append(row)
        for week, rows in weeks.items():
            total = sum((Fraction(row.hours) for row in rows), start=Fraction(0))
            excused = all(allowed(district, placement, "加班", row.day) for row in rows)
            if total > 40 and not excused:
                yield Finding(placement.code, week, "critical", {"hours": shown(total)})


def rest_day_or_holiday_work(district: District, on: date) -> Iterator[Finding]:
    """A rest day needs 休息日, a statutory holiday needs 法定节假日."""

    def on_a_day_off(placement: Placement, row: Attendance) -> bool:
        if is_statutory_holiday(row.day):
            return not allowed(district, placement, "法定节假日", row.day)
        if is_rest_day(row.day):
            return not allowed(district, placement, "休息日", row.day)
        return False

    return by_month(district, on, on_a_day_off)


def touches_the_night(came_at: int, left_at: int) -> bool:
    """Whether [came_at, left_at) shares a minute with 22:00–06:00 of any night."""
    if left_at <= came_at:
        left_at += 24 * 60
    return any(
        minute % (24 * 60) >= 22 * 60 or minute % (24 * 60) < 6 * 60
        for minute in range(came_at, left_at)
    )


def night_work(district: District, on: date) -> Iterator[Finding]:
    """Times that overlap the night, without a filing allowing 夜班 that day."""

    def at_night(placement: Placement, row: Attendance) -> bool:
        return (
            row.came_at is not None
            and row.left_at is not None
            and touches_the_night(row.came_at, row.left_at)
            and not allowed(district, placement, "夜班", row.day)
        )

    return by_month(district, on, at_night)
