"""Steps of cases become notices: one for each step and each of those who hold the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from audit.outbox import Message, handler
from common.checkpoints import checkpoint
from compliance.cases.history import AlertStep
from compliance.cases.owners import holders_at, owners_of
from compliance.cases.telling import TOPIC
from compliance.cases.words import HolderLevel
from compliance.channels.queueing import queue_notices

INSERT = """
    INSERT INTO compliance_notice (step_id, alert_id, recipient_id, created_at)
    SELECT step.id, step.alert_id, told.recipient_id, %s
    FROM unnest(%s::bigint[], %s::bigint[]) AS told (step_id, recipient_id)
    JOIN compliance_alertstep step ON step.id = told.step_id
    ORDER BY step.id, told.recipient_id
    ON CONFLICT (step_id, recipient_id) DO NOTHING
    RETURNING id, recipient_id,
        (SELECT severity FROM compliance_alertstep s WHERE s.id = compliance_notice.step_id)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that is new: its id, whom it tells, how badly the case weighed."""

    id: int
    recipient_id: int
    severity: str


@handler(TOPIC, together=20)
def tell_holders(messages: Sequence[Message], *, at: datetime) -> None:
    """Write the notices of the steps in `messages`; those that are there stay as they are."""
    steps = {step for message in messages for step in message.payload["steps"]}
    write_notices(steps, at=at)


def write_notices(step_ids: Iterable[int], *, at: datetime) -> list[Told]:
    """Tell each step to those who hold its case; the notices that are new.

    They are the people of the day it is told, at the level where the case was on the day of the
    step: who has left in between is not told, and a climb since then has a step of its own.
    A case that climbed is told to those of the level it reached, or the next one up that has
    anybody. A case that nobody at all could hold is told to nobody, and stands in the digest of
    whoever comes first.
    """
    recipients = [
        (step, user)
        for step, users in sorted(_recipients(step_ids, timezone.localdate(at)).items())
        for user in sorted(users)
    ]
    checkpoint("before-notice")
    if not recipients:
        return []
    steps, users = zip(*recipients, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [at, list(steps), list(users)])
        new = [Told(*row) for row in cursor.fetchall()]
    queue_notices(((notice.id, notice.recipient_id, notice.severity) for notice in new), at=at)
    return new


def _recipients(step_ids: Iterable[int], today: date) -> dict[int, tuple[int, ...]]:
    """The users to tell of each step, in as many queries for one step as for thousands of a day."""
    by_day: dict[date, list[AlertStep]] = defaultdict(list)
    for step in AlertStep.objects.filter(pk__in=list(step_ids)).only("alert_id", "level", "on"):
        by_day[step.on].append(step)
    told: dict[int, tuple[int, ...]] = {}
    for day, steps in by_day.items():
        on = max(day, today)
        held = owners_of({step.alert_id for step in steps if not step.level}, on=on, late_on=day)
        told |= {step.pk: held[step.alert_id].user_ids for step in steps if not step.level}
        for level in HolderLevel:
            climbed = {step.pk: step.alert_id for step in steps if step.level == level}
            if climbed:
                there = holders_at(level, climbed.values(), on=on)
                told |= {step: there[alert] for step, alert in climbed.items()}
    return told
