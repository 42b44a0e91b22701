"""The worked cases of the contract and the vectors of the law, as districts with their alerts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.districts.roster import Cells, Roster, later
from tests.oracle.calendar import days, is_workday
from tests.oracle.sweeping import Alert

Tables = dict[str, list[Cells]]


@dataclass(frozen=True)
class Case:
    """A district, a day, and every alert that the named rules raise on it."""

    name: str
    tables: Tables
    on: date
    rules: tuple[str, ...]
    expected: tuple[Alert, ...]

    def __str__(self) -> str:
        return self.name


def alert(
    rule: str, severity: str, *, subject: str = "P1", period: str = "", **facts: Any
) -> Alert:
    return {
        "rule": rule,
        "subject": subject,
        "period": period,
        "severity": severity,
        "facts": facts,
    }


def case(
    name: str,
    fill: Callable[[Roster], object],
    on: str,
    rules: str,
    expected: Sequence[Alert] = (),
) -> Case:
    roster = Roster(1)
    fill(roster)
    return Case(name, roster.tables, date.fromisoformat(on), tuple(rules.split()), tuple(expected))


def day(text: str) -> date:
    return date.fromisoformat(text)


def covered_with_a_gap(roster: Roster) -> None:
    row = roster.placement(day("2026-09-15"), day("2027-03-14"), 安排编号="P1")
    roster.cover(row, day("2026-09-15"), day("2026-12-31"), wider=0)
    roster.cover(row, day("2027-01-05"), day("2027-06-30"), wider=0)


def month_of_september(roster: Roster, attended: str = "出勤", **cells: object) -> Cells:
    """月薪 3000, 支付日 10, every workday of 2026-09 confirmed, or none."""
    row = roster.sound(day("2026-09-01"), day("2026-12-31"), 安排编号="P1", 支付日=10, **cells)
    if attended:
        roster.attend_workdays(row, day("2026-09-01"), day("2026-09-30"), 状态=attended)
    return row


def nine_of_eighteen_days(roster: Roster) -> None:
    row = roster.sound(day("2026-10-01"), day("2026-12-31"), 安排编号="P1", 支付日=10)
    workdays = [one for one in days(day("2026-10-01"), day("2026-10-31")) if is_workday(one)]
    assert len(workdays) == 18
    for one in workdays[:9]:
        roster.attend(row, one)
    roster.pay(row, "2026-10", "1400", day("2026-11-10"))


def enrolled(enrolled_on: str, start: str) -> Callable[[Roster], object]:
    def fill(roster: Roster) -> object:
        student = roster.student(born_on=day("2005-05-05"), enrolled_on=day(enrolled_on))
        last = later(day(start), 90)
        return roster.sound(day(start), last, student=student, 安排编号="P1", 状态="已批准")

    return fill


def paid_by_the_school(roster: Roster) -> None:
    row = month_of_september(roster)
    roster.pay(row, "2026-09", "3000", day("2026-10-10"), 付款方="学校")


def agreed(pay: str, lowest: str = "3800") -> Callable[[Roster], object]:
    def fill(roster: Roster) -> object:
        post = roster.post(同岗位工资标准="4500", 最低档工资标准=lowest)
        return roster.sound(
            day("2026-09-15"), day("2027-03-14"), post=post, 安排编号="P1", 约定报酬=pay
        )

    return fill


def born(born_on: str, start: str, **post: object) -> Callable[[Roster], object]:
    def fill(roster: Roster) -> object:
        student = roster.student(born_on=day(born_on), enrolled_on=day("2024-09-01"))
        return roster.sound(
            day(start),
            later(day(start), 90),
            student=student,
            post=roster.post(**post),
            安排编号="P1",
        )

    return fill


def only_the_student_consented(roster: Roster) -> None:
    roster.sound(day("2026-09-15"), day("2027-01-14"), 安排编号="P1", 监护人同意日期="")


def the_host_signed_late(roster: Roster) -> None:
    row = roster.placement(day("2026-09-02"), day("2027-01-14"), 安排编号="P1")
    roster.agreement(
        row, 学校签署日期="2026-09-01", 企业签署日期="2026-09-03", 学生签署日期="2026-09-01"
    )


def interns(count: int, staff: int, on_post: int) -> Callable[[Roster], object]:
    def fill(roster: Roster) -> None:
        enterprise = roster.enterprise(在岗职工人数=staff)
        code = enterprise["统一社会信用代码"]
        post = roster.post(统一社会信用代码=code, 岗位编号="G1", 同岗位在岗人数=on_post)
        for _ in range(count):
            roster.sound(day("2026-09-15"), day("2027-01-14"), post=post)

    return fill


def host_of(name: str, count: int, staff: int, on_post: int, on: str, fires: bool) -> Case:
    """HOST-08: the credit code is the roster's, so the expected subject is taken from it."""
    made = case(name, interns(count, staff, on_post), on, "HOST-08")
    subject = made.tables["enterprises"][0]["统一社会信用代码"]
    raised = alert("HOST-08", "warning", subject=subject, interns=count, staff=staff)
    return Case(name, made.tables, made.on, made.rules, (raised,) if fires else ())


