"""Faults of working time and attendance: how each is planted in a clean story."""

from datetime import date

from exchange.demo.attendance import (
    NIGHT_SHIFT,
    RESTED,
    SHIFTS,
    Attendance,
    Day,
    ordinary_weeks,
)
from exchange.demo.days import DAY, is_ordinary, last_of, month_of, on_or_after
from exchange.demo.dice import Dice
from exchange.demo.stories import Story, World
from law.workdays import is_statutory_holiday

NINE_HOURS = Day("出勤", 900, "08:30", "18:30")
SEVEN_HOURS = Day("出勤", 700, "08:30", "16:30")
FULL_WEEK = 4000


def long_day(story: Story, world: World, dice: Dice) -> None:
    """Nine hours on a day, one hour less on the next: too long a day, no long week."""
    attendance = _attendance(story)
    monday = _plain_week(attendance, world, dice)
    attendance.marks[monday + DAY] = NINE_HOURS
    attendance.marks[monday + DAY * 2] = SEVEN_HOURS


def long_week(story: Story, world: World, dice: Dice) -> None:
    """Nine hours on each of five days: the days are too long, and the week."""
    attendance = _attendance(story)
    monday = _plain_week(attendance, world, dice)
    for offset in range(5):
        attendance.marks[monday + DAY * offset] = NINE_HOURS


def six_day_week(story: Story, world: World, dice: Dice) -> None:
    """A filing allows the Saturday, but no filing allows 48 hours."""
    attendance = _attendance(story)
    monday = _plain_week(attendance, world, dice)
    for offset in range(6):
        attendance.marks[monday + DAY * offset] = SHIFTS[0]


def holiday_work(story: Story, world: World, dice: Dice) -> None:
    """Work on the latest statutory holiday, or on a Saturday where the time had none."""
    attendance = _attendance(story)
    day = attendance.last
    while day > attendance.first and not is_statutory_holiday(day):
        day -= DAY
    if day == attendance.first:
        saturday_work(story, world, dice)
        return
    attendance.marks[day] = SHIFTS[0]
    _shorten_week(attendance, world, day)


def saturday_work(story: Story, world: World, dice: Dice) -> None:
    """Work on a Saturday that no filing allows; a day of the week was free instead."""
    attendance = _attendance(story)
    saturday = _plain_week(attendance, world, dice) + DAY * 5
    attendance.marks[saturday] = SHIFTS[0]
    _shorten_week(attendance, world, saturday)


def night_work(story: Story, world: World, dice: Dice) -> None:
    """Two night shifts without a filing."""
    attendance = _attendance(story)
    monday = _plain_week(attendance, world, dice)
    attendance.marks[monday + DAY * 2] = NIGHT_SHIFT
    attendance.marks[monday + DAY * 3] = NIGHT_SHIFT


def month_unconfirmed(story: Story, world: World, dice: Dice) -> None:
    """Some rows of the latest month that had to be confirmed are not."""
    attendance = _attendance(story)
    month = _latest_confirmed_month(world.on)
    day = on_or_after(max(month, attendance.first))
    wanted = dice.between(1, 12)
    while wanted and day <= min(last_of(month), attendance.last):
        if world.calendar.row(attendance, day):
            attendance.unconfirmed.add(day)
            wanted -= 1
        day += DAY


def month_missing(story: Story, world: World, dice: Dice) -> None:
    """The latest month that had to be confirmed has no rows at all; it was paid all the same."""
    attendance = _attendance(story)
    world.payments_of(story.subject)
    month = _latest_confirmed_month(world.on)
    day = max(month, attendance.first)
    while day <= min(last_of(month), attendance.last):
        attendance.marks[day] = None
        day += DAY


def worked_on_after_the_end(story: Story, world: World, dice: Dice) -> None:
    """The placement ended early, and the intern came a day or two longer."""
    attendance = _attendance(story)
    subject = story.subject
    subject.ended_on, subject.ends_on = subject.last, subject.last + DAY * dice.between(10, 40)
    first = on_or_after(subject.last + DAY)
    attendance.marks[first] = SHIFTS[0]
    second = first + DAY
    if is_ordinary(second) and month_of(second) == month_of(first) and dice.chance(60):
        attendance.marks[second] = SHIFTS[0]


def _attendance(story: Story) -> Attendance:
    attendance = story.subject.attendance
    if attendance is None:
        raise ValueError(f"{story.subject.code} has no attendance to spoil")
    return attendance


def _plain_week(attendance: Attendance, world: World, dice: Dice) -> date:
    """The Monday of one of the last plain weeks; the week's own leaves are taken back."""
    weeks = list(ordinary_weeks(attendance.first + DAY * 7, attendance.last - DAY * 7))
    monday = dice.pick(weeks[:4])
    for offset in range(7):
        attendance.marks.pop(monday + DAY * offset, None)
    return monday


def _shorten_week(attendance: Attendance, world: World, day: date) -> None:
    """Free days of the day's ISO week until it has no more than forty hours."""
    other = day + DAY * (7 - day.isoweekday())
    while world.calendar.week_hours(attendance, day) > FULL_WEEK:
        row = world.calendar.row(attendance, other)
        if other != day and row and row.worked_hours:
            attendance.marks[other] = RESTED
        other -= DAY


def _latest_confirmed_month(on: date) -> date:
    """The latest month that is more than five days over."""
    return month_of(month_of(on - DAY * 5) - DAY)
