"""Which placements: narrowing that says when in its arguments."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import FilteredRelation, Q, Value
from django.db.models.functions import Greatest, Least

from internships.models.status import (
    AT_WORK_STATUSES,
    BEGUN_STATUSES,
    PlacementKind,
    PlacementStatus,
)
from law.legal_values import whole_on
from people.access import VisibleQuerySet


class PlacementQuerySet(VisibleQuerySet):
    """Placements; every method takes the day it speaks of."""

    def production(self) -> PlacementQuerySet:
        """岗位实习 alone."""
        return self.filter(kind=PlacementKind.PRODUCTION)

    def standing(self, on: date) -> PlacementQuerySet:
        """Approved, active or ended, starting soon and not over for long: as the law's two numbers
        of days say."""
        ahead = timedelta(days=whole_on("standing_ahead_days", on))
        behind = timedelta(days=whole_on("standing_behind_days", on))
        return self.filter(
            status__in=AT_WORK_STATUSES,
            starts_on__lte=on + ahead,
            last_on__gte=on - behind,
        )

    def not_ended(self) -> PlacementQuerySet:
        """Approved or active: to come, or running."""
        return self.filter(status__in=(PlacementStatus.APPROVED, PlacementStatus.ACTIVE))

    def begun(self, on: date) -> PlacementQuerySet:
        """Standing, active or ended, and started by `on`."""
        return self.standing(on).filter(status__in=BEGUN_STATUSES, starts_on__lte=on)

    def with_judged_terms(self, on: date) -> PlacementQuerySet:
        """Joined as `judged` to the terms in force on `on`, or on the nearest day of the period."""
        day = nearest_day(on)
        return self.annotate(
            judged=FilteredRelation("terms", condition=Q(terms__period__includes=day))
        )


class TermsQuerySet(VisibleQuerySet):
    """What was agreed about placements, from day to day."""

    def judged(self, on: date) -> TermsQuerySet:
        """Of each placement the terms in force on `on`, or on the nearest day of its period."""
        return self.filter(period__includes=nearest_day(on, of="placement__"))


def nearest_day(on: date, *, of: str = "") -> Greatest:
    """The day nearest to `on` of the placement that the path `of` leads to."""
    return Greatest(f"{of}starts_on", Least(f"{of}last_on", Value(on)))