def insured_late(roster: Roster) -> None:
    row = roster.placement(day("2026-09-15"), day("2027-03-14"), 安排编号="P1")
    roster.cover(row, day("2026-09-20"), day("2027-03-14"), wider=30)


def worked(*some_days: str, **cells: object) -> Callable[[Roster], object]:
    def fill(roster: Roster) -> None:
        row = roster.sound(day("2026-09-01"), day("2026-12-31"), 安排编号="P1")
        for one in some_days:
            roster.attend(row, day(one), **cells)

    return fill


def nights_with_a_filing(roster: Roster) -> None:
    row = roster.sound(day("2026-09-01"), day("2026-12-31"), 安排编号="P1")
    for one in ("2026-09-08", "2026-09-10", "2026-09-12"):
        roster.attend(row, day(one), 上班时间="22:00", 下班时间="06:00")
    roster.filing(
        row["岗位编号"],
        ["夜班"],
        day("2026-09-10"),
        备案日期="2026-09-10",
        有效起="2026-09-01",
        有效止="2026-12-31",
        专业代码=roster.student_of(row)["专业代码"],
    )


def heavy_with_a_filing(roster: Roster) -> None:
    post = roster.post(体力劳动强度="III")
    row = roster.sound(day("2026-09-15"), day("2027-01-14"), post=post, 安排编号="P1")
    roster.filing(row["岗位编号"], ["高风险"], day("2026-09-15"))


def major_on_a_post_for(group: str) -> Callable[[Roster], object]:
    def fill(roster: Roster) -> None:
        post = roster.post(对口专业大类=group)
        row = roster.sound(day("2026-09-15"), day("2027-01-14"), post=post, 安排编号="P1")
        roster.student_of(row)["专业代码"] = "710204"

    return fill


PAY_09 = alert("PAY-09", "critical", period="2026-09", due_on="2026-10-10", days_overdue=1)

CONTRACT = (
    case(
        "a gap between two policies",
        covered_with_a_gap,
        "2027-02-01",
        "INS-01 INS-02",
        [
            alert(
                "INS-01",
                "critical",
                gaps=[["2027-01-01", "2027-01-04"]],
                days=4,
                today=False,
            )
        ],
    ),
    case(
        "the gap before it comes",
        covered_with_a_gap,
        "2026-12-10",
        "INS-01 INS-02",
        [alert("INS-02", "warning", first_gap="2027-01-01")],
    ),
    case("pay is due today", month_of_september, "2026-10-10", "PAY-04 PAY-09"),
    case("pay was due yesterday", month_of_september, "2026-10-11", "PAY-04 PAY-09", [PAY_09]),
    case(
        "silence is no excuse",
        lambda roster: month_of_september(roster, attended=""),
        "2026-10-11",
        "PAY-09 ATT-01",
        [PAY_09, alert("ATT-01", "warning", period="2026-09", rows=0, unconfirmed=0)],
    ),
    case(
        "attendance may be confirmed until the fifth",
        lambda roster: month_of_september(roster, attended=""),
        "2026-10-05",
        "PAY-09 ATT-01",
    ),
    case(
        "attendance is late from the sixth",
        lambda roster: month_of_september(roster, attended=""),
        "2026-10-06",
        "PAY-09 ATT-01",
        [alert("ATT-01", "warning", period="2026-09", rows=0, unconfirmed=0)],
    ),
    case(
        "absent every day and confirmed so",
        lambda roster: month_of_september(roster, attended="旷工"),
        "2026-10-11",
        "PAY-09 ATT-01",
    ),
    case(
        "half the month, paid too little",
        nine_of_eighteen_days,
        "2026-11-11",
        "PAY-04 PAY-09",
        [alert("PAY-04", "critical", period="2026-10", due="1500.00", paid="1400.00")],
    ),
    *(
        case(
            f"enrolled {enrolled_on}: still the first year",
            enrolled(enrolled_on, "2026-09-15"),
            "2026-09-20",
            "ELIG-02",
            [alert("ELIG-02", "block")],
        )
        for enrolled_on in ("2026-08-25", "2026-08-31")
    ),
    case(
        "paid by the school",
        paid_by_the_school,
        "2026-10-11",
        "PAY-04 PAY-06 PAY-09",
        [PAY_09, alert("PAY-06", "critical", period="2026-09")],
    ),
    case(
        "agreed below both yardsticks",
        agreed("3500"),
        "2026-09-20",
        "PAY-02",
        [alert("PAY-02", "critical", floor="3600.00", agreed="3500.00")],
    ),
    case("agreed at the floor", agreed("3600"), "2026-09-20", "PAY-02"),
)

