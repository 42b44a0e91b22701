"""Once a day, what stands with each person: one digest a day, and none where nothing stands."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from audit.outbox import Message, handler, publish
from audit.periods import daily
from compliance.cases.alerts import Alert
from compliance.cases.owners import owners_of
from compliance.channels.queueing import queue_digests
from compliance.channels.standing import forget_closed

# After the morning's climb, so that it says who holds what today
AFTER_THE_CLIMB = time(7, 30)
NEW = timedelta(hours=24)
CASES_AT_ONCE = 5_000

INSERT = """
    INSERT INTO compliance_digest (recipient_id, "on", counts, created_at)
    SELECT recipient_id, %s, counts, %s
    FROM unnest(%s::bigint[], %s::jsonb[]) AS written (recipient_id, counts)
    ORDER BY recipient_id
    ON CONFLICT (recipient_id, "on") DO NOTHING
    RETURNING id, recipient_id
"""

Counts = Mapping[str, Mapping[str, int]]


@daily("digest", due=AFTER_THE_CLIMB)
def digest_this_morning() -> None:
    """Ask for the day's digests."""
    publish("digest", {"because": "morning"})


@handler("digest", together=100)
def write_todays_digests(messages: Sequence[Message], *, at: datetime) -> None:
    """Write the digests of today in Shanghai, and forget what left the site long ago."""
    write_digests(timezone.localdate(at), at=at)
    forget_closed(at=at)


def write_digests(on: date, *, at: datetime) -> list[tuple[int, int]]:
    """Write the digest of `on` for everybody with whom a case stands; the new, (id, user) each."""
    counts = standing_counts(on, at=at)
    users = sorted(counts)
    with connection.cursor() as cursor:
        written = [json.dumps(counts[user]) for user in users]
        cursor.execute(INSERT, [on, at, users, written])
        new: list[tuple[int, int]] = list(cursor.fetchall())
    queue_digests(new, at=at)
    return new


def standing_counts(on: date, *, at: datetime) -> dict[int, Counts]:
    """What stands with each user on the day, by rule: standing, new since `at` - 24 h, overdue."""
    counts: dict[int, dict[str, dict[str, int]]] = defaultdict(dict)
    for cases in _standing(on):
        held = owners_of([case["pk"] for case in cases], on=on)
        for case in cases:
            for user in held[case["pk"]].user_ids:
                numbers = counts[user].setdefault(
                    case["rule"], {"standing": 0, "new": 0, "overdue": 0}
                )
                numbers["standing"] += 1
                numbers["new"] += case["opened_at"] > at - NEW
                numbers["overdue"] += (case["days_overdue"] or 0) > 0
    return dict(counts)


def _standing(on: date) -> Iterator[list[dict[str, Any]]]:
    """The standing cases in the order of their ids, some thousands at a time."""
    last = 0
    while True:
        rows = Alert.objects.standing().with_days_overdue(on).filter(pk__gt=last).order_by("pk")
        cases = list(rows.values("pk", "rule", "opened_at", "days_overdue")[:CASES_AT_ONCE])
        if not cases:
            return
        yield cases
        last = cases[-1]["pk"]
