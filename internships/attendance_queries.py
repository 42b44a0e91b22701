"""Which attended days, and what they amount to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import BoolAnd
from django.db import models
from django.db.models import Count, F, FilteredRelation, Q, Sum, Value
from django.db.models.functions import Coalesce

from common.day_sql import MonthOf
from internships.models.status import AttendanceStatus
from people.access import VisibleQuerySet

WORKED_STATUSES = (AttendanceStatus.PRESENT, AttendanceStatus.HALF_DAY)


FULL_STATUSES = (AttendanceStatus.PRESENT, AttendanceStatus.PAID_LEAVE)
# Days that count in pay: whole, half, and paid leave.
COUNTED_STATUSES = (*WORKED_STATUSES, AttendanceStatus.PAID_LEAVE)


class AttendanceQuerySet(VisibleQuerySet):
    """Rows of attendance."""

    def of(self, placements: models.QuerySet[Any]) -> AttendanceQuerySet:
        """The rows of these placements alone."""
        return self.filter(placement__in=placements)

    def worked(self, until: date) -> AttendanceQuerySet:
        """Whole and half days of work, up to and on `until`."""
        return self.filter(status__in=WORKED_STATUSES, day__lte=until)

    def inside_placement(self) -> AttendanceQuerySet:
        """Rows on a day from the placement's first to its last."""
        return self.filter(placement__period__includes=F("day"))

    def outside_placement(self) -> AttendanceQuerySet:
        """Rows before the placement's first day or after its last."""
        return self.filter(
            Q(day__lt=F("placement__starts_on")) | Q(day__gt=F("placement__last_on"))
        )

    def with_terms_of_the_day(self) -> AttendanceQuerySet:
        """Joined as `in_force` to the terms in force on the row's own day."""
        return self.annotate(
            in_force=FilteredRelation(
                "placement__terms", condition=Q(placement__terms__period__includes=F("day"))
            )
        )

    def counted_by_month(self) -> models.QuerySet[Any, Any]:
        """One row a placement and month: how many `rows`, and how many of them `unconfirmed`."""
        return self.values("placement_id", month=MonthOf("day")).annotate(
            rows=Count("*"), unconfirmed=Count("day", filter=Q(confirmed=False))
        )

    def worth_by_terms(self, *, month: Any) -> models.QuerySet[Any, Any]:
        """One row a placement, `month` and terms: days by what they count for, and `settled`.

        `full_days` count one unit each, `half_days` half a unit; `hours_worked` are the hours of
        worked rows, those of the `leave_days` among the full days come on top.
        """
        return (
            self.with_terms_of_the_day()
            .values(
                "placement_id",
                month=month,
                terms=F("in_force__pk"),
                pay_basis=F("in_force__pay_basis"),
                agreed_pay=F("in_force__agreed_pay"),
            )
            .annotate(
                full_days=Count("day", filter=Q(status__in=FULL_STATUSES)),
                half_days=Count("day", filter=Q(status=AttendanceStatus.HALF_DAY)),
                leave_days=Count("day", filter=Q(status=AttendanceStatus.PAID_LEAVE)),
                hours_worked=Coalesce(
                    Sum("hours", filter=Q(status__in=WORKED_STATUSES)), Value(Decimal(0))
                ),
                settled=BoolAnd("confirmed"),
            )
        )

    def unsettled(self) -> AttendanceQuerySet:
        """Rows that the enterprise has not confirmed."""
        return self.filter(confirmed=False)

    def unsettled_or_paid(self) -> AttendanceQuerySet:
        """Rows that the enterprise has not confirmed, or that count in pay."""
        return self.filter(Q(confirmed=False) | Q(status__in=COUNTED_STATUSES))
