"""The limits that many rules share: standing, begun, the kind and status of a placement, D."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tests.districts.planting.registry import PLANTERS, Expected, Planter, inside, over
from tests.districts.roster import Cells, Roster, later, years_before
from tests.oracle.calendar import month_of
from tests.oracle.reading import a_date

Breaker = Callable[[Roster, Cells, date], str]
"""Makes a sound placement break a rule whatever its dates; answers the alert's period."""


def paid_by_the_student(roster: Roster, row: Cells, on: date) -> str:
    start, last = a_date(row["开始日期"]), a_date(row.get("实际结束日期") or row["结束日期"])
    day = roster.random.choice((start, last))
    roster.cover(row, day, day, wider=0, 保费承担方="学生", 险种="意外伤害保险")
    return ""


def without_pay(roster: Roster, row: Cells, on: date) -> str:
    row["约定报酬"] = roster.random.choice(("", "0", "0.00"))
    return ""


def a_fen_below_the_floor(roster: Roster, row: Cells, on: date) -> str:
    row["约定报酬"] = "2399.99"
    return ""


def a_wrong_payment(**changes: object) -> Breaker:
    def breaker(roster: Roster, row: Cells, on: date) -> str:
        month = month_of(on)
        roster.pay(row, month, "100", on, **changes)
        return str(month)

    return breaker


def worked_on(day_for: Callable[[Cells, date], date], **changes: object) -> Breaker:
    def breaker(roster: Roster, row: Cells, on: date) -> str:
        day = day_for(row, on)
        roster.attend(row, day, **changes)
        return str(month_of(day))

    return breaker


def up_to_the_day(row: Cells, on: date) -> date:
    return on


def outside(row: Cells, on: date) -> date:
    """A day on or before `on` that is not in the placement."""
    return min(on, later(a_date(row["开始日期"]), -1))


def a_sunday(row: Cells, on: date) -> date:
    """The last Sunday of a July before `on`: no notice ever makes it a workday."""
    year = on.year if on >= date(on.year, 8, 1) else on.year - 1
    day = date(year, 7, 31)
    return later(day, -(day.isoweekday() % 7))


def a_week_too_long(roster: Roster, row: Cells, on: date) -> str:
    sunday = a_sunday(row, on)
    for back in (2, 3, 4, 5, 6):
        roster.attend(row, later(sunday, -back), 工时="8.01")
    year, week, _ = sunday.isocalendar()
    return f"{year}-W{week:02d}"


def fifteen(roster: Roster, row: Cells, on: date) -> str:
    start = a_date(row["开始日期"])
    roster.born(roster.student_of(row), years_before(start, 15))
    return ""


def seventeen_at_height(roster: Roster, row: Cells, on: date) -> str:
    start = a_date(row["开始日期"])
    roster.born(roster.student_of(row), years_before(start, 17))
    roster.post_of(row)["危险因素"] = roster.random.choice(("粉尘", "负重", "高空;粉尘"))
    return ""


def just_enrolled(roster: Roster, row: Cells, on: date) -> str:
    start = a_date(row["开始日期"])
    roster.student_of(row)["入学日期"] = later(start, -100).isoformat()
    return ""


def changed(of: str, heading: str, *choices: str) -> Breaker:
    """One cell of the placement, its student, post or enterprise, set to one of the choices."""

    def breaker(roster: Roster, row: Cells, on: date) -> str:
        owner = {
            "placement": lambda: row,
            "student": lambda: roster.student_of(row),
            "post": lambda: roster.post_of(row),
            "enterprise": lambda: roster.enterprise_of(row),
        }[of]()
        owner[heading] = roster.random.choice(choices)
        return ""

    return breaker


def no_agreement(roster: Roster, row: Cells, on: date) -> str:
    roster.tables["agreements"] = [
        other for other in roster.tables["agreements"] if other["安排编号"] != row["安排编号"]
    ]
    return ""


BREAKERS: dict[str, Breaker] = {
    "INS-03": paid_by_the_student,
    "PAY-01": without_pay,
    "PAY-02": a_fen_below_the_floor,
    "PAY-05": a_wrong_payment(发放方式="实物"),
    "PAY-06": a_wrong_payment(付款方="学校"),
    "PAY-07": a_wrong_payment(扣款项目="管理费:1"),
    "AGR-01": no_agreement,
    "AGR-04": worked_on(outside),
    "ELIG-01": fifteen,
    "ELIG-02": just_enrolled,
    "ELIG-03": changed("placement", "学生同意日期", ""),
    "ELIG-06": changed("student", "学籍状态", "休学", "退学", "毕业"),
    "HOST-04": changed("enterprise", "场所类型", "酒吧", "网吧", "其他营业性娱乐场所"),
    "HOST-05": changed("enterprise", "单位性质", "中介机构", "劳务派遣机构"),
    "HOST-07": changed("post", "对口专业大类", "05", "06;07"),
    "HAZ-01": changed("post", "危险因素", "高空", "其他高风险;粉尘", "有毒、井下"),
    "HAZ-02": seventeen_at_height,
    "HAZ-04": changed("post", "体力劳动强度", "III", "IV"),
    "TIME-01": worked_on(up_to_the_day, 工时="8.01"),
    "TIME-02": a_week_too_long,
    "TIME-03": worked_on(a_sunday),
    "TIME-04": worked_on(up_to_the_day, 上班时间="20:00", 下班时间="04:00"),
    "SUP-01": changed("placement", "校内指导教师", ""),
    "SUP-03": changed("placement", "安全培训合格日期", ""),
}
BEGUN = ("AGR-01", "SUP-01", "SUP-03")
ANY_KIND = (
    *("INS-03", "PAY-05", "PAY-06", "PAY-07", "AGR-04", "ELIG-06", "HOST-04", "HOST-05"),
    *("TIME-01", "TIME-02", "TIME-03", "TIME-04"),
)
NOT_ENDED = ("PAY-02", "ELIG-06")
"""Rules that judge 已批准 and 实习中 alone."""
NEAR_START = {"ELIG-03": 7}
"""Rules that judge a placement only so many days before its start."""


