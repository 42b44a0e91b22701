"""What Celery may be asked for: to send what is due."""

from __future__ import annotations

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone
from redis import RedisError

from compliance.channels.sending import send_due

ONE_SENDER = "compliance.one-sender"
SECONDS = 60


@shared_task(name="compliance.send_deliveries")
def send_deliveries() -> None:
    """Send what is due, unless another is at it: providers may be slow, judging may not wait.

    Two at once would do no harm; without the cache there may be.
    """
    if not _alone():
        return
    try:
        send_due(clock=timezone.now)
    finally:
        _let_others()


def _alone() -> bool:
    try:
        return bool(cache.add(ONE_SENDER, 1, timeout=SECONDS))
    except RedisError:
        return True


def _let_others() -> None:
    try:
        cache.delete(ONE_SENDER)
    except RedisError:
        return
