"""AGR, ELIG, SUP, APP: signatures, ages, consents, training and mentors, a day early or late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.districts.planting.registry import Expected, inside, over, plants
from tests.districts.roster import Cells, Roster, later, years_before
from tests.oracle.calendar import month_of

SIGNATURES = ("学校签署日期", "企业签署日期", "学生签署日期")


def unsigned(roster: Roster, on: date, **cells: object) -> tuple[Cells, date]:
    """A placement without an agreement, and its first day."""
    start = later(on, -roster.random.choice((0, 20)))
    row = roster.placement(start, later(on, 40), **cells)  # type: ignore[arg-type]
    roster.cover(row, start, later(on, 40))
    return row, start


@plants("AGR-01")
def signed_late(roster: Roster, on: date) -> Iterator[Expected]:
    party = roster.random.choice(SIGNATURES)
    for days, promise in ((1, over), (0, inside)):
        row, start = unsigned(roster, on)
        roster.agreement(row, **{party: later(start, days)})
        yield promise("AGR-01", row, on)


@plants("AGR-01")
def signed_by_two(roster: Roster, on: date) -> Iterator[Expected]:
    """Two agreements, each short of another signature, are not one; a third with all three is."""
    for whole, promise in ((False, over), (True, inside)):
        row, _ = unsigned(roster, on)
        roster.agreement(row, 学校签署日期="")
        roster.agreement(row, 企业签署日期="", 学生签署日期="")
        roster.agreement(row, 学生签署日期="")
        if whole:
            roster.agreement(row)
        yield promise("AGR-01", row, on)


@plants("AGR-01")
def never_signed(roster: Roster, on: date) -> Iterator[Expected]:
    row, _ = unsigned(roster, on)
    roster.agreement(row, **dict.fromkeys(SIGNATURES, ""))
    yield over("AGR-01", row, on)
    row, _ = unsigned(roster, on, 实习类型="认识实习")
    yield inside("AGR-01", row, on)


@plants("AGR-04")
def a_day_before_or_after(roster: Roster, on: date) -> Iterator[Expected]:
    start, last = later(on, -40), later(on, -10)
    one, other = roster.random.choice(((later(start, -1), start), (later(last, 1), last)))
    for day, promise in ((one, over), (other, inside)):
        row = roster.sound(start, later(last, 30), 实际结束日期=last, 状态="已结束")
        roster.attend(row, day, 状态=roster.random.choice(("出勤", "半天")))
        yield promise("AGR-04", row, on, str(month_of(day)))


@plants("AGR-04")
def worked_or_not(roster: Roster, on: date) -> Iterator[Expected]:
    start, last = later(on, -40), later(on, -10)
    other = roster.random.choice(("带薪假", "事假", "病假", "旷工", "休息"))
    for status, promise in (("半天", over), (other, inside)):
        row = roster.sound(start, last)
        for days in (1, 2):
            roster.attend(row, later(last, days), 状态=status, 工时=roster.random.choice(("", "0")))
        yield promise("AGR-04", row, on, str(month_of(later(last, 1))))


@plants("AGR-04")
def stayed_on(roster: Roster, on: date) -> Iterator[Expected]:
    """实际结束日期 after 结束日期 counts, before it does so too."""
    planned = later(on, -20)
    for actual, promise in ((-1, over), (1, inside)):
        row = roster.sound(later(on, -60), planned, 实际结束日期=later(planned, actual))
        roster.attend(row, later(planned, max(actual, 0)))
        yield promise("AGR-04", row, on, str(month_of(later(planned, max(actual, 0)))))


def of_age(roster: Roster, start: date, years: int, step: int, **cells: object) -> Cells:
    """A placement of somebody whose birthday `years` ago lies `step` days after the start."""
    born_on = years_before(later(start, step), years)
    student = roster.student(born_on=born_on, enrolled_on=date(start.year - 2, 9, 1))
    return roster.sound(start, later(start, 60), student=student, **cells)


@plants("ELIG-01")
def sixteenth_birthday(roster: Roster, on: date) -> Iterator[Expected]:
    """On the start, one is still fifteen; the day after it, sixteen."""
    start = later(on, -10)
    for step, promise in ((0, over), (-1, inside)):
        yield promise("ELIG-01", of_age(roster, start, 16, step), on)


@plants("ELIG-01")
def born_on_29_february(roster: Roster, on: date) -> Iterator[Expected]:
    """Sixteen from 1 March of a leap year; the birthday itself is 29 February."""
    for start, promise in ((date(2024, 2, 29), over), (date(2024, 3, 1), inside)):
        student = roster.student(born_on=date(2008, 2, 29), enrolled_on=date(2022, 9, 1))
        row = roster.sound(start, date(2024, 6, 30), student=student)
        yield promise("ELIG-01", row, date(2024, 6, 17))


@plants("ELIG-02")
def first_august(roster: Roster, on: date) -> Iterator[Expected]:
    """The year ends on 31 August, that day included."""
    year = on.year if on >= date(on.year, 9, 1) else on.year - 1
    enrolled_on = roster.random.choice((date(year, 2, 28), date(year - 1, 9, 1)))
    for start, promise in ((date(year, 8, 31), over), (date(year, 9, 1), inside)):
        student = roster.student(born_on=date(year - 19, 5, 5), enrolled_on=enrolled_on)
        last = max(later(start, 120), on)
        row = roster.sound(start, last, student=student, 状态="已批准")
        yield promise("ELIG-02", row, on)


@plants("ELIG-02")
def six_months_before_31_august(roster: Roster, on: date) -> Iterator[Expected]:
    """1 March is too late for the same year; the last of February is not."""
    year = on.year if on >= date(on.year, 9, 20) else on.year - 1
    start = date(year, 9, 15)
    leap = date(year, 3, 1).toordinal() - date(year, 2, 1).toordinal() == 29
    last_of_february = date(year, 2, 29 if leap else 28)
    late = roster.random.choice((date(year, 3, 1), date(year, 8, 25), date(year, 8, 31)))
    for enrolled_on, promise in ((late, over), (last_of_february, inside)):
        student = roster.student(born_on=date(year - 19, 5, 5), enrolled_on=enrolled_on)
        row = roster.sound(start, max(later(start, 120), on), student=student)
        yield promise("ELIG-02", row, on)


@plants("ELIG-02")
def enrolled_on_a_thirty_first(roster: Roster, on: date) -> Iterator[Expected]:
    """31 August plus six months is the last of February: the next 31 August ends the year."""
    year = on.year - 1
    for start, promise in ((date(year, 8, 31), over), (date(year, 9, 1), inside)):
        student = roster.student(born_on=date(year - 19, 5, 5), enrolled_on=date(year - 1, 8, 31))
        row = roster.sound(start, max(later(start, 120), on), student=student)
        yield promise("ELIG-02", row, on)


@plants("ELIG-03")
def consented_late(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, roster.random.choice((-20, 0, 7)))
    who = roster.random.choice(("学生同意日期", "监护人同意日期"))
    for days, promise in ((1, over), (0, inside)):
        row = roster.sound(start, later(start, 60), 状态="已批准", **{who: later(start, days)})
        yield promise("ELIG-03", row, on)


@plants("ELIG-03")
def consent_of_an_adult_alone(roster: Roster, on: date) -> Iterator[Expected]:
    for guardian, promise in (("", over), (later(on, -30), inside)):
        row = roster.sound(later(on, -20), later(on, 60), 监护人同意日期=guardian)
        yield promise("ELIG-03", row, on)


@plants("ELIG-06")
def enrolled_or_not(roster: Roster, on: date) -> Iterator[Expected]:
    other = roster.random.choice(("休学", "退学", "毕业"))
    for status, promise in ((other, over), (roster.random.choice(("", "在籍")), inside)):
        row = roster.sound(later(on, -20), later(on, 60))
        roster.student_of(row)["学籍状态"] = status
        yield promise("ELIG-06", row, on)


@plants("SUP-01")
def one_mentor_short(roster: Roster, on: date) -> Iterator[Expected]:
    headings = roster.random.choice(
        (("校内指导教师",), ("企业指导教师",), ("校内指导教师", "企业指导教师"))
    )
    row = roster.sound(on, later(on, 60), **dict.fromkeys(headings, ""))
    yield over("SUP-01", row, on)
    row = roster.sound(on, later(on, 60))
    yield inside("SUP-01", row, on)


@plants("SUP-03")
def trained_late(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -20)
    for days, promise in ((1, over), (0, inside)):
        row = roster.sound(start, later(on, 60), 安全培训合格日期=later(start, days))
        yield promise("SUP-03", row, on)


APPRENTICE_RULES = {
    "APP-01": {"培养协议编号": ""},
    "APP-02": {"监护人签署日期": ""},
    "APP-06": {"学校导师": ""},
}


def apprentice_limits(rule: str) -> None:
    @plants(rule)
    def begins(roster: Roster, on: date) -> Iterator[Expected]:
        for days, promise in ((0, over), (1, inside)):
            start = later(on, days)
            row = roster.apprentice(start, later(start, 300), **APPRENTICE_RULES[rule])
            yield promise(rule, row, on)

    @plants(rule)
    def ends(roster: Roster, on: date) -> Iterator[Expected]:
        for days, promise in ((0, over), (-1, inside)):
            last = later(on, days)
            row = roster.apprentice(later(last, -300), last, **APPRENTICE_RULES[rule])
            yield promise(rule, row, on)

    begins.__name__, ends.__name__ = f"apprentice_begins({rule})", f"apprentice_ends({rule})"


for app_rule in APPRENTICE_RULES:
    apprentice_limits(app_rule)


@plants("APP-01")
def agreed_late(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -20)
    late = roster.random.choice((later(start, 1), ""))
    for day, promise in ((late, over), (start, inside)):
        row = roster.apprentice(start, later(on, 300), 协议签订日期=day)
        yield promise("APP-01", row, on)


@plants("APP-02")
def guardian_signed_late(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -20)
    for day, promise in ((later(start, 1), over), (start, inside)):
        row = roster.apprentice(start, later(on, 300), 监护人签署日期=day)
        yield promise("APP-02", row, on)


@plants("APP-02")
def eighteenth_birthday_of_an_apprentice(roster: Roster, on: date) -> Iterator[Expected]:
    start = later(on, -20)
    for step, promise in ((0, over), (-1, inside)):
        row = roster.apprentice(start, later(on, 300), 监护人签署日期="")
        roster.born(roster.student_of(row), years_before(later(start, step), 18))
        yield promise("APP-02", row, on)


@plants("APP-02")
def apprentice_born_on_29_february(roster: Roster, on: date) -> Iterator[Expected]:
    """The birthday of a common year is 1 March: eighteen from 2 March."""
    for start, promise in ((date(2026, 3, 1), over), (date(2026, 3, 2), inside)):
        row = roster.apprentice(start, date(2027, 2, 28), 监护人签署日期="")
        roster.born(roster.student_of(row), date(2008, 2, 29))
        yield promise("APP-02", row, date(2026, 10, 6))


@plants("APP-06")
def one_mentor_of_two(roster: Roster, on: date) -> Iterator[Expected]:
    headings = roster.random.choice((("学校导师",), ("企业师傅",), ("学校导师", "企业师傅")))
    row = roster.apprentice(on, later(on, 300), **dict.fromkeys(headings, ""))
    yield over("APP-06", row, on)
    row = roster.apprentice(on, later(on, 300))
    yield inside("APP-06", row, on)
