"""The pay months of one placement: what is due, what came, what is missing, and how it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Q, Sum
from django.db.models.sql.constants import LOUTER
from django_cte import CTE, with_cte

from compensation.due import Rows, attended_before, episodes_of, units_of, with_due
from compensation.models import PaymentEntry
from compensation.month_queries import (
    LESS_THAN_DUE,
    NONE_PAID,
    SOME_PAID,
    has_agreed_pay,
    is_without_work,
    pay_months_of,
    ripe,
)
from internships.models import BEGUN_STATUSES, PayBasis, Placement, PlacementKind
from law.legal_values import value_on

NOTHING = Decimal("0.00")
# What tells a month apart, and what the rules judge it by.
TOLD = (
    *("month", "first_on", "last_on", "workdays", "has_workday", "due_on", "paid"),
    *("is_agreed", "is_without_work"),
)


class PayState(Enum):
    """What is to be said of a month; `UNPAID` and `SHORT` are what PAY-09 and PAY-04 find."""

    NOT_AGREED = "not_agreed"
    NO_WORKDAY = "no_workday"
    NOT_BEGUN = "not_begun"
    AHEAD = "ahead"
    RUNNING = "running"
    PAID = "paid"
    NO_WORK = "no_work"
    UNCONFIRMED = "unconfirmed"
    SHORT = "short"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class PayPart:
    """What one set of terms makes of a month: agreed pay (yuan a month, day or hour) and days.

    `units` are the days counted, a half day as a half, the `leave_days` among them; `hours_worked`
    are without those of leave.
    """

    basis: PayBasis
    agreed_pay: Decimal | None
    units: Decimal
    leave_days: int
    hours_worked: Decimal


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

    Due, paid and due day, unpaid and short are what PAY-04 and PAY-09 judge by; what is unpaid
    stays so when the placement is long over and no longer judged. Empty for an 认识实习, of which
    the law asks no pay.
    """
    if placement.kind != PlacementKind.PRODUCTION:
        return []
    parts = _parts(placement, on)
    other = _not_counted(placement, on)
    begun = placement.status in BEGUN_STATUSES
    return [
        PayMonth(
            month=row["month"],
            first_on=row["first_on"],
            last_on=row["last_on"],
            workdays=row["workdays"],
            due_on=row["due_on"],
            due=row["due"] or NOTHING,
            paid=row["paid"] or NOTHING,
            other=other.get(row["month"], NOTHING),
            settled=bool(row["settled"]),
            parts=tuple(parts.get(row["month"], ())),
            state=_state(row, begun=begun, on=on),
        )
        for row in _months(placement, on)
    ]


def missing_of(months: Iterable[PayMonth]) -> Decimal:
    """Yuan missing over the months."""
    return sum((month.missing for month in months), NOTHING)


def _months(placement: Placement, on: date) -> Rows:
    """The months, with all that rules judge them by, whether they do or not."""
    itself = Placement.objects.filter(pk=placement.pk)
    paid = PaymentEntry.objects.of(itself).valid(until=on)
    months = (
        pay_months_of(itself)
        .with_due_on()
        .with_paid(paid)
        .annotate(is_agreed=has_agreed_pay(), is_without_work=is_without_work())
    )
    told = CTE(
        months.values("placement_id", "month_ends_on", *TOLD), name="pay_month", materialized=True
    )
    due = with_due(told, *TOLD, attendance=_attended(placement, on), kept=LOUTER)
    return due.annotate(
        is_ripe=ripe(on),
        is_unpaid=ripe(on) & NONE_PAID & Q(is_without_work=False),
        is_short=ripe(on) & SOME_PAID & LESS_THAN_DUE,
    ).order_by("month")


def _state(month: dict[str, Any], *, begun: bool, on: date) -> PayState:
    """The first of the answers that holds; of a ripe month without any, nothing is owed."""
    paid, due = month["paid"] or NOTHING, month["due"] or NOTHING
    known = month["is_ripe"] or month["settled"]
    answers = (
        (PayState.NOT_AGREED, not month["is_agreed"]),
        (PayState.AHEAD, month["first_on"] > on),
        (PayState.NO_WORKDAY, not month["has_workday"]),
        (PayState.NOT_BEGUN, not begun),
        (PayState.UNPAID, month["is_unpaid"] and value_on("pay_duty", on)),
        (PayState.SHORT, month["is_short"]),
        (PayState.RUNNING, month["last_on"] >= on),
        (PayState.PAID, known and paid > 0 and paid >= due),
        (PayState.NO_WORK, month["is_without_work"]),
        (PayState.RUNNING, not month["is_ripe"]),
        (PayState.UNCONFIRMED, paid > 0),
    )
    return next((state for state, holds in answers if holds), PayState.NO_WORK)


def _attended(placement: Placement, on: date) -> Rows:
    return attended_before(on).filter(placement=placement)


def _parts(placement: Placement, on: date) -> dict[date, list[PayPart]]:
    """For each month with attendance before `on`: what each set of terms makes of it."""
    months = CTE(
        pay_months_of(Placement.objects.filter(pk=placement.pk)).values(
            "placement_id", "month", "first_on", "last_on"
        ),
        name="touched_month",
        materialized=True,
    )
    episodes = episodes_of(months, _attended(placement, on))
    columns = ("month", "pay_basis", "agreed_pay", "leave_days", "hours_worked")
    rows = episodes.queryset().values(*columns, units=units_of(episodes.col))
    by_month: dict[date, list[PayPart]] = defaultdict(list)
    for row in with_cte(months, episodes, select=rows.order_by("month", episodes.col.terms)):
        basis = PayBasis(row.pop("pay_basis"))
        by_month[row.pop("month")].append(PayPart(basis=basis, **row))
    return by_month


def _not_counted(placement: Placement, on: date) -> dict[date, Decimal]:
    """Yuan by month paid for that came and do not count as pay."""
    entries = PaymentEntry.objects.filter(placement=placement)
    came = (
        entries.standing()
        .filter(paid_on__lte=on)
        .exclude(pk__in=entries.valid(until=on).values("pk"))
        .values("month")
        .annotate(sum=Sum("amount"))
    )
    return {row["month"]: row["sum"] for row in came}
