"""INS: cover that ends, begins, is surrendered or cancelled a day too early or too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.districts.planting.registry import Expected, inside, over, plants
from tests.districts.roster import ACCIDENT, LIABILITY, Cells, Roster, later


def bare(roster: Roster, first: date, last: date, **cells: object) -> Cells:
    """A placement without cover."""
    row = roster.placement(first, last, **cells)  # type: ignore[arg-type]
    roster.agreement(row)
    return row


@plants("INS-01")
def cover_ends(roster: Roster, on: date) -> Iterator[Expected]:
    """The day before D, or on D."""
    first, last = later(on, -20), later(on, 20)
    for end, promise in ((-1, over), (0, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(on, end))
        yield promise("INS-01", row, on)


@plants("INS-01")
def policy_is_narrower_than_nothing(roster: Roster, on: date) -> Iterator[Expected]:
    """Insured from the second day of the placement, or from the first."""
    first, last = later(on, -20), later(on, 20)
    for begin, promise in ((1, over), (0, inside)):
        row = bare(roster, first, last)
        roster.cover(row, later(first, begin), last)
        yield promise("INS-01", row, on)


@plants("INS-01")
def a_gap_of_one_day(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -30), later(on, -1 if roster.random.random() < 0.3 else 20)
    for gap, promise in ((2, over), (1, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(on, -15))
        roster.cover(row, later(on, -15 + gap), last)
        yield promise("INS-01", row, on)


@plants("INS-01")
def two_gaps(roster: Roster, on: date) -> Iterator[Expected]:
    """Overlapping pieces with two holes, one of them today, and the same pieces joined."""
    first, last = later(on, -30), later(on, 20)
    for hole, promise in ((1, over), (0, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(on, -12))
        roster.cover(row, later(on, -20), later(on, -10))
        roster.cover(row, later(on, -9 + hole), later(on, -hole))
        roster.cover(row, later(on, 1), last)
        yield promise("INS-01", row, on)


@plants("INS-01")
def surrendered(roster: Roster, on: date) -> Iterator[Expected]:
    """退保日期 is the first day without cover."""
    first, last = later(on, -20), later(on, 20)
    for day, promise in ((0, over), (1, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, last, 状态="退保", 退保日期=later(on, day))
        yield promise("INS-01", row, on)


@plants("INS-01")
def surrendered_after_the_end_or_not_at_all(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    row = bare(roster, first, last)
    roster.cover(row, first, later(on, -1), wider=0, 状态="退保", 退保日期=later(on, 200))
    yield over("INS-01", row, on)
    row = bare(roster, first, last)
    roster.cover(row, first, last, 状态="有效", 退保日期=later(on, -5))
    yield inside("INS-01", row, on)


@plants("INS-01")
def cancelled(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    for status, promise in (("注销", over), ("", inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, last, 状态=status)
        yield promise("INS-01", row, on)


@plants("INS-01")
def another_kind(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    other = roster.random.choice((ACCIDENT, "工伤保险"))
    for kind, promise in ((other, over), (LIABILITY, inside)):
        row = bare(roster, first, last, 实习类型=roster.random.choice(("岗位实习", "认识实习")))
        roster.cover(row, first, last, 险种=kind)
        yield promise("INS-01", row, on)


@plants("INS-01")
def the_last_day(roster: Roster, on: date) -> Iterator[Expected]:
    """Uncovered on the last day of a placement that is over, or only the day after it."""
    first, last = later(on, -40), later(on, -10)
    for end, promise in ((-1, over), (0, inside)):
        row = bare(roster, first, later(last, 30), 实际结束日期=last, 状态="已结束")
        roster.cover(row, first, later(last, end), wider=0)
        yield promise("INS-01", row, on)


@plants("INS-01")
def begins_today_or_tomorrow(roster: Roster, on: date) -> Iterator[Expected]:
    """Without any cover: today it is INS-01, tomorrow INS-02."""
    row = bare(roster, on, later(on, 20))
    yield over("INS-01", row, on)
    row = bare(roster, later(on, 1), later(on, 20))
    yield inside("INS-01", row, on)
    yield over("INS-02", row, on)


@plants("INS-01")
def over_for_a_year(roster: Roster, on: date) -> Iterator[Expected]:
    for last, promise in ((-365, over), (-366, inside)):
        row = bare(roster, later(on, last - 20), later(on, last), 状态="已结束")
        yield promise("INS-01", row, on)


@plants("INS-01")
def of_a_status(roster: Roster, on: date) -> Iterator[Expected]:
    judged = roster.random.choice(("已批准", "实习中", "已结束"))
    spared = roster.random.choice(("拟安排", "已取消"))
    for status, promise in ((judged, over), (spared, inside)):
        row = bare(roster, later(on, -20), later(on, 20), 状态=status)
        yield promise("INS-01", row, on)


@plants("INS-01")
def somebody_elses_cover(roster: Roster, on: date) -> Iterator[Expected]:
    """Two placements of two students; one policy insures the second alone."""
    first, last = later(on, -20), later(on, 20)
    one, two = bare(roster, first, last), bare(roster, first, last)
    roster.cover(two, first, last)
    yield over("INS-01", one, on)
    yield inside("INS-01", two, on)


@plants("INS-02")
def lapses_within_thirty_days(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 60)
    for end, promise in ((29, over), (30, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(on, end))
        yield promise("INS-02", row, on)


@plants("INS-02")
def begins_within_thirty_days(roster: Roster, on: date) -> Iterator[Expected]:
    for start, promise in ((30, over), (31, inside)):
        row = bare(roster, later(on, start), later(on, 90), 状态="已批准")
        yield promise("INS-02", row, on)


@plants("INS-02")
def lapses_before_the_last_day(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 12)
    for end, promise in ((-1, over), (0, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(last, end))
        yield promise("INS-02", row, on)


@plants("INS-02")
def uninsured_already(roster: Roster, on: date) -> Iterator[Expected]:
    """Cover to D: tomorrow is INS-02. Cover to the day before: today is INS-01 and that alone."""
    first, last = later(on, -20), later(on, 40)
    for end, promise in ((0, over), (-1, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(on, end))
        yield promise("INS-02", row, on)


@plants("INS-02")
def covered_from_the_second_day(roster: Roster, on: date) -> Iterator[Expected]:
    start, last = later(on, 10), later(on, 50)
    for begin, promise in ((1, over), (0, inside)):
        row = bare(roster, start, last, 状态="已批准")
        roster.cover(row, later(start, begin), last)
        yield promise("INS-02", row, on)


@plants("INS-02")
def surrendered_soon(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 60)
    for day, promise in ((30, over), (31, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, last, 状态="退保", 退保日期=later(on, day))
        yield promise("INS-02", row, on)


@plants("INS-02")
def over_already(roster: Roster, on: date) -> Iterator[Expected]:
    """The last day is tomorrow and uncovered, or today and covered."""
    first = later(on, -20)
    row = bare(roster, first, later(on, 1))
    roster.cover(row, first, on)
    yield over("INS-02", row, on)
    row = bare(roster, first, on)
    roster.cover(row, first, on)
    yield inside("INS-02", row, on)


@plants("INS-03")
def premium_covers_one_day(roster: Roster, on: date) -> Iterator[Expected]:
    """On the last day or the day after it; on the first day or the day before."""
    first, last = later(on, -20), later(on, 20)
    late = roster.random.random() < 0.5
    one, other = (last, later(last, 1)) if late else (first, later(first, -1))
    for day, promise in ((one, over), (other, inside)):
        row = roster.sound(first, last)
        begin, end = (day, later(day, 30)) if late else (later(day, -30), day)
        kind = roster.random.choice((LIABILITY, ACCIDENT, "工伤保险"))
        roster.cover(row, begin, end, 保费承担方="学生", 险种=kind)
        yield promise("INS-03", row, on)


@plants("INS-03")
def who_bears_the_premium(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    for payer, promise in (("学生", over), ("企业", inside)):
        row = roster.sound(first, last)
        roster.cover(row, first, last, 保费承担方=payer)
        roster.cover(row, later(first, 3), last, 保费承担方=payer)
        yield promise("INS-03", row, on)


@plants("INS-03")
def premium_of_a_cancelled_policy(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    for status, promise in (("有效", over), ("注销", inside)):
        row = roster.sound(first, last)
        roster.cover(row, first, last, 保费承担方="学生", 状态=status)
        yield promise("INS-03", row, on)


@plants("INS-03")
def premium_of_a_surrendered_policy(roster: Roster, on: date) -> Iterator[Expected]:
    """Surrendered on the second day it still covered the first; on the first it covered none."""
    first, last = later(on, -20), later(on, 20)
    for day, promise in ((1, over), (0, inside)):
        row = roster.sound(first, last)
        surrendered_on = later(first, day)
        roster.cover(row, first, last, 保费承担方="学生", 状态="退保", 退保日期=surrendered_on)
        yield promise("INS-03", row, on)


@plants("INS-05")
def accident_cover_ends(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    for end, promise in ((-1, over), (0, inside)):
        row = bare(roster, first, last)
        roster.cover(row, first, later(on, end), wider=0, 险种=ACCIDENT)
        yield promise("INS-05", row, on)


@plants("INS-05")
def accident_cover_begins(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    for begin, promise in ((1, over), (0, inside)):
        row = bare(roster, first, last)
        roster.cover(row, later(on, begin), last, wider=0, 险种=ACCIDENT)
        yield promise("INS-05", row, on)


@plants("INS-05")
def not_at_work_today(roster: Roster, on: date) -> Iterator[Expected]:
    row = bare(roster, on, on)
    yield over("INS-05", row, on)
    row = bare(roster, later(on, 1), later(on, 9))
    yield inside("INS-05", row, on)
    row = bare(roster, later(on, -9), later(on, -1))
    yield inside("INS-05", row, on)


@plants("INS-05")
def accident_cover_of_another_kind(roster: Roster, on: date) -> Iterator[Expected]:
    first, last = later(on, -20), later(on, 20)
    for kind, promise in (
        (roster.random.choice((LIABILITY, "工伤保险")), over),
        (ACCIDENT, inside),
    ):
        row = bare(roster, first, last)
        roster.cover(row, first, last, 险种=kind)
        yield promise("INS-05", row, on)


@plants("INS-05")
def accident_cover_at_a_visit(roster: Roster, on: date) -> Iterator[Expected]:
    for kind, promise in (("岗位实习", over), ("认识实习", inside)):
        row = bare(roster, later(on, -3), later(on, 3), 实习类型=kind)
        yield promise("INS-05", row, on)
