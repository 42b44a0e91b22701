"""The words of the contract's section 2, one function each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.calendar import (
    days,
    first_day,
    is_workday,
    last_day,
    month_of,
    next_month,
    workdays_of,
)
from tests.oracle.district import (
    Attendance,
    District,
    Learner,
    Month,
    Payment,
    Placement,
    Policy,
    Student,
)

LIABILITY = "实习责任保险"
ACCIDENT = "意外伤害保险"
PRODUCTION = "岗位实习"


@dataclass(frozen=True)
class Finding:
    """What one rule says of one subject and period."""

    subject: str
    period: str
    severity: str
    facts: dict[str, Any]


# Placements


def standing(placement: Placement, on: date) -> bool:
    return (
        placement.status in ("已批准", "实习中", "已结束")
        and placement.starts_on <= on + timedelta(days=30)
        and placement.last >= on - timedelta(days=365)
    )


def begun(placement: Placement, on: date) -> bool:
    return (
        standing(placement, on)
        and placement.status in ("实习中", "已结束")
        and placement.starts_on <= on
    )


def standing_placements(district: District, on: date) -> Iterator[Placement]:
    return (row for row in district.placements if standing(row, on))


def standing_production(district: District, on: date) -> Iterator[Placement]:
    return (row for row in standing_placements(district, on) if row.kind == PRODUCTION)


def begun_production(district: District, on: date) -> Iterator[Placement]:
    return (row for row in district.placements if row.kind == PRODUCTION and begun(row, on))


# Cover


def covered_by(policy: Policy, first: date, last: date) -> set[date]:
    """The days an insured row from `first` to `last` is covered by its policy."""
    if policy.status == "注销":
        return set()
    begins = max(first, policy.starts_on)
    ends = min(last, policy.ends_on)
    if policy.status == "退保":
        assert policy.surrendered_on is not None
        ends = min(ends, policy.surrendered_on - timedelta(days=1))
    return set(days(begins, ends))


def cover_days(district: District, learner: Learner, kind: str) -> set[date]:
    """Every day on which a policy of `kind` covers the learner."""
    key = ("cover", learner, kind)
    if key not in district.remembered:
        covered: set[date] = set()
        for row in district.insured_of.get(learner, ()):
            policy = district.policy[row.policy_number]
            if policy.kind == kind:
                covered |= covered_by(policy, row.starts_on, row.ends_on)
        district.remembered[key] = covered
    return district.remembered[key]  # type: ignore[return-value]


# Ages


def birthday(born_on: date, year: int) -> date:
    """The birthday in `year`; of somebody born on 29 February, 1 March of a common year."""
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age(born_on: date, on: date) -> int:
    """Whole years on a day: a birthday counts from the day after it."""
    years = on.year - born_on.year
    return years if birthday(born_on, on.year) < on else years - 1


def student_of(district: District, placement: Placement) -> Student:
    return district.student[placement.learner]


# Months and pay


def touching_months(placement: Placement) -> Iterator[Month]:
    month = month_of(placement.starts_on)
    while month <= month_of(placement.last):
        yield month
        month = next_month(month)


def touching_days(placement: Placement, month: Month) -> list[date]:
    """The days of the month in [start, last]."""
    return list(
        days(max(first_day(month), placement.starts_on), min(last_day(month), placement.last))
    )


def has_a_workday(some_days: list[date]) -> bool:
    return any(is_workday(day) for day in some_days)


def pay_months(placement: Placement) -> Iterator[Month]:
    """Of a 岗位实习 that has begun and whose 约定报酬 > 0."""
    for month in touching_months(placement):
        if has_a_workday(touching_days(placement, month)):
            yield month


def is_paid_production(placement: Placement) -> bool:
    return placement.agreed_pay is not None and placement.agreed_pay > 0


def due_day(placement: Placement, month: Month) -> date:
    """支付日 of the next month."""
    return first_day(next_month(month)).replace(day=placement.pay_day)


def ripe(placement: Placement, month: Month, on: date) -> bool:
    return on > due_day(placement, month)


def valid_payments(district: District, placement: Placement, month: Month, on: date) -> Decimal:
    """The sum of worth of the valid payments of a month."""
    return sum(
        (
            worth(payment)
            for payment in district.payments_of.get(placement.code, ())
            if payment.month == month
            and payment.method in ("银行转账", "现金")
            and payment.payer == "实习单位"
            and payment.payee == "学生本人"
            and payment.paid_on <= on
        ),
        start=Decimal(0),
    )


def worth(payment: Payment) -> Decimal:
    return payment.amount + sum(
        (amount for name, amount in payment.deductions if name == "个税"), start=Decimal(0)
    )


# Attendance


def worked(row: Attendance) -> bool:
    return row.status in ("出勤", "半天")


def units(row: Attendance) -> Fraction:
    return {"出勤": Fraction(1), "带薪假": Fraction(1), "半天": Fraction(1, 2)}.get(
        row.status, Fraction(0)
    )


def hours(row: Attendance) -> Fraction:
    if row.status == "带薪假":
        return Fraction(8)
    return Fraction(row.hours) if worked(row) else Fraction(0)


def attendance_in(district: District, placement: Placement, month: Month) -> list[Attendance]:
    """The attendance rows inside the touching days of a month."""
    touching = set(touching_days(placement, month))
    return [row for row in district.attendance_of.get(placement.code, ()) if row.day in touching]


def settled(rows: list[Attendance]) -> bool:
    return len(rows) > 0 and all(row.confirmed for row in rows)


def amount_due(placement: Placement, month: Month, rows: list[Attendance]) -> Decimal:
    """What the attendance rows of a month have earned, rounded once, half up, to the fen."""
    assert placement.agreed_pay is not None
    agreed = Fraction(placement.agreed_pay)
    all_units = sum(map(units, rows), start=Fraction(0))
    all_hours = sum(map(hours, rows), start=Fraction(0))
    exact = {
        "月薪": min(agreed, agreed * all_units / workdays_of(month)),
        "日薪": agreed * all_units,
        "时薪": agreed * all_hours,
    }[placement.pay_basis]
    return to_the_fen(exact)


def worked_rows(district: District, placement: Placement, on: date) -> list[Attendance]:
    """The worked rows of a placement dated on or before `on`, wherever they lie."""
    rows = district.attendance_of.get(placement.code, ())
    return [row for row in rows if worked(row) and row.day <= on]


# Filings


def allowed(district: District, placement: Placement, matter: str, day: date) -> bool:
    """Whether a filing allows a matter to the student of a placement on a day."""
    student = student_of(district, placement)
    if matter in ("加班", "夜班") and age(student.born_on, day) < 18:
        return False
    return any(
        matter in filing.matters
        and filing.filed_on < day
        and filing.starts_on <= day <= filing.ends_on
        and filing.school_code in ("", student.school_code)
        and filing.major_code in ("", student.major_code)
        for filing in district.filings_of.get(placement.post_code, ())
    )


# Numbers


def to_the_fen(exact: Fraction) -> Decimal:
    """Rounded half up to two decimals; `exact` is 0 or more."""
    return Decimal((exact * 100 + Fraction(1, 2)).__floor__()).scaleb(-2)


def shown(amount: Fraction | Decimal) -> str:
    """Two decimals, half up."""
    if isinstance(amount, Decimal):
        return f"{amount.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
    return f"{to_the_fen(amount):.2f}"
