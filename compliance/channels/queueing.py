"""Writing down what is to leave, in the transaction of the notice or digest it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from compliance.channels.wanted import WANTED, channels_on, lowest_of, sends_digests
from compliance.findings import Severity

# Within this time what comes for one person is put into one letter.
GATHERED_FOR = timedelta(seconds=60)

REACHABLE = "FROM told JOIN people_user u ON u.id = told.recipient_id AND u.is_active{column}"
NOTICES = f"""
    WITH told AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS told (notice_id, recipient_id)
    )
    INSERT INTO compliance_delivery
        (channel, recipient_id, notices, state, attempts, created_at, available_at, reason)
    SELECT %s, told.recipient_id, array_agg(told.notice_id ORDER BY told.notice_id),
        'queued', 0, %s, %s, ''
    {REACHABLE}
    GROUP BY told.recipient_id ORDER BY told.recipient_id
    ON CONFLICT (recipient_id, channel)
        WHERE attempts = 0 AND digest_id IS NULL AND state = 'queued'
    DO UPDATE SET notices = compliance_delivery.notices || excluded.notices
"""  # noqa: S608  names of ours
DIGESTS = f"""
    WITH told AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS told (digest_id, recipient_id)
    )
    INSERT INTO compliance_delivery
        (channel, recipient_id, digest_id, notices, state, attempts, created_at, available_at,
         reason)
    SELECT %s, told.recipient_id, told.digest_id, '{{{{}}}}', 'queued', 0, %s, %s, ''
    {REACHABLE}
    ORDER BY told.recipient_id
    ON CONFLICT (digest_id, channel) DO NOTHING
"""  # noqa: S608


def queue_notices(told: Iterable[tuple[int, int, str]], *, at: datetime) -> None:
    """Queue new notices, (id, recipient, severity) each, by every channel that carries them."""
    rows = list(told)
    for channel in channels_on():
        carried = severities_of(channel)
        chosen = [(notice, user) for notice, user, severity in rows if severity in carried]
        _insert(NOTICES, channel, chosen, at, at + GATHERED_FOR)


def queue_digests(written: Iterable[tuple[int, int]], *, at: datetime) -> None:
    """Queue new digests, (id, recipient) each, by every channel that carries digests."""
    rows = list(written)
    for channel in channels_on():
        if sends_digests(channel):
            _insert(DIGESTS, channel, rows, at, at)


def severities_of(channel: str) -> frozenset[str]:
    """The severities that leave by the channel: its lowest and what is worse."""
    ranked = [str(severity) for severity in Severity]
    return frozenset(ranked[: ranked.index(lowest_of(channel)) + 1])


def _insert(
    statement: str, channel: str, rows: list[tuple[int, int]], at: datetime, from_then: datetime
) -> None:
    if not rows:
        return
    ids, users = zip(*rows, strict=True)
    column = WANTED[channel].column
    reached = f" AND u.{column} IS NOT NULL" if column else ""
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(column=reached), [list(ids), list(users), channel, at, from_then]
        )
