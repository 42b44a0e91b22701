"""Attendance, without which nobody knows what is due."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql.constants import LOUTER
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from common.day_sql import DaysLater, MonthName
from compliance.findings import Severity
from compliance.found_rows import found
from compliance.registry import rule
from compliance.scopes import Rows, begun_production
from internships.models import AttendanceDay, PlacementMonth
from internships.placement_queries import PlacementQuerySet


def months_to_confirm(placements: PlacementQuerySet, on: date) -> Rows:
    """Months with a workday whose days of grace have passed."""
    return PlacementMonth.objects.of(placements).filter(has_workday=True).to_confirm_before(on)


@rule(
    "ATT-01",
    title=_("考勤未确认"),
    severity=Severity.WARNING,
    scope=begun_production,
    numbers=("attendance_confirmation_days",),
    judges=months_to_confirm,
)
def attendance_not_confirmed(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months with a workday, past their days of grace, whose attendance is not settled."""
    months = months_to_confirm(placements, on)
    attendance = AttendanceDay.objects.of(placements).filter(day__lt=on).inside_placement()
    attended = CTE(attendance.counted_by_month(), name="attended")
    joined = attended.join(
        months,
        placement_id=attended.col.placement_id,
        month=attended.col.month,
        _join_type=LOUTER,
    ).annotate(
        rows=Coalesce(attended.col.rows, Value(0)),
        unconfirmed=Coalesce(attended.col.unconfirmed, Value(0)),
    )
    return found(
        with_cte(attended, select=joined.filter(Q(rows=0) | Q(unconfirmed__gt=0))),
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since=DaysLater(F("confirm_by"), Value(1)),
        rows="rows",
        unconfirmed="unconfirmed",
    )
