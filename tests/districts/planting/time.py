"""TIME: a hundredth of an hour, a minute, a day or a filing too much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.districts.planting.papers import of_age
from tests.districts.planting.registry import Expected, inside, over, plants
from tests.districts.roster import Cells, Roster, later
from tests.oracle.calendar import month_of, week_of


def at_work(roster: Roster, on: date, **cells: object) -> Cells:
    return roster.sound(later(on, -60), later(on, 60), **cells)


@plants("TIME-01")
def a_hundredth_of_an_hour(roster: Roster, on: date) -> Iterator[Expected]:
    for hours, promise in (("8.01", over), (roster.random.choice(("8", "8.00", "")), inside)):
        row = at_work(roster, on)
        status = "半天" if hours and roster.random.random() < 0.3 else "出勤"
        roster.attend(row, later(on, -7), 工时=hours, 状态=status)
        yield promise("TIME-01", row, on, str(month_of(later(on, -7))))


@plants("TIME-01")
def not_worked(roster: Roster, on: date) -> Iterator[Expected]:
    other = roster.random.choice(("带薪假", "事假", "旷工", "休息"))
    for status, promise in (("半天", over), (other, inside)):
        row = at_work(roster, on)
        roster.attend(row, later(on, -7), 工时="9", 状态=status)
        yield promise("TIME-01", row, on, str(month_of(later(on, -7))))


def two_with_a_filing(
    roster: Roster, on: date, matter: str, wrong: str, **row_cells: object
) -> Iterator[tuple[Cells, date, bool]]:
    """A worked row on a day that no filing allows by one step, and one that a filing does."""
    day = later(on, -7)
    for breaks in (True, False):
        row = at_work(roster, on)
        roster.attend(row, day, **row_cells)
        cells: dict[str, object] = {}
        if breaks:
            choices: dict[str, dict[str, object]] = {
                "filed": {"备案日期": day},
                "from": {"有效起": later(day, 1), "有效止": later(day, 9)},
                "to": {"有效起": later(day, -9), "有效止": later(day, -1)},
                "matter": {"事项": "高风险"},
                "major": {"专业代码": "670101"},
                "school": {"学校标识码": roster.school()["学校标识码"]},
            }
            cells = choices[wrong]
        roster.filing(row["岗位编号"], [matter, "高风险"], day, **cells)
        yield row, day, breaks


WRONG = ("filed", "from", "to", "matter", "major", "school")


@plants("TIME-01")
def overtime_filing(roster: Roster, on: date) -> Iterator[Expected]:
    wrong = roster.random.choice(WRONG)
    for row, day, breaks in two_with_a_filing(roster, on, "加班", wrong, 工时="9"):
        yield (over if breaks else inside)("TIME-01", row, on, str(month_of(day)))


@plants("TIME-04")
def night_filing(roster: Roster, on: date) -> Iterator[Expected]:
    wrong = roster.random.choice(WRONG)
    times = {"上班时间": "22:00", "下班时间": "6:00"}
    for row, day, breaks in two_with_a_filing(roster, on, "夜班", wrong, **times):
        yield (over if breaks else inside)("TIME-04", row, on, str(month_of(day)))


def minors(roster: Roster, on: date, matter: str, **row_cells: object) -> Iterator[tuple]:
    """Eighteen the day after the row, or the day before it: the filing helps the second alone."""
    day = later(on, -7)
    for step, breaks in ((0, True), (-1, False)):
        start = later(on, -60)
        row = of_age(roster, start, 18, (day - start).days + step)
        row["结束日期"] = later(on, 60).isoformat()
        roster.attend(row, day, **row_cells)
        roster.filing(row["岗位编号"], [matter], day)
        yield row, day, breaks


@plants("TIME-01")
def overtime_of_a_minor(roster: Roster, on: date) -> Iterator[Expected]:
    for row, day, breaks in minors(roster, on, "加班", 工时="8.01"):
        yield (over if breaks else inside)("TIME-01", row, on, str(month_of(day)))


@plants("TIME-04")
def night_of_a_minor(roster: Roster, on: date) -> Iterator[Expected]:
    for row, day, breaks in minors(roster, on, "夜班", 上班时间="20:00", 下班时间="23:00"):
        yield (over if breaks else inside)("TIME-04", row, on, str(month_of(day)))


def monday_before(on: date) -> date:
    """The Monday of the last whole week before `on`."""
    return later(on, -on.weekday() - 7)


@plants("TIME-02")
def forty_hours(roster: Roster, on: date) -> Iterator[Expected]:
    monday = monday_before(on)
    for hours, promise in (("8.01", over), ("", inside)):
        row = at_work(roster, on)
        for day in range(4):
            roster.attend(row, later(monday, day))
        roster.attend(row, later(monday, 4), 工时=hours)
        roster.attend(row, later(monday, 5), 状态="带薪假", 工时="8")
        yield promise("TIME-02", row, on, week_of(monday))


@plants("TIME-02")
def the_week_ends_on_sunday(roster: Roster, on: date) -> Iterator[Expected]:
    """Half a day on Sunday is of the week, on the next Monday it is not."""
    monday = monday_before(on)
    for day, promise in ((6, over), (7, inside)):
        row = at_work(roster, on)
        for weekday in range(5):
            roster.attend(row, later(monday, weekday))
        roster.attend(row, later(monday, day), 状态="半天", 工时="0.01")
        yield promise("TIME-02", row, on, week_of(monday))


@plants("TIME-02")
def up_to_the_day(roster: Roster, on: date) -> Iterator[Expected]:
    """The same week, judged on its Friday and on its Saturday."""
    saturday = later(monday_before(on), 5)
    row = at_work(roster, on)
    for back in range(6):
        roster.attend(row, later(saturday, -back))
    yield over("TIME-02", row, saturday, week_of(saturday))
    yield inside("TIME-02", row, later(saturday, -1), week_of(saturday))


@plants("TIME-02")
def overtime_on_every_day(roster: Roster, on: date) -> Iterator[Expected]:
    """A filing that begins on Tuesday does not excuse the week, one from Monday does."""
    monday = monday_before(on)
    for begin, promise in ((1, over), (0, inside)):
        row = at_work(roster, on)
        for day in range(5):
            roster.attend(row, later(monday, day), 工时="9" if day else "0")
        roster.attend(row, later(monday, 5), 工时="9")
        roster.filing(
            row["岗位编号"],
            ["加班"],
            later(monday, begin),
            有效起=later(monday, begin),
            有效止=later(monday, 5),
        )
        yield promise("TIME-02", row, on, week_of(monday))


@plants("TIME-02")
def overtime_next_to_the_week(roster: Roster, on: date) -> Iterator[Expected]:
    """Overtime is filed for Monday to Saturday: Sunday's work is not excused by it, while the
    Sunday before and the Monday after are no days of the week."""
    monday = monday_before(on)
    for also_worked, promise in (((6,), over), ((-1, 7), inside)):
        row = at_work(roster, on)
        for day in range(6):
            roster.attend(row, later(monday, day), 工时="7")
        for day in also_worked:
            roster.attend(row, later(monday, day), 状态="半天", 工时="0")
        cells = {"有效起": monday, "有效止": later(monday, 5)}
        roster.filing(row["岗位编号"], ["加班"], monday, **cells)
        yield promise("TIME-02", row, on, week_of(monday))


@plants("TIME-02")
def the_birthday_is_in_the_week(roster: Roster, on: date) -> Iterator[Expected]:
    """Eighteen from Tuesday, or from Monday: overtime is filed for the whole week."""
    monday = monday_before(on)
    start = later(on, -60)
    for step, promise in ((0, over), (-1, inside)):
        row = of_age(roster, start, 18, (monday - start).days + step)
        row["结束日期"] = later(on, 60).isoformat()
        for day in range(5):
            roster.attend(row, later(monday, day), 工时="8.5")
        for day in range(5):
            roster.filing(row["岗位编号"], ["加班"], later(monday, day))
        yield promise("TIME-02", row, on, week_of(monday))


@plants("TIME-02")
def across_the_year(roster: Roster, on: date) -> Iterator[Expected]:
    """1 January 2027 is in 2026-W53; the week is one."""
    monday, judged = date(2026, 12, 28), date(2027, 1, 16)
    for hours, promise in (("8.01", over), ("8", inside)):
        row = at_work(roster, judged)
        for day in range(5):
            roster.attend(row, later(monday, day), 工时=hours if day == 4 else "")
        yield promise("TIME-02", row, judged, "2026-W53")


@plants("TIME-03")
def days_off(roster: Roster, on: date) -> Iterator[Expected]:
    """A holiday, a day off by notice and a Saturday, against a make-up day and a plain weekday."""
    off, working, judged = roster.random.choice(
        (
            (date(2026, 10, 5), date(2026, 9, 20), date(2026, 10, 6)),
            (date(2026, 10, 1), date(2026, 9, 30), date(2026, 10, 5)),
            (date(2026, 9, 26), date(2026, 9, 24), date(2026, 10, 5)),
            (date(2026, 10, 7), date(2026, 10, 10), date(2026, 10, 16)),
            (date(2025, 10, 6), date(2025, 10, 11), date(2025, 10, 16)),
            (date(2024, 2, 17), date(2024, 2, 9), date(2024, 3, 5)),
            (date(2027, 2, 5), date(2027, 2, 9), date(2027, 2, 16)),
            (date(2027, 10, 2), date(2027, 10, 4), date(2027, 10, 16)),
        )
    )
    status = roster.random.choice(("出勤", "半天"))
    for day, promise in ((off, over), (working, inside)):
        row = at_work(roster, judged)
        roster.attend(row, day, 状态=status, 工时=roster.random.choice(("", "0")))
        yield promise("TIME-03", row, judged, str(month_of(day)))


@plants("TIME-03")
def the_right_matter(roster: Roster, on: date) -> Iterator[Expected]:
    """A rest day needs 休息日, a statutory holiday 法定节假日, a weekend holiday that alone."""
    day, needs, other = roster.random.choice(
        (
            (date(2026, 10, 5), "休息日", "法定节假日"),
            (date(2026, 10, 1), "法定节假日", "休息日"),
            (date(2026, 10, 3), "法定节假日", "休息日"),
            (date(2026, 9, 27), "休息日", "法定节假日"),
        )
    )
    for matter, promise in ((other, over), (needs, inside)):
        row = at_work(roster, date(2026, 10, 6))
        roster.attend(row, day)
        roster.filing(row["岗位编号"], [matter, "加班"], day)
        yield promise("TIME-03", row, date(2026, 10, 6), str(month_of(day)))


@plants("TIME-03")
def rest_day_filing(roster: Roster, on: date) -> Iterator[Expected]:
    """On the last Saturday before D: filed the day before, or on that day."""
    saturday = later(monday_before(on), 5)
    if month_of(saturday) != month_of(date(2026, 7, 1)):
        saturday = date(2026, 7, 18)
    judged = date(2026, 8, 11)
    for filed, promise in ((0, over), (-1, inside)):
        row = at_work(roster, judged)
        roster.attend(row, saturday)
        roster.filing(row["岗位编号"], ["休息日"], saturday, 备案日期=later(saturday, filed))
        yield promise("TIME-03", row, judged, str(month_of(saturday)))


@plants("TIME-03")
def rest_day_after_the_day(roster: Roster, on: date) -> Iterator[Expected]:
    """A row dated D counts, one dated D + 1 does not: the same row on two days."""
    sunday = date(2026, 8, 2)
    row = at_work(roster, sunday)
    roster.attend(row, sunday)
    yield over("TIME-03", row, sunday, "2026-08")
    yield inside("TIME-03", row, date(2026, 8, 1), "2026-08")


@plants("TIME-03")
def not_worked_on_a_sunday(roster: Roster, on: date) -> Iterator[Expected]:
    for status, promise in (("半天", over), ("休息", inside)):
        row = at_work(roster, date(2026, 8, 11))
        roster.attend(row, date(2026, 8, 2), 状态=status)
        yield promise("TIME-03", row, date(2026, 8, 11), "2026-08")


@plants("TIME-04")
def a_minute_of_the_night(roster: Roster, on: date) -> Iterator[Expected]:
    """22:01 and 05:59 touch the night, 22:00 and 06:00 do not; shifts over midnight do."""
    pairs = roster.in_turn(
        (
            (("14:00", "22:01"), ("14:00", "22:00")),
            (("5:59", "14:00"), ("6:00", "14:00")),
            (("06:00", "06:00"), ("06:00", "22:00")),
            (("21:59", "0:00"), ("06:00", "21:59")),
            (("16:00", "24:00"), ("06:01", "22:00")),
            (("00:00", "0:01"), ("06:00", "06:01")),
            (("22:00", "06:00"), ("", "")),
            (("0:00", "24:00"), ("8:00", "17:30")),
            (("21:00", "20:00"), ("21:59", "22:00")),
            (("6:00", "05:59"), ("6:00", "7:00")),
        ),
        3,
    )
    for over_times, inside_times in pairs:
        for times, promise in ((over_times, over), (inside_times, inside)):
            row = at_work(roster, on)
            roster.attend(row, later(on, -7), 上班时间=times[0], 下班时间=times[1])
            yield promise("TIME-04", row, on, str(month_of(later(on, -7))))


@plants("TIME-04")
def night_not_worked(roster: Roster, on: date) -> Iterator[Expected]:
    for status, promise in (("出勤", over), ("事假", inside)):
        row = at_work(roster, on)
        roster.attend(row, later(on, -7), 状态=status, 上班时间="23:00", 下班时间="4:00")
        yield promise("TIME-04", row, on, str(month_of(later(on, -7))))


@plants("TIME-04")
def a_filing_of_the_next_day(roster: Roster, on: date) -> Iterator[Expected]:
    """The day of the row decides, not the day the shift ends on."""
    day = later(on, -7)
    for filed_for, promise in ((later(day, 1), over), (day, inside)):
        row = at_work(roster, on)
        roster.attend(row, day, 上班时间="21:00", 下班时间="5:00")
        roster.filing(row["岗位编号"], ["夜班"], filed_for, 有效起=filed_for, 有效止=filed_for)
        yield promise("TIME-04", row, on, str(month_of(day)))