def broken(roster: Roster, rule: str, on: date, first: date, last: date, **cells: object) -> tuple:
    """A placement that breaks a rule, with the period it does so in."""
    row = roster.sound(first, last, **cells)
    return row, BREAKERS[rule](roster, row, on)


def starts(rule: str) -> Planter:
    """The first day on which a placement is judged."""
    ahead = 0 if rule in BEGUN else NEAR_START.get(rule, 30)

    def planter(roster: Roster, on: date) -> Iterator[Expected]:
        for days, promise in ((ahead, over), (ahead + 1, inside)):
            start = later(on, days)
            row, period = broken(roster, rule, on, start, later(start, 60))
            yield promise(rule, row, on, period)

    return planter


def ends(rule: str) -> Planter:
    """The last day on which a placement is judged."""

    def planter(roster: Roster, on: date) -> Iterator[Expected]:
        status = "实习中" if rule in NOT_ENDED else roster.random.choice(("实习中", "已结束"))
        for days, promise in ((-365, over), (-366, inside)):
            last = later(on, days)
            cells: dict[str, object] = {"状态": status}
            if roster.random.random() < 0.5:
                cells["实际结束日期"] = last
            planned = later(last, 30) if "实际结束日期" in cells else last
            row, period = broken(roster, rule, on, later(last, -50), planned, **cells)
            yield promise(rule, row, on, period)

    return planter


def statuses(rule: str) -> Planter:
    """The statuses that are judged, against those that are not."""

    def planter(roster: Roster, on: date) -> Iterator[Expected]:
        judged = ["已批准", "实习中", "已结束"]
        spared = ["拟安排", "已取消"]
        if rule in BEGUN:
            spared.append(judged.pop(0))
        if rule in NOT_ENDED:
            spared.append(judged.pop())
        for choices, promise in ((judged, over), (spared, inside)):
            status = roster.random.choice(choices)
            first, last = later(on, -40), later(on, 40)
            row, period = broken(roster, rule, on, first, last, 状态=status)
            yield promise(rule, row, on, period)

    return planter


def kinds(rule: str) -> Planter:
    """A 认识实习 against a 岗位实习."""

    def planter(roster: Roster, on: date) -> Iterator[Expected]:
        first, last = later(on, -40), later(on, 40)
        row, period = broken(roster, rule, on, first, last)
        yield over(rule, row, on, period)
        row, period = broken(roster, rule, on, first, last, 实习类型="认识实习")
        promise = over if rule in ANY_KIND else inside
        yield promise(rule, row, on, period)

    return planter


def rows_after_the_day(rule: str) -> Planter:
    """A payment or attendance row dated D counts, one dated D + 1 does not."""
    heading, stem = ("发放日期", "payments") if rule.startswith("PAY") else ("日期", "attendance")

    def planter(roster: Roster, on: date) -> Iterator[Expected]:
        for days, promise in ((0, over), (1, inside)):
            cells: dict[str, object] = {}
            first, last = later(on, -40), later(on, 40)
            if rule == "AGR-04":
                cells["实际结束日期"] = later(on, -1)
            row, period = broken(roster, rule, on, first, last, **cells)
            kept = [other for other in roster.tables[stem] if other["安排编号"] == row["安排编号"]]
            kept[-1][heading] = later(on, days).isoformat()
            if stem == "attendance":
                period = str(month_of(later(on, days)))
            yield promise(rule, row, on, period)

    return planter


def register() -> None:
    for rule in BREAKERS:
        PLANTERS[rule].extend((starts(rule), ends(rule), statuses(rule), kinds(rule)))
    for rule in ("PAY-05", "PAY-06", "PAY-07", "AGR-04", "TIME-01", "TIME-04"):
        PLANTERS[rule].append(rows_after_the_day(rule))
    for made in (planter for planters in PLANTERS.values() for planter in planters):
        made.__name__ = made.__qualname__.replace(".<locals>.planter", "")


register()
