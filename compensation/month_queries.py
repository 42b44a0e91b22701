"""Pay months: when each is due, what was paid for it, which are unpaid or short."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Sum
from django.db.models.sql.constants import LOUTER
from django_cte import CTE, with_cte

from common.day_sql import DaysLater
from common.ranges import Days, FirstDay
from compensation.due import Rows, attended_before, with_due
from compensation.models import PaymentEntry, PaymentQuerySet
from internships.attendance_queries import AttendanceQuerySet
from internships.models import AttendanceDay, PayBasis, PlacementMonth, Terms
from internships.models.months import PlacementMonthQuerySet

# Of months with what was `paid` for them
NONE_PAID = Q(paid__isnull=True) | Q(paid=0)
SOME_PAID = Q(paid__gt=0)
# Of months with what is `due` as well
LESS_THAN_DUE = Q(settled=True, paid__lt=F("due"))


def past_due_day(on: date) -> Q:
    """Of months with `due_on`: that it has passed."""
    return Q(due_on__lt=on)


def ripe(on: date) -> Q:
    """Of months with `due_on` and `is_agreed`: that pay should have come by now."""
    return Q(has_workday=True, is_agreed=True) & past_due_day(on)


class PayMonthQuerySet(PlacementMonthQuerySet):
    """Months of placements, as months of pay."""

    def with_due_on(self) -> Self:
        """The day by whose end each must have been paid: the pay day of the following month.

        The pay day is that of the terms in force on the last touching day, joined as `closing`.
        """
        closing = FilteredRelation(
            "placement__terms", condition=Q(placement__terms__period__includes=F("last_on"))
        )
        return self.annotate(
            closing=closing, due_on=DaysLater(F("month_ends_on"), F("closing__pay_day"))
        )

    def ripe(self, on: date) -> Self:
        """Months for which pay should have come by now: with a workday, pay agreed, and past
        their due day, `due_on`.
        """
        return self.with_due_on().alias(is_agreed=has_agreed_pay()).filter(ripe(on))

    def with_paid(self, payments: PaymentQuerySet) -> Self:
        """What the valid `payments` come to for each month: `paid`, yuan, NULL where none came."""
        sums = payments.values("placement_id", "month").annotate(sum=Sum("worth"))
        paid = CTE(sums, name="paid")
        joined = paid.join(
            self, placement_id=paid.col.placement_id, month=paid.col.month, _join_type=LOUTER
        )
        return with_cte(paid, select=joined.annotate(paid=paid.col.sum))


def pay_months_of(placements: QuerySet[Any]) -> PayMonthQuerySet:
    """The months of these placements."""
    return PayMonthQuerySet(PlacementMonth).of(placements)


def has_agreed_pay() -> Exists:
    """Of a month: whether pay is agreed on one of its touching days."""
    return Exists(
        Terms.objects.filter(
            placement_id=OuterRef("placement_id"),
            period__touches=Days(OuterRef("first_on"), OuterRef("last_on")),
            agreed_pay__gt=0,
        )
    )


def attended_in_month() -> AttendanceQuerySet:
    """Of a month: the attendance of its touching days."""
    return AttendanceDay.objects.filter(
        placement_id=OuterRef("placement_id"),
        day__range=(OuterRef("first_on"), OuterRef("last_on")),
    )


def is_settled() -> Q:
    """Of a month: whether there is attendance, and all of it confirmed."""
    rows = attended_in_month()
    return Q(Exists(rows), ~Exists(rows.unsettled()))


def is_without_work() -> Q:
    """Of a month: whether its attendance is settled and nothing in it counts in pay."""
    attended = attended_in_month()
    return Q(Exists(attended), ~Exists(attended.unsettled_or_paid()))


def ripe_pay_months(placements: QuerySet[Any], on: date) -> PayMonthQuerySet:
    """The pay months of begun `placements` whose `due_on` has passed, with what was `paid`."""
    payments = PaymentEntry.objects.of(placements).valid(until=on)
    return pay_months_of(placements).ripe(on).with_paid(payments)


def unpaid_months(placements: QuerySet[Any], on: date) -> Rows:
    """Ripe months of begun `placements` without valid pay, unless they are without work."""
    columns = ("placement_id", "placement__code", "month", "first_on", "last_on", "due_on")
    months = CTE(
        ripe_pay_months(placements, on).filter(NONE_PAID).values(*columns),
        name="unpaid_month",
        materialized=True,
    )
    unpaid = with_cte(months, select=months).alias(is_without_work=is_without_work())
    return unpaid.filter(is_without_work=False)


def short_months(placements: QuerySet[Any], on: date) -> Rows:
    """Ripe months of begun `placements`, settled, and paid in part: less than is `due`."""
    shown = ("placement_id", "placement__code", "month", "workdays", "due_on", "paid")
    doubtful = CTE(
        _paid_in_part(placements, on).values(*shown, "month_ends_on", "first_on", "last_on"),
        name="doubtful_month",
        materialized=True,
    )
    months = with_due(doubtful, *shown, attendance=attended_before(on))
    return months.filter(LESS_THAN_DUE)


def _paid_in_part(placements: QuerySet[Any], on: date) -> PayMonthQuerySet:
    """Ripe months with some pay that may be too little.

    A monthly pay is never due beyond itself: who got all of it needs no look at the attendance.
    """
    months = ripe_pay_months(placements, on).annotate(
        basis=F("closing__pay_basis"),
        monthly_pay=F("closing__agreed_pay"),
        amended_on=FirstDay("closing__period"),
    )
    may_be_short = (
        Q(basis__in=(PayBasis.DAILY, PayBasis.HOURLY))
        | Q(monthly_pay__gt=F("paid"))
        | Q(amended_on__gt=F("first_on"))
    )
    return months.filter(may_be_short, SOME_PAID)
