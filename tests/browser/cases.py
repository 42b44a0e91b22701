"""Leaves a student without cover, so that the pages have somebody unprotected to show."""

from __future__ import annotations

from datetime import date

from insurance.models import InsuredPeriod
from internships.models import Placement, PlacementState


def take_cover_away(on: date) -> None:
    """Leave a student of the first school, at work on the day, without any cover."""
    running = Placement.objects.filter(
        state=PlacementState.ACTIVE, starts_on__lte=on, last_on__gt=on
    ).order_by("school__code", "code")
    learner = running.values_list("learner", flat=True)[0]
    InsuredPeriod.objects.filter(learner=learner).delete()
