"""Overdue cases climb: one step for each level reached, told to whom it climbed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone

from audit.outbox import Message, handler, publish
from audit.periods import daily
from compliance.cases.alerts import Alert
from compliance.cases.deadlines import days_to
from compliance.cases.meanwhile import take_turn
from compliance.cases.settling import digest
from compliance.cases.telling import tell
from compliance.cases.words import HolderLevel

ACTOR = "system:climb"
# After the night's sweep, so that what it closed climbs no more, and before people begin.
MORNING = time(7, 0)

ESCALATE = f"""
    INSERT INTO compliance_alertstep
        (alert_id, kind, state, severity, "on", at, actor, facts_digest, level)
    SELECT a.id, 'escalated', a.state, a.severity, %s, %s, %s, {digest("a")}, reached.level
    FROM (OVERDUE) AS late
    JOIN compliance_alert a ON a.id = late.id
    JOIN (VALUES ('coordinator', %s::int), ('commission', %s::int)) AS reached (level, days)
        ON late.days_overdue >= reached.days
    WHERE NOT EXISTS (SELECT FROM compliance_alertstep s WHERE s.alert_id = a.id
        AND s.kind = 'escalated' AND s.level = reached.level AND s."on" > late.due_on
        AND (s.state = a.state OR late.acknowledge_by IS NULL))
    ORDER BY a.id, reached.days
    RETURNING id, kind
"""  # noqa: S608


@transaction.atomic
def escalate_overdue(on: date, *, at: datetime) -> int:
    """Write a step for each level that a standing case has reached by `on`; how many.

    A case climbs to a level once for each deadline that it missed, however often this is asked.
    The state of an escalation tells which it was: an open case missed its acknowledgement, where
    the law sets one, and an acknowledged one its cure. It lies after the deadline, so that of an
    earlier life or of another severity counts for nothing.
    """
    late = Alert.objects.overdue(on).with_days_overdue(on).order_by()
    columns = late.values("id", "days_overdue", "due_on", "acknowledge_by")
    overdue, params = columns.query.sql_with_params()
    take_turn()
    with connection.cursor() as cursor:
        cursor.execute(
            ESCALATE.replace("OVERDUE", overdue),
            [
                *(on, at, ACTOR, *params),
                days_to(HolderLevel.COORDINATOR, on),
                days_to(HolderLevel.COMMISSION, on),
            ],
        )
        steps = cursor.fetchall()
    tell(steps)
    return len(steps)


@handler("climb", together=100)
def climb(messages: Sequence[Message], *, at: datetime) -> None:
    """Let overdue cases climb, as of today in Shanghai."""
    escalate_overdue(timezone.localdate(at), at=at)


@daily("climb", due=MORNING)
def climb_this_morning() -> None:
    """Ask for the day's look at what is overdue."""
    publish("climb", {"because": "morning"})
