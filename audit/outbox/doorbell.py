"""Telling the worker that something waits: best effort, soon over, never anybody's error."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import KombuError
from redis import RedisError

logger = logging.getLogger(__name__)

DRAIN = "audit.drain_outbox"
SECONDS = 0.2
SECONDS_OF_SILENCE = 5.0
"""After a ring that failed: a broker that is slow costs one request in five seconds its wait."""


@dataclass
class Doorbell:
    """This process's doorbell and how it fared."""

    rung: int = 0
    missed: int = 0
    silent_until: float = 0.0

    def ring(self) -> None:
        """Ask for a drain, unless the last try failed a moment ago; a failure is only counted."""
        if time.monotonic() < self.silent_until:
            self.missed += 1
            return
        try:
            with self._connection() as connection:
                current_app.send_task(
                    DRAIN, connection=connection, retry=False, ignore_result=True, expires=60
                )
        except (OSError, KombuError, RedisError) as error:
            self.missed += 1
            self.silent_until = time.monotonic() + SECONDS_OF_SILENCE
            logger.warning("doorbell not heard: %s", type(error).__name__)
        else:
            self.rung += 1

    def _connection(self) -> Connection:
        """A connection of its own: the worker's waits for messages far longer than this may."""
        return Connection(
            settings.CELERY_BROKER_URL,
            connect_timeout=SECONDS,
            transport_options={
                **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
                "socket_timeout": SECONDS,
                "socket_connect_timeout": SECONDS,
                "retry_on_timeout": False,
                "max_retries": 0,
            },
        )


DOORBELL = Doorbell()


def ring() -> None:
    """Ring the doorbell of this process."""
    DOORBELL.ring()
