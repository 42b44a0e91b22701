"""How deliveries stand: what waits to leave the site, and what was given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from compliance.channels.rows import QUEUED, Delivery, DeliveryState

KEPT = timedelta(days=90)
CLOSED = Q(state__in=(DeliveryState.SENT, DeliveryState.DROPPED))
PARKED = Q(state=DeliveryState.PARKED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Deliveries that are queued, and deliveries parked for a person to look at."""

    waiting: int
    parked: int


def waiting_to_leave() -> Waiting:
    """The deliveries as they stand now."""
    counted = Delivery.objects.filter(QUEUED | PARKED).aggregate(
        waiting=Count("pk", filter=QUEUED), parked=Count("pk", filter=PARKED)
    )
    return Waiting(**counted)


def forget_closed(*, at: datetime) -> int:
    """Remove deliveries sent or dropped that were written more than 90 days before `at`."""
    removed, _ = Delivery.objects.filter(CLOSED, created_at__lt=at - KEPT).delete()
    return removed
