"""How the outbox stands: what waits, for how long, and what was given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from audit.outbox.rows import WAITING, Outbox

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """Messages waiting, since when the oldest, and messages parked for a person to look at."""

    waiting: int
    oldest_at: datetime | None
    parked: int


def standing() -> Standing:
    """The outbox as it stands now; two counts over partial indexes."""
    counted = Outbox.objects.filter(WAITING | Q(parked_at__isnull=False)).aggregate(
        waiting=Count("pk", filter=WAITING),
        oldest_at=Min("created_at", filter=WAITING),
        parked=Count("pk", filter=Q(parked_at__isnull=False)),
    )
    return Standing(**counted)


def forget_done(*, at: datetime) -> int:
    """Remove messages done more than a week before `at`; how many. Parked ones stay."""
    removed, _ = Outbox.objects.filter(done_at__lt=at - KEPT).delete()
    return removed
