"""Placements whose pay changes on the way, drawn by chance, and by plain reckoning what is owed.

The reckoning goes day by day in fractions and shares no code with the rules; no file of the
interchange format could hold what it reckons with, an amendment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from compensation.models import Payee, Payer, PaymentMethod
from internships.models import (
    AttendanceDay,
    AttendanceStatus,
    PayBasis,
    Placement,
    PlacementKind,
    PlacementState,
)
from tests.rules.builders import amend, make_months, make_placement, pay, take_back, workdays
from tests.rules.shown_months import Owed

FEN = Decimal("0.01")
AGREED = {
    PayBasis.MONTHLY: ("1000.00", "3000.00", "0.01"),
    PayBasis.DAILY: ("120.00", "0.05"),
    PayBasis.HOURLY: ("10.03", "20.00"),
}
PAY_DAYS = (1, 10, 20, 28)
UNITS = {
    AttendanceStatus.PRESENT: Fraction(1),
    AttendanceStatus.PAID_LEAVE: Fraction(1),
    AttendanceStatus.HALF_DAY: Fraction(1, 2),
}
WORKED = (AttendanceStatus.PRESENT, AttendanceStatus.HALF_DAY)


@dataclass(frozen=True)
class Agreed:
    """What is agreed from a day on."""

    from_day: date
    basis: PayBasis
    amount: Decimal | None
    pay_day: int

    @property
    def values(self) -> dict[str, Any]:
        return {"pay_basis": self.basis, "agreed_pay": self.amount, "pay_day": self.pay_day}


@dataclass(frozen=True)
class Attended:
    """One row of attendance."""

    status: AttendanceStatus
    hours: Decimal
    confirmed: bool


@dataclass(frozen=True)
class Paid:
    """One payment, and whether it was taken back."""

    month: date
    amount: Decimal
    tax: Decimal
    paid_on: date
    method: PaymentMethod
    payer: Payer
    payee: Payee
    taken_back: bool

    def counts(self, on: date) -> bool:
        money = self.method in (PaymentMethod.BANK_TRANSFER, PaymentMethod.CASH)
        straight = self.payer == Payer.HOST and self.payee == Payee.STUDENT
        return money and straight and not self.taken_back and self.paid_on <= on


@dataclass
class Life:
    """A placement, what was agreed about it from when on, its attendance, and its payments."""

    kind: PlacementKind
    state: PlacementState
    starts_on: date
    ends_on: date
    agreed: list[Agreed]
    attended: dict[date, Attended] = field(default_factory=dict)
    paid: list[Paid] = field(default_factory=list)

    def terms_of(self, day: date) -> Agreed:
        return next(terms for terms in reversed(self.agreed) if terms.from_day <= day)

    def touching_days(self, month: date) -> list[date]:
        last = min(self.ends_on, end_of(month))
        return list(every_day(max(self.starts_on, month), last))

    def rows_of(self, month: date) -> list[tuple[date, Attended]]:
        return [
            (day, self.attended[day]) for day in self.touching_days(month) if day in self.attended
        ]

    def due(self, month: date) -> Decimal:
        """What the month's attendance earned, rounded once."""
        whole = Fraction(0)
        for terms in self.agreed:
            rows = [row for day, row in self.rows_of(month) if self.terms_of(day) == terms]
            agreed = Fraction(terms.amount or 0)
            units = sum((UNITS.get(row.status, Fraction(0)) for row in rows), Fraction(0))
            hours = sum((hours_of(row) for row in rows), Fraction(0))
            whole += {
                PayBasis.MONTHLY: min(agreed, agreed * units / workdays_from(month, end_of(month))),
                PayBasis.DAILY: agreed * units,
                PayBasis.HOURLY: agreed * hours,
            }[terms.basis]
        exact = Decimal(whole.numerator) / Decimal(whole.denominator)
        return exact.quantize(FEN, ROUND_HALF_UP)

    def owed(self, code: str, on: date) -> Owed:
        """What PAY-09 and PAY-04 have to say of it on `on`, while it stands."""
        begun = self.state in (PlacementState.ACTIVE, PlacementState.ENDED)
        if self.kind != PlacementKind.PRODUCTION or not begun:
            return {}
        owed: Owed = {}
        for month in months_between(self.starts_on, self.ends_on):
            touching = self.touching_days(month)
            due_on = (end_of(month) + timedelta(days=1)).replace(
                day=self.terms_of(touching[-1]).pay_day
            )
            if not any(self.terms_of(day).amount for day in touching):
                continue
            if not workdays_from(touching[0], touching[-1]) or on <= due_on:
                continue
            counted = [entry for entry in self.paid if entry.month == month and entry.counts(on)]
            paid = sum((entry.amount + entry.tax for entry in counted), Decimal("0.00"))
            rows = [row for _, row in self.rows_of(month)]
            settled = bool(rows) and all(row.confirmed for row in rows)
            key = code, f"{month:%Y-%m}"
            if not paid and not (settled and all(row.status not in UNITS for row in rows)):
                overdue = (on - due_on).days
                owed[key] = "PAY-09", {"due_on": due_on.isoformat(), "days_overdue": overdue}
            if paid and settled and paid < self.due(month):
                owed[key] = "PAY-04", {"due": f"{self.due(month)}", "paid": f"{paid}"}
        return owed


