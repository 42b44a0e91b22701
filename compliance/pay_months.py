"""The pay months of one placement: what is due, what came, what is missing, and how it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

from django.db.models import F, Sum
from django_cte import CTE, with_cte

from compensation.models import PaymentEntry
from compliance.rules.pay import due_times_workdays
from internships.models import (
    AttendanceDay,
    PayBasis,
    Placement,
    PlacementKind,
    PlacementMonth,
    PlacementStatus,
)

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
# A pay day lies in the month that follows.
LATEST_PAY_DAY = timedelta(days=62)
BEGUN = (PlacementStatus.ACTIVE, PlacementStatus.ENDED)


class PayState(Enum):
    """What is to be said of a month; `UNPAID` and `SHORT` are past their due day."""

    NOT_AGREED = "not_agreed"
    AHEAD = "ahead"
    RUNNING = "running"
    PAID = "paid"
    NO_WORK = "no_work"
    UNCONFIRMED = "unconfirmed"
    SHORT = "short"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class PayPart:
    """What one set of terms makes of a month: agreed pay (yuan a month, day or hour) and days."""

    basis: PayBasis
    agreed_pay: Decimal | None
    full_days: int
    half_days: int
    leave_days: int
    hours_worked: Decimal

    @property
    def units(self) -> Decimal:
        """Days counted, a half day as a half."""
        return Decimal(self.full_days) + Decimal(self.half_days) / 2


@dataclass(frozen=True, slots=True)
class PayMonth:
    """A month: `due` by the attendance so far, `paid` as valid pay, both yuan; `due_on` the day by
    whose end it must have come; `other` came but does not count (in kind, through somebody else).
    """

    month: date
    first_on: date
    last_on: date
    workdays: int
    due_on: date
    due: Decimal
    paid: Decimal
    other: Decimal
    state: PayState
    settled: bool
    parts: tuple[PayPart, ...]

    @property
    def missing(self) -> Decimal:
        """Yuan that should have come and did not; nothing while the month is not past its day."""
        if self.state in (PayState.SHORT, PayState.UNPAID):
            return max(NOTHING, self.due - self.paid)
        return NOTHING


def pay_months(placement: Placement, *, on: date) -> list[PayMonth]:
    """The months of a production placement that the caller may see, ascending; three queries.

    Due, paid and due day are what PAY-04 and PAY-09 judge by. Empty for an 认识实习, of which the
    law asks no pay.
    """
    if placement.kind != PlacementKind.PRODUCTION:
        return []
    paid, other = _payments(placement, on)
    parts = _parts(placement, on)
    horizon = placement.last_on + LATEST_PAY_DAY
    months: Iterable[Any] = (
        PlacementMonth.objects.filter(placement=placement)
        .due_before(horizon)
        .annotate(agreed_pay=F("closing__agreed_pay"))
        .order_by("month")
    )
    return [
        _month(
            row,
            parts.get(row.month, []),
            paid=paid.get(row.month, NOTHING),
            other=other.get(row.month, NOTHING),
            begun=placement.status in BEGUN,
            on=on,
        )
        for row in months
    ]


def _month(
    row: Any,
    found: list[dict[str, Any]],
    *,
    paid: Decimal,
    other: Decimal,
    begun: bool,
    on: date,
) -> PayMonth:
    whole = sum((Decimal(part["times_workdays"]) for part in found), Decimal(0))
    due = NOTHING
    if row.workdays:
        due = (whole / row.workdays).quantize(FEN, ROUND_HALF_UP)
    settled = bool(found) and all(part["settled"] for part in found)
    counted = any(part["full_days"] or part["half_days"] for part in found)
    agreed = bool(row.agreed_pay) or any(part["agreed_pay"] for part in found)
    ripe = begun and row.has_workday and row.due_on < on
    return PayMonth(
        month=row.month,
        first_on=row.first_on,
        last_on=row.last_on,
        workdays=row.workdays,
        due_on=row.due_on,
        due=due,
        paid=paid,
        other=other,
        settled=settled,
        parts=tuple(_part(part) for part in found),
        state=_state(
            agreed=agreed,
            ahead=row.first_on > on,
            ripe=ripe,
            settled=settled,
            counted=counted,
            missing=due - paid,
            paid=paid,
        ),
    )


def _state(
    *,
    agreed: bool,
    ahead: bool,
    ripe: bool,
    settled: bool,
    counted: bool,
    missing: Decimal,
    paid: Decimal,
) -> PayState:
    if not agreed:
        return PayState.NOT_AGREED
    if ahead:
        return PayState.AHEAD
    if settled and not counted:
        return PayState.NO_WORK
    if not ripe:
        return PayState.PAID if settled and paid and missing <= 0 else PayState.RUNNING
    if not paid:
        return PayState.UNPAID
    if missing <= 0:
        return PayState.PAID
    return PayState.SHORT if settled else PayState.UNCONFIRMED


def _part(found: dict[str, Any]) -> PayPart:
    return PayPart(
        basis=PayBasis(found["pay_basis"]),
        agreed_pay=found["agreed_pay"],
        full_days=found["full_days"],
        half_days=found["half_days"],
        leave_days=found["leave_days"],
        hours_worked=found["hours_worked"],
    )


def _parts(placement: Placement, on: date) -> dict[date, list[dict[str, Any]]]:
    """For each month with attendance before `on`: what each set of terms makes of it."""
    months = CTE(
        PlacementMonth.objects.filter(placement=placement).values(
            "placement_id", "month", "month_ends_on", "first_on", "last_on", "workdays"
        ),
        name="touched_month",
        materialized=True,
    )
    attendance = months.join(
        AttendanceDay.objects.filter(day__lt=on, placement=placement),
        placement_id=months.col.placement_id,
        day__gte=months.col.first_on,
        day__lte=months.col.last_on,
    )
    episodes = CTE(attendance.worth_by_terms(month=months.col.month), name="episode")
    joined = episodes.join(
        months.queryset(),
        placement_id=episodes.col.placement_id,
        month=episodes.col.month,
    )
    columns = ("pay_basis", "agreed_pay", "full_days", "half_days", "leave_days", "hours_worked")
    shown = joined.values(
        "month",
        settled=episodes.col.settled,
        times_workdays=due_times_workdays(episodes.col),
        **{name: getattr(episodes.col, name) for name in columns},
    ).order_by("month", episodes.col.terms)
    by_month: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in with_cte(months, episodes, select=shown):
        by_month[row["month"]].append(row)
    return by_month


def _payments(placement: Placement, on: date) -> tuple[dict[date, Decimal], dict[date, Decimal]]:
    """Yuan by month paid for: what counts as pay, and what came but does not count."""
    entries = PaymentEntry.objects.filter(placement=placement)
    valid = {
        row["month"]: row["sum"]
        for row in entries.valid(until=on).values("month").annotate(sum=Sum("worth"))
    }
    came = {
        row["month"]: row["sum"]
        for row in entries.standing()
        .filter(paid_on__lte=on)
        .exclude(pk__in=entries.valid(until=on).values("pk"))
        .values("month")
        .annotate(sum=Sum("amount"))
    }
    return valid, came


def missing_of(months: Iterable[PayMonth]) -> Decimal:
    """Yuan missing over the months."""
    return sum((month.missing for month in months), NOTHING)
