"""The calendar months of a placement, from a view: what pay and attendance are judged by."""

from __future__ import annotations

from django.db import models

from internships.models.placements import Placement


class PlacementMonthQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Months of placements."""

    def of(self, placements: models.QuerySet) -> PlacementMonthQuerySet:  # type: ignore[type-arg]
        """The months of these placements alone."""
        return self.filter(placement__in=placements)


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
