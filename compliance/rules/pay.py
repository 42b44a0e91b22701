"""Pay: agreed, not below the floor, whole, on time, in money, straight to the student."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.sql.constants import LOUTER
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from common.day_sql import DaysFrom, MonthName
from compensation.models import PaymentEntry
from compliance.alerts import Severity
from compliance.findings import found
from compliance.registry import rule
from compliance.scopes import Rows, begun_production
from internships.models import AttendanceDay, PlacementMonth
from internships.placement_queries import PlacementQuerySet


def ripe_pay_months(placements: PlacementQuerySet, on: date) -> Rows:
    """The pay months of `placements` whose due day, `due_on`, has passed, with `paid` in yuan."""
    payments = PaymentEntry.objects.of(placements).valid(until=on)
    paid = CTE(payments.values("placement_id", "month").annotate(sum=Sum("worth")), name="paid")
    months = PlacementMonth.objects.of(placements).filter(has_workday=True)
    months = months.with_agreed_pay().due_before(on)
    joined = paid.join(
        months, placement_id=paid.col.placement_id, month=paid.col.month, _join_type=LOUTER
    )
    return with_cte(paid, select=joined.annotate(paid=Coalesce(paid.col.sum, Value(Decimal(0)))))


@rule(
    "PAY-09",
    title=_("拖欠报酬"),
    severity=Severity.CRITICAL,
    scope=begun_production,
    numbers=("pay_duty", "pay_cycle_months"),
)
def unpaid(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months past their due day without valid pay, unless settled attendance shows no work."""
    months = ripe_pay_months(placements, on).filter(paid=0)
    unpaid_months = CTE(
        months.values("placement_id", "placement__code", "month", "first_on", "last_on", "due_on"),
        name="unpaid_month",
        materialized=True,
    )
    attendance = AttendanceDay.objects.filter(
        placement_id=OuterRef("placement_id"),
        day__range=(OuterRef("first_on"), OuterRef("last_on")),
    )
    due = with_cte(unpaid_months, select=unpaid_months).exclude(
        Exists(attendance), ~Exists(attendance.unsettled_or_paid())
    )
    return found(
        due,
        subject="placement__code",
        period=MonthName("month"),
        since="due_on",
        due_on=F("due_on"),
        days_overdue=DaysFrom(Value(on), F("due_on")),
    )
