"""What Celery may be asked for: to look at the outbox, and at what is due today."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from audit import periods
from audit.outbox import draining


@shared_task(name="audit.drain_outbox")
def drain_outbox() -> None:
    """Do what waits in the outbox; nothing is carried by the task itself."""
    draining.drain(clock=timezone.now)


@shared_task(name="audit.look_at_periods")
def look_at_periods() -> None:
    """Claim the daily jobs that are due, and put the outbox in order once a day."""
    periods.look(at=timezone.now())
