"""Which attended days, and what they amount to."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from internships.models.status import AttendanceStatus
from people.access import VisibleQuerySet

WORKED_STATUSES = (AttendanceStatus.PRESENT, AttendanceStatus.HALF_DAY)


# Days that count in pay: whole, half, and paid leave.
COUNTED_STATUSES = (*WORKED_STATUSES, AttendanceStatus.PAID_LEAVE)


class AttendanceQuerySet(VisibleQuerySet):
    """Rows of attendance."""

    def of(self, placements: models.QuerySet) -> AttendanceQuerySet:  # type: ignore[type-arg]
        """The rows of these placements alone."""
        return self.filter(placement__in=placements)

    def worked(self, until: date) -> AttendanceQuerySet:
        """Whole and half days of work, up to and on `until`."""
        return self.filter(status__in=WORKED_STATUSES, day__lte=until)

    def inside_placement(self) -> AttendanceQuerySet:
        """Rows on a day from the placement's first to its last."""
        return self.filter(
            Q(day__gte=F("placement__starts_on")), Q(day__lte=F("placement__last_on"))
        )

    def outside_placement(self) -> AttendanceQuerySet:
        """Rows before the placement's first day or after its last."""
        return self.filter(
            Q(day__lt=F("placement__starts_on")) | Q(day__gt=F("placement__last_on"))
        )

    def unsettled_or_paid(self) -> AttendanceQuerySet:
        """Rows that the enterprise has not confirmed, or that count in pay."""
        return self.filter(Q(confirmed=False) | Q(status__in=COUNTED_STATUSES))
