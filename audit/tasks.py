"""What Celery may be asked for: to look at the outbox, and at what is due today."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from audit import periods
from audit.outbox import draining
from audit.outbox.standing import forget_done


@shared_task(name="audit.drain_outbox")
def drain_outbox() -> None:
    """Do what waits in the outbox; nothing is carried by the task itself."""
    draining.drain(clock=timezone.now)


@shared_task(name="audit.open_outbox")
def open_outbox() -> None:
    """What a worker asks itself on its start: topics it has learnt, what waits, what is due."""
    draining.release()
    look_at_periods()
    drain_outbox()


@shared_task(name="audit.look_at_periods")
def look_at_periods() -> None:
    """Claim the daily jobs that are due, and forget what was done long ago when one was."""
    now = timezone.now()
    if periods.look(at=now):
        forget_done(at=now)
