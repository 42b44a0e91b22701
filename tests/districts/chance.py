"""Placements nobody planned: near the limits of several rules at once, by chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.districts.planting.scope import BREAKERS
from tests.districts.roster import ACCIDENT, LIABILITY, Cells, Roster, later, years_before
from tests.oracle.calendar import days, month_of
from tests.oracle.reading import a_date

STATES = ("拟安排", "已批准", "实习中", "实习中", "实习中", "已结束", "已取消")
NEAR = (-366, -365, -40, -20, -7, -1, 0, 1, 7, 8, 29, 30, 31)
ABSENCES = ("带薪假", "事假", "病假", "旷工", "休息")


def stray_placement(roster: Roster, on: date) -> None:
    """A placement near D, some of its papers wrong, some of its days attended and paid."""
    pick = roster.random
    start = later(on, pick.choice(NEAR) - pick.choice((0, 0, 30, 90)))
    last = later(start, pick.choice((0, 1, 9, 60, 183, 184)))
    row = roster.sound(
        start,
        last,
        student=roster.student(
            born_on=years_before(later(start, pick.choice((-1, 0, 1))), pick.choice((16, 18, 19))),
            enrolled_on=later(start, -pick.choice((300, 700, 900))),
        ),
        post=pick.choice((None, stray_post(roster))),
        状态=pick.choice(STATES),
        实习类型=pick.choice(("岗位实习", "岗位实习", "岗位实习", "认识实习")),
        计酬方式=pick.choice(("", "月薪", "日薪", "时薪")),
        支付日=pick.choice((1, 5, 15, 28)),
        阶段=pick.choice(("", "辅助", "相对独立")),
    )
    row["约定报酬"] = {"日薪": "150.55", "时薪": "18.35"}.get(row["计酬方式"], "2700.1")
    for rule in pick.sample(sorted(BREAKERS), pick.choice((0, 0, 1, 2, 4))):
        if not rule.startswith("TIME") and rule != "AGR-04":
            BREAKERS[rule](roster, row, on)
    stray_cover(roster, row)
    if row["实习类型"] == "岗位实习":
        stray_attendance(roster, row, on)
        stray_payments(roster, row, on)


def stray_post(roster: Roster) -> Cells:
    pick = roster.random
    return roster.post(
        同岗位在岗人数=pick.choice((1, 4, 5, 100)),
        同岗位工资标准=pick.choice(("3375.12", "3375.13", "4500", "0")),
        最低档工资标准=pick.choice(("", "", "2700.10", "2700.11")),
        对口专业大类=pick.choice(("", "11", "01、11", "12;13")),
        体力劳动强度=pick.choice(("", "I", "II", "III")),
        危险因素=pick.choice(("", "", "粉尘;高空", "负重")),
    )


def stray_cover(roster: Roster, row: Cells) -> None:
    """Move one of the student's cover rows by a day, or surrender its policy."""
    theirs = [other for other in roster.tables["insured"] if other["学号"] == row["学号"]]
    cover = roster.random.choice(theirs)
    if roster.random.random() < 0.5:
        first, last = a_date(cover["生效日期"]), a_date(cover["终止日期"])
        if first < last:
            cover["生效日期"] = later(first, 1).isoformat()
    start = a_date(row["开始日期"])
    if roster.random.random() < 0.4:
        first = later(start, roster.random.choice((-3, 0, 5)))
        roster.cover(
            row,
            first,
            later(first, 20),
            险种=roster.random.choice((LIABILITY, ACCIDENT, "工伤保险")),
            保费承担方=roster.random.choice(("企业", "学生")),
            状态=roster.random.choice(("有效", "退保", "注销")),
            退保日期=later(first, roster.random.choice((0, 1, 10, 30))),
        )


def stray_attendance(roster: Roster, row: Cells, on: date) -> None:
    """Two months of the placement or less, most days confirmed, a few long, late or outside."""
    pick = roster.random
    start, last = a_date(row["开始日期"]), a_date(row["结束日期"])
    confirmed = pick.choice((1.0, 1.0, 0.95, 0.0))
    spirit: Callable[[], Cells] = pick.choice((steady, lambda: restless(roster)))
    for day in days(later(start, -1), min(later(last, 1), later(start, 45), later(on, 2))):
        if day.isoweekday() > 5 and pick.random() < 0.8:
            continue
        if not start <= day <= last and pick.random() < 0.9:
            continue
        answer = "是" if pick.random() < confirmed else "否"
        roster.attend(row, day, **{"企业确认": answer, **spirit()})
    for _ in range(pick.choice((0, 0, 1, 2))):
        matters = pick.sample(("高风险", "休息日", "法定节假日", "加班", "夜班"), 2)
        day = later(start, pick.choice((0, 1, 10)))
        roster.filing(row["岗位编号"], matters, day, 有效止=later(day, 20))


def steady() -> Cells:
    return {}


def restless(roster: Roster) -> Cells:
    pick = roster.random
    if pick.random() < 0.15:
        return {"状态": pick.choice(ABSENCES), "工时": pick.choice(("", "8", "9"))}
    came_at, left_at = pick.choice(
        (("", ""), ("8:00", "17:00"), ("14:00", "22:00"), ("13:30", "22:01"), ("20:00", "24:00"))
    )
    return {
        "状态": pick.choice(("出勤", "出勤", "半天")),
        "工时": pick.choice(("", "8", "7.5", "8.01", "0")),
        "上班时间": came_at,
        "下班时间": left_at,
    }


def stray_payments(roster: Roster, row: Cells, on: date) -> None:
    pick = roster.random
    month = month_of(a_date(row["开始日期"]))
    for _ in range(pick.choice((0, 1, 1, 2, 3))):
        roster.pay(
            row,
            month,
            pick.choice(("0", "0.01", "1350.05", "2700.10", "3010")),
            later(on, pick.choice((-1, 0, 0, 1))) - timedelta(days=pick.choice((0, 30))),
            发放方式=pick.choice(("银行转账", "银行转账", "现金", "实物")),
            付款方=pick.choice(("实习单位", "实习单位", "实习单位", "学校")),
            收款人=pick.choice(("学生本人", "学生本人", "学生本人", "监护人")),
            扣款项目=pick.choice(("", "", "个税:12.5", "个税:1;管理费:2.00", "餐费:3")),
        )


def another_programme(roster: Roster, on: date) -> None:
    """A person of two students rows, one 毕业: cover and days of one do not help the other."""
    row = roster.sound(later(on, -20), later(on, 20))
    first = roster.student_of(row)
    second = roster.student(born_on=date(2000, 1, 1), enrolled_on=a_date(first["入学日期"]))
    second["证件号码"] = first["证件号码"]
    second["学籍状态"] = roster.random.choice(("毕业", "退学"))
    roster.placement(later(on, -200), later(on, -30), student=second, 状态="已结束")
