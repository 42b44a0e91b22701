"""What a month's attendance makes due, by the terms in force on each of its days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import BoolAnd
from django.db.models import Case, DecimalField, F, Func, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Least, Round
from django.db.models.lookups import Exact
from django.db.models.sql.constants import INNER
from django_cte import CTE, with_cte

from common.law_sql import LegalValue
from internships.models import AttendanceDay, PayBasis

Rows = QuerySet[Any, Any]

HALF = Decimal("0.5")
EXACT = DecimalField(max_digits=40, decimal_places=10)


def exact(amount: Any) -> Func:
    """The amount as it is, unrounded."""
    return Func(amount, template="(%(expressions)s)", output_field=EXACT)


def units_of(worth: Any) -> Any:
    """Days that count in pay, a half day as a half."""
    return worth.full_days + worth.half_days * Value(HALF)


def due_times_workdays(worth: Any) -> Func:
    """What is due for one episode of terms in a month, times the month's workdays.

    Multiplied rather than divided, so that the sum over the episodes is rounded exactly once.
    A monthly pay is due by the share of the month's workdays, never beyond itself.
    """
    units = units_of(worth)
    leave_hours = LegalValue("paid_leave_hours", day=F("month_ends_on"))
    hours = worth.hours_worked + worth.leave_days * leave_hours
    agreed = Coalesce(worth.agreed_pay, Value(Decimal(0)))
    workdays = F("workdays")
    return exact(
        Case(
            When(
                Exact(worth.pay_basis, Value(PayBasis.MONTHLY.value)),
                then=exact(Least(exact(agreed * units), exact(agreed * workdays))),
            ),
            When(
                Exact(worth.pay_basis, Value(PayBasis.DAILY.value)),
                then=exact(agreed * units * workdays),
            ),
            default=exact(agreed * hours * workdays),
            output_field=EXACT,
        )
    )


def attended_before(on: date) -> Rows:
    """Attendance that is over: of the days before `on`."""
    return AttendanceDay.objects.filter(day__lt=on)


def episodes_of(months: CTE, attendance: Rows) -> CTE:
    """One row a month and terms: what the `attendance` of its touching days is worth."""
    attended = months.join(
        attendance,
        placement_id=months.col.placement_id,
        day__gte=months.col.first_on,
        day__lte=months.col.last_on,
    )
    return CTE(attended.worth_by_terms(month=months.col.month), name="episode")


def with_due(months: CTE, *columns: str, attendance: Rows, kept: str = INNER) -> Rows:
    """The `columns` of months, with `due`, yuan by the `attendance`, and whether it is `settled`.

    `columns` tell the months apart, with their workdays. Months without attendance are left out,
    or, with `kept` an outer join, have both NULL.
    """
    episodes = episodes_of(months, attendance)
    joined = episodes.join(
        months.queryset(),
        placement_id=episodes.col.placement_id,
        month=episodes.col.month,
        _join_type=kept,
    )
    due = (
        joined.values(*columns)
        .annotate(
            settled=BoolAnd(episodes.col.settled),
            times_workdays=Sum(due_times_workdays(episodes.col)),
        )
        .annotate(due=Round(exact(F("times_workdays") / F("workdays")), precision=2))
    )
    return with_cte(months, episodes, select=due)
