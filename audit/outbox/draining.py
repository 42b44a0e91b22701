"""Claiming messages and running their handlers: each effect once, whatever is killed."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now

from audit.outbox.rows import Outbox
from audit.outbox.topics import Message, Topic, known_topics, topic_named
from common.checkpoints import checkpoint

logger = logging.getLogger(__name__)

FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(hours=1)
BUDGET = timedelta(seconds=60)
NOBODY = "nobody takes this topic"
NO_ANSWER = "ended without an answer each time"


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages claimed together, and which attempt of each this is."""

    topic: Topic
    attempts: dict[int, int]


@dataclass(slots=True)
class Drained:
    """How many messages a drain did, and how many attempts of it failed."""

    done: int = 0
    failed: int = 0


def drain(*, clock: Callable[[], datetime]) -> Drained:
    """Claim and run what is available until nothing is, for a minute at most.

    `clock` tells the moment handed to handlers. Several drains at once share the work.
    """
    drained = Drained()
    end = clock() + BUDGET
    while clock() < end and (batch := claim()):
        checkpoint("after-claim")
        _run(batch, drained, clock)
    return drained


def rest(attempts: int) -> timedelta:
    """How long a message rests after its attempt of that number (from 1) has not succeeded."""
    return min(FIRST_REST * 2 ** min(attempts - 1, 20), LONGEST_REST)


def claim() -> Batch | None:
    """The next messages of one topic, or None when nothing is available.

    The attempt is counted and committed before the effect begins, so that a message which kills
    its process is counted too. Messages tried before come alone.
    """
    while True:
        with transaction.atomic():
            first = (
                Outbox.objects.available()
                .select_for_update(skip_locked=True)
                .order_by("available_at", "id")
                .first()
            )
            if first is None:
                return None
            topic = topic_named(first.topic)
            if topic is None:
                _park(first.pk, NOBODY)
            elif first.attempts >= topic.most_attempts:
                _park(first.pk, first.reason or NO_ANSWER)
            else:
                return _claimed(topic, first)


def _claimed(topic: Topic, first: Outbox) -> Batch:
    rows = [first]
    if topic.together > 1 and first.attempts == 0:
        rows += (
            Outbox.objects.available()
            .filter(topic=topic.name, attempts=0)
            .exclude(pk=first.pk)
            .select_for_update(skip_locked=True)
            .order_by("available_at", "id")[: topic.together - 1]
        )
    attempts = {row.pk: row.attempts + 1 for row in rows}
    Outbox.objects.filter(pk__in=attempts).update(
        attempts=F("attempts") + 1,
        available_at=Now() + models.Value(rest(first.attempts + 1), models.DurationField()),
    )
    return Batch(topic, attempts)


def _run(batch: Batch, drained: Drained, clock: Callable[[], datetime]) -> None:
    """Take the batch; one that fails is taken message by message, each answering for itself."""
    try:
        drained.done += _take(batch, at=clock())
    except Exception as error:  # noqa: BLE001  its text may quote a row: only kind and place are kept
        _failed(batch, drained, clock, error)


def _failed(
    batch: Batch, drained: Drained, clock: Callable[[], datetime], error: Exception
) -> None:
    if len(batch.attempts) > 1:
        for message_id, attempt in batch.attempts.items():
            _run(Batch(batch.topic, {message_id: attempt}), drained, clock)
        return
    drained.failed += 1
    ((message_id, attempt),) = batch.attempts.items()
    reason = place_of(error)
    logger.error("outbox %s %s, attempt %s: %s", batch.topic.name, message_id, attempt, reason)
    logger.debug("outbox %s", message_id, exc_info=error)
    rows = Outbox.objects.waiting().filter(pk=message_id, attempts=attempt)
    if attempt >= batch.topic.most_attempts:
        _park(message_id, reason)
    else:
        rows.update(reason=reason)


def _take(batch: Batch, *, at: datetime) -> int:
    """Run the handler and mark its messages done in one transaction; how many there were."""
    with transaction.atomic():
        messages = _held(batch)
        if not messages:
            return 0
        batch.topic.take(messages, at=at)
        Outbox.objects.filter(pk__in=[message.id for message in messages]).update(
            done_at=Now(), reason=""
        )
        checkpoint("before-commit")
    checkpoint("after-commit")
    return len(messages)


def _held(batch: Batch) -> Sequence[Message]:
    """The batch's messages that are still ours, locked; another's are left to it.

    It waits for a lock: a claim that came too late holds the row a moment before it lets go.
    """
    rows = Outbox.objects.waiting().filter(pk__in=batch.attempts).select_for_update().order_by("id")
    return [
        Message(row.pk, row.payload, row.created_at)
        for row in rows
        if row.attempts == batch.attempts[row.pk]
    ]


def _park(message_id: int, reason: str) -> None:
    Outbox.objects.waiting().filter(pk=message_id).update(parked_at=Now(), reason=reason)
    logger.error("outbox %s parked: %s", message_id, reason)


def release(*, message_id: int | None = None) -> int:
    """Give parked messages a new set of attempts: one, or those whose topic has found a taker."""
    rows = Outbox.objects.parked()
    if message_id is None:
        rows = rows.filter(reason=NOBODY, topic__in=known_topics())
    else:
        rows = rows.filter(pk=message_id)
    return rows.update(parked_at=None, attempts=0, available_at=Now(), reason="")


def place_of(error: BaseException) -> str:
    """The kind of an error and the last place in our code that it passed, without its text."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if file.is_relative_to(settings.BASE_DIR) and "site-packages" not in file.parts:
            place = f" at {file.relative_to(settings.BASE_DIR)}:{frame.lineno}"
    return f"{type(error).__name__}{place}"[:200]
