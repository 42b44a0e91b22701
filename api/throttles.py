"""How many requests one account may make in a minute, wherever they come from."""

from __future__ import annotations

import logging
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from redis.exceptions import RedisError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from people.models import User

logger = logging.getLogger(__name__)

SECONDS = 60


class PerActor(BaseThrottle):
    """Counts by account, never by address: a school behind one address is many people.

    Counted before anything is done, in one step, so that no burst gets past. Without the broker
    nothing is counted and nobody is kept out.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this one may go on."""
        self.now = timezone.now().timestamp()
        kind = "read" if request.method in SAFE_METHODS else "write"
        most = settings.API_REQUESTS_A_MINUTE[kind]
        user = cast(User, request.user)
        return self._counted(f"api:{user.public_id}:{kind}") <= most

    def wait(self) -> float:
        """Seconds until the minute is over."""
        return SECONDS - self.now % SECONDS

    def _counted(self, key: str) -> int:
        window = f"{key}:{int(self.now // SECONDS)}"
        try:
            caches["requests"].add(window, 0, timeout=2 * SECONDS)
            return int(caches["requests"].incr(window))
        except (RedisError, OSError, ValueError):
            logger.warning("requests are not counted: the broker does not answer")
            return 0
