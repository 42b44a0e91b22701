"""The calendar months of a placement, from a view: what pay and attendance are judged by."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F

from common.day_sql import DaysLater
from common.law_sql import LegalValue
from internships.models.placements import Placement
from people.access import VisibleQuerySet


class PlacementMonthQuerySet(VisibleQuerySet):
    """Months of placements."""

    def of(self, placements: models.QuerySet[Any]) -> Self:
        """The months of these placements alone."""
        return self.filter(placement__in=placements)

    def to_confirm_before(self, on: date) -> Self:
        """Months whose attendance should be confirmed by now: `confirm_by` has passed.

        The days of grace after the month's end are those of the law on that last day.
        """
        grace = LegalValue("attendance_confirmation_days", day=F("month_ends_on"))
        return self.annotate(confirm_by=DaysLater(F("month_ends_on"), grace)).filter(
            confirm_by__lt=on
        )


class PlacementMonth(models.Model):
    """A month that a placement touches.

    The *touching days* are `first_on` to `last_on`, both included; `workdays` counts the whole
    month, `has_workday` speaks of the touching days.
    """

    pk = models.CompositePrimaryKey("placement_id", "month")
    placement = models.ForeignKey(Placement, models.DO_NOTHING, related_name="months")
    month = models.DateField()
    month_ends_on = models.DateField()
    first_on = models.DateField()
    last_on = models.DateField()
    workdays = models.PositiveSmallIntegerField()
    has_workday = models.BooleanField()

    objects = PlacementMonthQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "internships_placementmonth"

    def __str__(self) -> str:
        return f"{self.placement_id} {self.month:%Y-%m}"
