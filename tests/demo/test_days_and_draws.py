"""Months, shifts and draws that the demo district is made of."""

from datetime import date, timedelta

import pytest

from exchange.demo.attendance import Attendance, Day, WorkCalendar
from exchange.demo.days import is_ordinary, on_or_after, on_or_before, workdays_of
from exchange.demo.dice import Dice
from exchange.demo.trades import NIGHT_WEEKS, TUESDAY_TO_SATURDAY


def test_placements_start_and_end_on_plain_weekdays() -> None:
    assert on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
    assert on_or_before(date(2026, 2, 22)) == date(2026, 2, 13)
    assert not is_ordinary(date(2026, 10, 10))
    assert workdays_of(date(2026, 10, 1)) == 18


def test_make_up_day_of_a_full_week_is_paid_leave_and_no_sixth_day() -> None:
    calendar = WorkCalendar(date(2025, 1, 1), date(2026, 11, 24))
    attendance = Attendance(0, date(2026, 2, 2), date(2026, 3, 31))

    saturday = calendar.row(attendance, date(2026, 2, 14))
    after_the_festival = calendar.row(attendance, date(2026, 2, 28))

    assert saturday == Day("带薪假")
    assert after_the_festival is not None
    assert after_the_festival.status == "出勤"
    assert calendar.week_hours(attendance, date(2026, 2, 14)) == 4000
    assert calendar.week_hours(attendance, date(2026, 2, 28)) == 4000


@pytest.mark.parametrize("pattern", [0, 1, 2, 3, NIGHT_WEEKS, TUESDAY_TO_SATURDAY])
def test_no_shift_works_more_than_forty_hours_a_week(pattern: int) -> None:
    calendar = WorkCalendar(date(2024, 7, 1), date(2027, 7, 1))
    attendance = Attendance(pattern, date(2024, 7, 1), date(2027, 7, 1))

    weeks = [date(2024, 7, 1) + timedelta(days=7 * week) for week in range(156)]

    assert max(calendar.week_hours(attendance, day) for day in weeks) == 4000


def test_marks_change_what_is_earned_and_what_is_written() -> None:
    calendar = WorkCalendar(date(2026, 1, 1), date(2026, 11, 24))
    attendance = Attendance(0, date(2026, 10, 12), date(2026, 10, 16))
    attendance.marks = {date(2026, 10, 13): Day("半天", 400), date(2026, 10, 14): None}
    attendance.unconfirmed = {date(2026, 10, 16)}

    lines, count = calendar.lines("SX1", attendance)

    assert calendar.earned(attendance, date(2026, 10, 1)) == (7, 2800)
    assert count == 4
    assert lines == (
        "SX1,2026-10-12,出勤,8,08:30,17:30,是\n"
        "SX1,2026-10-13,半天,4,,,是\n"
        "SX1,2026-10-15,出勤,8,08:30,17:30,是\n"
        "SX1,2026-10-16,出勤,8,08:30,17:30,否\n"
    )


@pytest.mark.parametrize(
    ("on", "last_confirmed"),
    [
        (date(2026, 10, 5), date(2026, 9, 27)),
        (date(2026, 10, 6), date(2026, 9, 30)),
        (date(2026, 11, 24), date(2026, 11, 16)),
    ],
)
def test_month_is_confirmed_whole_on_the_sixth_day_after_it(on: date, last_confirmed: date) -> None:
    calendar = WorkCalendar(date(2026, 1, 1), on)

    assert calendar.confirmed_until == last_confirmed


def test_draws_repeat_and_neighbours_differ() -> None:
    first = [Dice(1, "person", place).below(1_000_000) for place in range(200)]
    again = [Dice(1, "person", place).below(1_000_000) for place in range(200)]

    assert first == again
    assert len(set(first)) > 195
    assert first != [Dice(2, "person", place).below(1_000_000) for place in range(200)]


def test_draws_are_spread_evenly() -> None:
    dice = Dice(1, "spread")

    counts = [0] * 10
    for _ in range(10_000):
        counts[dice.below(10)] += 1

    assert min(counts) > 850
    assert max(counts) < 1150
