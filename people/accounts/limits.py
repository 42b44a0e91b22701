"""How often a password may be tried: counted before it is checked, so that no burst gets past."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.db import connection

from common.encryption import blind_index
from people.models import SignInTries

TRIES = 10
WINDOW = timedelta(minutes=15)
SWEPT_AT_ONCE = 100

_CLAIM = """
INSERT INTO people_signintries AS known (key, started_at, tries)
VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN known.started_at <= %(stale)s THEN 1
                 ELSE least(known.tries + 1, %(limit)s + 1) END,
    started_at = CASE WHEN known.started_at <= %(stale)s THEN excluded.started_at
                      ELSE known.started_at END
RETURNING tries, started_at
"""

_FORGET_STALE = """
DELETE FROM people_signintries WHERE key IN (
    SELECT key FROM people_signintries WHERE started_at <= %(stale)s
    ORDER BY started_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
"""


def claim_try(*, username: str, place: str, at: datetime) -> int:
    """Count a try of `username` from `place`; 0 when it may go on, else the seconds to wait.

    The limit is for the two together: one school behind one address does not use up another's
    tries, and a stranger elsewhere cannot lock the owner out. It is kept in the database, so that
    it holds across processes and with the broker gone.
    """
    return _claimed(_key(username, place), at=at, most=TRIES)


def claim_one(what: str, *, at: datetime, most: int) -> int:
    """Count one of what is limited to `most` in a quarter of an hour; else the seconds to wait."""
    return _claimed(_key(what, ""), at=at, most=most)


def _claimed(key: bytes, *, at: datetime, most: int) -> int:
    stale = at - WINDOW
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"key": key, "at": at, "stale": stale, "limit": most})
        tries, started_at = cursor.fetchone()
        if tries == 1:
            cursor.execute(_FORGET_STALE, {"stale": stale, "most": SWEPT_AT_ONCE})
    if tries <= most:
        return 0
    return max(1, math.ceil((started_at + WINDOW - at).total_seconds()))


def forget_tries(*, username: str, place: str) -> None:
    """Begin the count anew after the right password."""
    SignInTries.objects.filter(key=_key(username, place)).delete()


def _key(username: str, place: str) -> bytes:
    return blind_index(f"{username}\x00{place}", purpose="people_signintries.key")