def hours_of(row: Attended) -> Fraction:
    if row.status == AttendanceStatus.PAID_LEAVE:
        return Fraction(8)
    return Fraction(row.hours) if row.status in WORKED else Fraction(0)


def every_day(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def end_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def months_between(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = end_of(month) + timedelta(days=1)


@cache
def workdays_from(first: date, last: date) -> int:
    """How many workdays there are from `first` to `last`, both included."""
    return len(workdays(first, last))


def draw_life(chance: Random) -> Life:
    """A placement of one to four months in the autumn of 2026, amended once to three times."""
    starts_on = date(2026, 8, 28) + timedelta(days=chance.randrange(40))
    length = chance.randrange(5, 110)
    ends_on = starts_on + timedelta(days=length)
    amended = sorted(
        starts_on + timedelta(days=number)
        for number in chance.sample(range(-3, length + 3), chance.randrange(1, 4))
    )
    usual = PlacementKind.PRODUCTION, PlacementState.ACTIVE
    kind, state = chance.choices(
        (
            usual,
            (PlacementKind.PRODUCTION, PlacementState.ENDED),
            (PlacementKind.PRODUCTION, PlacementState.APPROVED),
            (PlacementKind.ORIENTATION, PlacementState.ACTIVE),
        ),
        weights=(12, 3, 1, 1),
    )[0]
    agreed = [draw_terms(day, chance) for day in (date.min, *amended)]
    life = Life(kind, state, starts_on, ends_on, agreed)
    for month in months_between(starts_on, ends_on):
        life.attended |= draw_attendance(life, month, chance)
    for month in months_between(starts_on, ends_on):
        life.paid += draw_payments(life, month, chance)
    return life


def draw_terms(from_day: date, chance: Random) -> Agreed:
    basis = chance.choice(list(PayBasis))
    amount = Decimal(chance.choice(AGREED[basis]))
    given = chance.choices((amount, None, Decimal("0.00")), weights=(6, 3, 1))[0]
    return Agreed(from_day, basis, given, chance.choice(PAY_DAYS))


def draw_attendance(life: Life, month: date, chance: Random) -> dict[date, Attended]:
    """None, a few days, or most; of work, or of nothing that counts; a few days too far."""
    density = chance.choice((0, 0, 0.15, 0.7, 1))
    idle = chance.random() < 0.2
    idle_words = (AttendanceStatus.ABSENT, AttendanceStatus.SICK_LEAVE, AttendanceStatus.REST)
    doubt = chance.choice((0, 0, 0, 0.05))
    first, last = max(month, life.starts_on), min(end_of(month), life.ends_on)
    rows = {}
    for day in every_day(first - timedelta(days=2), last + timedelta(days=2)):
        if chance.random() < density:
            words = idle_words if idle else (*UNITS, *idle_words[:1])
            hours = Decimal(chance.choice(("0", "4", "7.5", "8")))
            rows[day] = Attended(chance.choice(words), hours, chance.random() >= doubt)
    return rows


def draw_payments(life: Life, month: date, chance: Random) -> list[Paid]:
    """Up to two, about as much as is due, mostly in time and mostly lawful."""
    drawn = []
    for _ in range(chance.choices((0, 1, 2), weights=(5, 6, 1))[0]):
        due = life.due(month)
        amounts = (due, due - FEN, due + FEN, due / 2, Decimal(0), Decimal(1000), FEN)
        amount = max(Decimal(0), chance.choice(amounts)).quantize(FEN)
        tax = chance.choices((Decimal("0.00"), FEN, Decimal("12.00")), weights=(8, 1, 1))[0]
        drawn.append(
            Paid(
                month=month,
                amount=amount,
                tax=tax,
                paid_on=month + timedelta(days=chance.randrange(15, 75)),
                method=chance.choices(list(PaymentMethod), weights=(8, 2, 1, 1))[0],
                payer=chance.choices(list(Payer), weights=(12, 1, 0, 0, 1))[0],
                payee=chance.choices(list(Payee), weights=(12, 1, 0))[0],
                taken_back=chance.random() < 0.1,
            )
        )
    return drawn


def plant(life: Life) -> Placement:
    """The rows of a life."""
    placement = make_placement(
        kind=life.kind,
        state=life.state,
        starts_on=life.starts_on,
        ends_on=life.ends_on,
        **life.agreed[0].values,
    )
    for agreed in life.agreed[1:]:
        amend(placement, agreed.from_day, **agreed.values)
    make_months({day.replace(day=1) for day in life.attended})
    AttendanceDay.objects.bulk_create(
        AttendanceDay(
            placement=placement,
            school=placement.school,
            day=day,
            status=row.status,
            hours=row.hours,
            confirmed=row.confirmed,
        )
        for day, row in life.attended.items()
    )
    for paid in life.paid:
        entry = pay(
            placement,
            paid.month,
            f"{paid.amount}",
            deductions={"个税": f"{paid.tax}"} if paid.tax else {},
            paid_on=paid.paid_on,
            method=paid.method,
            payer=paid.payer,
            payee=paid.payee,
        )
        if paid.taken_back:
            take_back(entry)
    return placement