LAW = (
    case(
        "fifteen on the first day",
        born("2010-09-02", "2026-09-01"),
        "2026-09-10",
        "ELIG-01",
        [alert("ELIG-01", "block", age=15)],
    ),
    case(
        "sixteenth birthday on the first day",
        born("2010-09-02", "2026-09-02"),
        "2026-09-10",
        "ELIG-01",
        [alert("ELIG-01", "block", age=15)],
    ),
    case("sixteen since yesterday", born("2010-09-02", "2026-09-03"), "2026-09-10", "ELIG-01"),
    case(
        "the summer of the first year",
        enrolled("2025-09-01", "2026-07-15"),
        "2026-07-20",
        "ELIG-02",
        [alert("ELIG-02", "block")],
    ),
    case("the second year", enrolled("2025-09-01", "2026-09-01"), "2026-09-02", "ELIG-02"),
    case(
        "an adult's own signature is not enough",
        only_the_student_consented,
        "2026-09-20",
        "ELIG-03",
        [alert("ELIG-03", "block", missing=["guardian"])],
    ),
    case(
        "the host signed a day late",
        the_host_signed_late,
        "2026-09-20",
        "AGR-01",
        [alert("AGR-01", "critical", missing=["enterprise"])],
    ),
    host_of("four interns of forty-eight", 4, 48, 100, "2026-09-20", False),
    host_of("five interns of forty-eight", 5, 48, 100, "2026-09-20", True),
    case("one intern on a post of nine", interns(1, 100, 9), "2026-09-20", "HOST-09"),
    case(
        "two interns on a post of nine",
        interns(2, 100, 9),
        "2026-09-20",
        "HOST-09",
        [alert("HOST-09", "warning", subject="G1", interns=2, staff=9)],
    ),
    case("between the yardsticks", agreed("3700"), "2026-09-20", "PAY-02"),
    case("above both yardsticks", agreed("3800"), "2026-09-20", "PAY-02"),
    case("meets the lowest grade", agreed("3500", lowest="3400"), "2026-09-20", "PAY-02"),
    case(
        "added to the roster five days late",
        insured_late,
        "2026-10-01",
        "INS-01",
        [
            alert(
                "INS-01",
                "critical",
                gaps=[["2026-09-15", "2026-09-19"]],
                days=5,
                today=False,
            )
        ],
    ),
    case(
        "a holiday, a day off by notice and two make-up workdays",
        worked("2026-10-01", "2026-10-05", "2026-10-10", "2026-09-20"),
        "2026-10-12",
        "TIME-03",
        [alert("TIME-03", "critical", period="2026-10", days=["2026-10-01", "2026-10-05"])],
    ),
    case(
        "a shift over midnight",
        worked("2026-09-08", 上班时间="20:00", 下班时间="04:00"),
        "2026-09-20",
        "TIME-04",
        [alert("TIME-04", "critical", period="2026-09", days=["2026-09-08"])],
    ),
    case(
        "nights before, on and after the day of filing",
        nights_with_a_filing,
        "2026-09-20",
        "TIME-04",
        [alert("TIME-04", "critical", period="2026-09", days=["2026-09-08", "2026-09-10"])],
    ),
    case(
        "seventeen on a fast line",
        born("2009-03-01", "2026-09-15", 危险因素="高频流水线"),
        "2026-09-20",
        "HAZ-01 HAZ-02",
        [alert("HAZ-02", "block", hazards=["高频流水线"])],
    ),
    case(
        "heavy labour has no filing",
        heavy_with_a_filing,
        "2026-09-20",
        "HAZ-04",
        [alert("HAZ-04", "block", grade="III")],
    ),
    case("a post for the major's own group", major_on_a_post_for("11"), "2026-09-20", "HOST-07"),
    case(
        "a post for another group",
        major_on_a_post_for("06"),
        "2026-09-20",
        "HOST-07",
        [alert("HOST-07", "warning")],
    ),
)

CASES = (*CONTRACT, *LAW)
