"""Pay: what is due for a month by the contract's formula, and the payments that settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from exchange.demo.days import (
    DAY,
    last_of,
    months_between,
    next_month,
    on_or_after,
    workdays_of,
)
from exchange.demo.dice import Dice

if TYPE_CHECKING:
    from exchange.demo.attendance import WorkCalendar
    from exchange.demo.placements import Placement

BANK = "银行转账"


@dataclass(slots=True)
class Payment:
    """One row of the payments file; amounts in fen, months by their first day."""

    placement: str
    month: date
    amount: int
    paid_on: date
    method: str = BANK
    payer: str = "实习单位"
    payee: str = "学生本人"
    deductions: str = ""
    reference: str = ""

    def row(self) -> tuple[str, ...]:
        """The row of the file."""
        return (
            self.placement,
            f"{self.month.year}-{self.month.month:02}",
            f"{self.amount // 100}.{self.amount % 100:02}",
            self.paid_on.isoformat(),
            self.method,
            self.payer,
            self.payee,
            self.deductions,
            self.reference,
        )


def due_day(month: date, pay_day: int) -> date:
    """The day by which the month's pay must have come: the pay day of the next month."""
    return next_month(month).replace(day=pay_day)


def pay_months(placement: Placement, on: date) -> list[date]:
    """Months over by `on` that the placement touches with a workday; none without agreed pay."""
    if not placement.agreed or placement.attendance is None:
        return []
    last = min(placement.last, on)
    months = months_between(placement.starts_on, last)
    return [
        month
        for month in months
        if last_of(month) < on and on_or_after(max(month, placement.starts_on)) <= last_of(month)
    ]


def ripe_months(placement: Placement, on: date) -> list[date]:
    """Pay months whose due day has passed, latest first."""
    months = pay_months(placement, on)
    return [month for month in reversed(months) if on > due_day(month, placement.pay_day)]


def due(placement: Placement, month: date, calendar: WorkCalendar) -> int:
    """The amount due for a month in fen, rounded once, half up."""
    if placement.attendance is None or placement.agreed is None:
        return 0
    double_units, hours = calendar.earned(placement.attendance, month)
    agreed = placement.agreed
    if placement.basis == "日薪":
        return _rounded(agreed * double_units, 2)
    if placement.basis == "时薪":
        return _rounded(agreed * hours, 100)
    return min(agreed, _rounded(agreed * double_units, 2 * workdays_of(month)))


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def settle(placement: Placement, on: date, calendar: WorkCalendar, dice: Dice) -> list[Payment]:
    """Payments of all pay months, each in full and in time, as far as they have come by `on`."""
    payments = []
    cash = dice.chance(3)
    for month in pay_months(placement, on):
        amount = due(placement, month, calendar)
        paid_on = due_day(month, placement.pay_day)
        paid_on -= DAY * dice.below(min(4, placement.pay_day))
        if amount == 0 or paid_on > on:
            continue
        payment = Payment(placement.code, month, amount, paid_on)
        if cash:
            payment.method = "现金"
        else:
            payment.reference = f"YH{month.year}{month.month:02}{placement.code[2:]}"
        payments.append(payment)
    return payments


def payment_of(payments: list[Payment], month: date) -> Payment:
    """The payment of a month."""
    return next(payment for payment in payments if payment.month == month)
