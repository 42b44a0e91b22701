"""PAY: one fen, one day or one confirmation too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from tests.districts.planting.months import attended, month_before, ripened
from tests.districts.planting.registry import Expected, inside, over, plants
from tests.districts.roster import Roster, later
from tests.oracle.calendar import (
    days,
    first_day,
    is_workday,
    last_day,
    month_of,
    workdays_of,
)

FEN = Decimal("0.01")


@plants("PAY-02")
def a_fen_below(roster: Roster, on: date) -> Iterator[Expected]:
    """Of 80 % of the standard, of the lowest grade, of a floor that is no whole fen."""
    standard, lowest, floor = roster.random.choice(
        (
            ("4500", "", "3600.00"),
            ("4500", "3800", "3600.00"),
            ("4500", "3400", "3400.00"),
            ("4500.01", "", "3600.01"),
            ("3000.02", "9999", "2400.02"),
            ("3333.33", "", "2666.67"),
        )
    )
    for pay, promise in ((Decimal(floor) - FEN, over), (Decimal(floor), inside)):
        post = roster.post(同岗位工资标准=standard, 最低档工资标准=lowest)
        stage = roster.random.choice(("", "辅助", "相对独立"))
        row = roster.sound(later(on, -9), later(on, 60), post=post, 约定报酬=pay, 阶段=stage)
        yield promise("PAY-02", row, on)


@plants("PAY-02")
def by_the_day_or_the_hour(roster: Roster, on: date) -> Iterator[Expected]:
    basis, standard, just = roster.random.choice(
        (
            ("日薪", "4350", "160.00"),
            ("日薪", "4500", "165.52"),
            ("时薪", "4350", "20.00"),
            ("时薪", "4500", "20.69"),
        )
    )
    for pay, promise in ((Decimal(just) - FEN, over), (Decimal(just), inside)):
        post = roster.post(同岗位工资标准=standard)
        row = roster.sound(later(on, -9), later(on, 60), post=post, 约定报酬=pay, 计酬方式=basis)
        yield promise("PAY-02", row, on)


@plants("PAY-02")
def no_floor_at_all(roster: Roster, on: date) -> Iterator[Expected]:
    for standard, lowest, promise in (("100", "", over), ("0", "", inside), ("100", "0", inside)):
        post = roster.post(同岗位工资标准=standard, 最低档工资标准=lowest)
        row = roster.sound(later(on, -9), later(on, 60), post=post, 约定报酬="0.01")
        yield promise("PAY-02", row, on)


@plants("PAY-01")
def a_fen_is_pay(roster: Roster, on: date) -> Iterator[Expected]:
    for pay, promise in ((roster.random.choice(("0", "")), over), ("0.01", inside)):
        yield promise("PAY-01", roster.sound(later(on, -9), later(on, 60), 约定报酬=pay), on)


@plants("PAY-04")
def a_fen_short(roster: Roster, on: date) -> Iterator[Expected]:
    """The whole month attended; paid in one or two parts."""
    month, pay_day = ripened(on)
    basis, agreed = roster.random.choice((("月薪", "3000"), ("日薪", "150.01"), ("时薪", "18.75")))
    parts = roster.random.choice((1, 2))
    for short, promise in ((FEN, over), (Decimal(0), inside)):
        row, units = attended(roster, month, pay_day, 计酬方式=basis, 约定报酬=agreed)
        times = {"月薪": 1, "日薪": units, "时薪": units * 8}[basis]
        amount = Decimal(agreed) * times - short
        if parts == 2:
            roster.pay(row, month, "100.50", on)
            amount -= Decimal("100.50")
        roster.pay(row, month, amount, on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def tax_is_worth(roster: Roster, on: date) -> Iterator[Expected]:
    """个税 counts towards what was paid, another deduction does not."""
    month, pay_day = ripened(on)
    for name, promise in (("伙食", over), ("个税", inside)):
        row, _ = attended(roster, month, pay_day)
        roster.pay(row, month, "2958", later(on, -1), 扣款项目=f"{name}:42")
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def half_a_fen(roster: Roster, on: date) -> Iterator[Expected]:
    """Half a unit of an odd number of fen: the half is rounded up, never to even."""
    month, pay_day = ripened(on)
    workdays = workdays_of(month)
    odd = 2 * roster.random.choice((10000, 10001, 5400)) + 1
    basis, agreed = roster.random.choice(
        (("月薪", FEN * odd * workdays), ("日薪", FEN * odd), ("时薪", FEN * odd))
    )
    due = FEN * ((odd + 1) // 2)
    for short, promise in ((FEN, over), (Decimal(0), inside)):
        row = roster.sound(
            first_day(month), last_day(month), 支付日=pay_day, 计酬方式=basis, 约定报酬=agreed
        )
        first = next(day for day in days(first_day(month), last_day(month)) if is_workday(day))
        hours = "0.5" if basis == "时薪" else roster.random.choice(("", "3.5"))
        roster.attend(row, first, 状态="半天", 工时=hours)
        roster.pay(row, month, due - short, on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def never_more_than_agreed(roster: Roster, on: date) -> Iterator[Expected]:
    """Work on rest days does not raise the monthly wage."""
    month, pay_day = ripened(on)
    for paid, promise in (("2999.99", over), ("3000", inside)):
        row, _ = attended(roster, month, pay_day)
        rest = [day for day in days(first_day(month), last_day(month)) if not is_workday(day)]
        for day in rest[:2]:
            roster.attend(row, day)
        roster.pay(row, month, paid, on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def leave_and_absence(roster: Roster, on: date) -> Iterator[Expected]:
    """带薪假 is a unit of 8 hours whatever its cell says; the other absences are nothing."""
    month, pay_day = ripened(on)
    for short, promise in ((FEN, over), (Decimal(0), inside)):
        row = roster.sound(
            first_day(month), last_day(month), 支付日=pay_day, 计酬方式="时薪", 约定报酬="20"
        )
        workdays = [day for day in days(first_day(month), last_day(month)) if is_workday(day)]
        roster.attend(row, workdays[0], 状态="带薪假", 工时="3")
        roster.attend(row, workdays[1], 工时="7.25")
        for day, status in zip(workdays[2:6], ("事假", "病假", "旷工", "休息"), strict=True):
            roster.attend(row, day, 状态=status, 工时="8")
        roster.pay(row, month, Decimal("20") * Decimal("15.25") - short, on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def only_inside_the_placement(roster: Roster, on: date) -> Iterator[Expected]:
    """A day after the actual end earns nothing, the last day does."""
    month, pay_day = ripened(on)
    workdays = [day for day in days(first_day(month), last_day(month)) if is_workday(day)]
    last = workdays[4]
    for worked, promise in ((workdays[4], over), (workdays[5], inside)):
        row = roster.sound(
            first_day(month),
            last_day(month),
            实际结束日期=last,
            状态="已结束",
            支付日=pay_day,
            计酬方式="日薪",
            约定报酬="100",
        )
        roster.attend(row, workdays[0])
        roster.attend(row, worked)
        roster.pay(row, month, "199.99", on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def settled_or_not(roster: Roster, on: date) -> Iterator[Expected]:
    """One unconfirmed row, of a day of rest even, and nobody knows what is due."""
    month, pay_day = ripened(on)
    for confirmed, promise in (("是", over), ("否", inside)):
        row, _ = attended(roster, month, pay_day)
        rest = [day for day in days(first_day(month), last_day(month)) if not is_workday(day)]
        roster.attend(row, rest[0], 状态="休息", 企业确认=confirmed)
        roster.pay(row, month, "2999.99", on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def paid_nothing_is_another_rule(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    for paid, promise in (("0.01", over), ("0", inside)):
        row, _ = attended(roster, month, pay_day)
        roster.pay(row, month, paid, on)
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-04")
def ripe_for_less(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    row, _ = attended(roster, month, pay_day)
    roster.pay(row, month, "2999.99", later(on, -3))
    yield over("PAY-04", row, on, str(month))
    yield inside("PAY-04", row, first_day(month_of(later(on, -1))).replace(day=pay_day), str(month))


@plants("PAY-04")
def paid_tomorrow_in_full(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    for days_on, promise in ((1, over), (0, inside)):
        row, _ = attended(roster, month, pay_day)
        roster.pay(row, month, "2000", later(on, -1))
        roster.pay(row, month, "1000", later(on, days_on))
        yield promise("PAY-04", row, on, str(month))


@plants("PAY-09")
def due_today(roster: Roster, on: date) -> Iterator[Expected]:
    """On the due day it is not late; the next day it is. The same placement, two days."""
    month, pay_day = ripened(on)
    row, _ = attended(roster, month, pay_day)
    due = first_day(month_of(later(on, -1))).replace(day=pay_day)
    yield over("PAY-09", row, later(due, 1), str(month))
    yield inside("PAY-09", row, due, str(month))


@plants("PAY-09")
def pay_days_side_by_side(roster: Roster, on: date) -> Iterator[Expected]:
    """Two pay days, of which one is D: February and month ends are met on the way."""
    day = min(on.day, 28)
    on = on.replace(day=max(day, 2))
    month = month_before(month_of(on))
    for pay_day, promise in ((on.day - 1, over), (on.day, inside)):
        row = roster.sound(later(first_day(month), 5), later(on, 60), 支付日=pay_day)
        yield promise("PAY-09", row, on, str(month))


@plants("PAY-09")
def paid_today(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    for days_on, promise in ((1, over), (0, inside)):
        row, _ = attended(roster, month, pay_day)
        roster.pay(row, month, "3000", later(on, days_on))
        yield promise("PAY-09", row, on, str(month))


@plants("PAY-09")
def no_valid_payment(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    wrong: Mapping[str, object] = roster.random.choice(
        (
            {"付款方": "学校"},
            {"付款方": "其他"},
            {"收款人": "监护人"},
            {"发放方式": "实物"},
            {"发放方式": "代金券"},
            {"所属月份": month_of(on)},
            {"金额": "0"},
        )
    )
    for changes, promise in ((wrong, over), ({}, inside)):
        row, _ = attended(roster, month, pay_day)
        roster.pay(row, month, "3000", later(on, -1), **changes)
        yield promise("PAY-09", row, on, str(month))


@plants("PAY-09")
def tax_alone_is_worth(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    for tax, promise in (("0.00", over), ("0.01", inside)):
        row, _ = attended(roster, month, pay_day)
        roster.pay(row, month, "0", later(on, -1), 扣款项目=f"个税:{tax}")
        yield promise("PAY-09", row, on, str(month))


@plants("PAY-09")
def nothing_earned(roster: Roster, on: date) -> Iterator[Expected]:
    """Absent every day and confirmed so; one day unconfirmed, or half a day, and pay is owed."""
    month, pay_day = ripened(on)
    absent = roster.random.choice(("旷工", "事假", "病假", "休息"))
    spoil: Mapping[str, object] = roster.random.choice(
        ({"企业确认": "否"}, {"状态": "半天"}, {"状态": "出勤", "工时": "0"}, {"状态": "带薪假"})
    )
    for changes, promise in ((spoil, over), ({}, inside)):
        row = roster.sound(first_day(month), last_day(month), 支付日=pay_day)
        workdays = [day for day in days(first_day(month), last_day(month)) if is_workday(day)]
        for day in workdays[:-1]:
            roster.attend(row, day, 状态=absent)
        roster.attend(row, workdays[-1], **{"状态": absent, **changes})
        yield promise("PAY-09", row, on, str(month))


@plants("PAY-09")
def silence_is_no_excuse(roster: Roster, on: date) -> Iterator[Expected]:
    month, pay_day = ripened(on)
    row = roster.sound(first_day(month), last_day(month), 支付日=pay_day)
    yield over("PAY-09", row, on, str(month))
    row = roster.sound(first_day(month), last_day(month), 支付日=pay_day, 约定报酬="0")
    yield inside("PAY-09", row, on, str(month))


@plants("PAY-09")
def a_month_of_one_workday(roster: Roster, on: date) -> Iterator[Expected]:
    """The placement begins on the last workday of the month, or on the day after it."""
    month, pay_day = month_of(later(on, -75)), 1
    while is_workday(last_day(month)):
        month = month_before(month)
    workday = max(day for day in days(first_day(month), last_day(month)) if is_workday(day))
    for start, promise in ((workday, over), (later(workday, 1), inside)):
        row = roster.sound(start, later(on, 30), 支付日=pay_day)
        if promise is inside:
            roster.attend(row, start)
        yield promise("PAY-09", row, on, str(month))


@plants("PAY-09")
def pay_scope(roster: Roster, on: date) -> Iterator[Expected]:
    """Begun 岗位实习 alone have pay months; those that ended 366 days ago no more."""
    month, pay_day = ripened(on)
    spared: Mapping[str, object] = roster.random.choice(
        ({"状态": "已批准"}, {"实习类型": "认识实习"})
    )
    for changes, promise in (({"状态": "已结束"}, over), (spared, inside)):
        row, _ = attended(roster, month, pay_day, **changes)
        yield promise("PAY-09", row, on, str(month))
    for back, promise in ((-365, over), (-366, inside)):
        last = later(on, back)
        row = roster.sound(later(last, -80), last, 状态="已结束")
        yield promise("PAY-09", row, on, str(month_before(month_of(last))))


@plants("PAY-05")
def in_kind(roster: Roster, on: date) -> Iterator[Expected]:
    month = month_of(later(on, -400))
    right = roster.random.choice(("银行转账", "现金"))
    for method, promise in ((roster.random.choice(("实物", "代金券")), over), (right, inside)):
        row = roster.sound(later(on, -9), later(on, 9))
        roster.pay(row, month, "0", on, 发放方式=method)
        yield promise("PAY-05", row, on, str(month))


@plants("PAY-06")
def through_others(roster: Roster, on: date) -> Iterator[Expected]:
    month = month_of(on)
    wrong: Mapping[str, object] = roster.random.choice(
        (
            {"付款方": "学校"},
            {"付款方": "中介机构"},
            {"付款方": "劳务派遣机构"},
            {"付款方": "其他"},
            {"收款人": "监护人"},
            {"收款人": "其他"},
        )
    )
    for changes, promise in ((wrong, over), ({}, inside)):
        row = roster.sound(later(on, -9), later(on, 9))
        roster.pay(row, month, "100", on, **changes)
        yield promise("PAY-06", row, on, str(month))


@plants("PAY-07")
def other_than_tax(roster: Roster, on: date) -> Iterator[Expected]:
    month = month_of(on)
    for listed, promise in (("个税:1.50;管理费:0;保险:20", over), ("个税:21.50", inside)):
        row = roster.sound(later(on, -9), later(on, 9))
        roster.pay(row, month, "100", on, 扣款项目=listed)
        roster.pay(row, month, "100", later(on, -1), 扣款项目=listed)
        roster.pay(row, month, "1", later(on, 1), 扣款项目="押金:5")
        yield promise("PAY-07", row, on, str(month))
