"""Which placements: narrowing that says when in its arguments."""

from __future__ import annotations

from django.db import models


class PlacementQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Placements; every method takes the day it speaks of."""
