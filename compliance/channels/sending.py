"""Claiming deliveries, sending them outside every transaction, and marking what became of them.

A claim counts the try and lets the delivery rest, and is committed before anybody is called; the
mark is a transaction of its own. A process that is killed between the two sends again, under the
same key: at least once, never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from common.checkpoints import checkpoint
from compliance.channels.adapters import adapter_of
from compliance.channels.letters import Letter, Refused, Unavailable, spoken
from compliance.channels.rows import Delivery, DeliveryState
from compliance.channels.wanted import channels_on
from compliance.channels.wording import letter_of, moot

logger = logging.getLogger(__name__)

FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(hours=6)
MOST_ATTEMPTS = 10
BUDGET = timedelta(seconds=20)
OFF = "the channel is off"


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery in our hands until its rest is over: which try it is, and what to send."""

    delivery_id: int
    channel: str
    attempt: int
    letter: Letter


@dataclass(slots=True)
class Sent:
    """Letters sent in one go, tries that failed, and the channels that rest until the next."""

    sent: int = 0
    failed: int = 0
    resting: set[str] = field(default_factory=set)


def send_due(*, clock: Callable[[], datetime]) -> Sent:
    """Send what is due, for twenty seconds at most; several at once share the work.

    A channel whose provider did not answer rests until the next time, so that one that is down
    costs one wait and keeps nobody else's letters.
    """
    done = Sent()
    end = clock() + BUDGET
    while clock() < end and (claimed := claim(done.resting, at=clock())):
        _send(claimed, done, clock)
    return done


def rest(attempts: int) -> timedelta:
    """How long a delivery rests after its try of that number (from 1) has not succeeded."""
    return min(FIRST_REST * 2 ** min(attempts - 1, 20), LONGEST_REST)


def claim(resting: set[str], *, at: datetime) -> Claim | None:
    """The next delivery to send, its try counted; None when none is due.

    What cannot be sent any more is dropped, and what was tried too often is parked.
    """
    while True:
        with transaction.atomic():
            row = (
                Delivery.objects.due()
                .exclude(channel__in=resting)
                .select_related("recipient", "digest")
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("available_at", "id")
                .first()
            )
            if row is None:
                return None
            if row.attempts >= MOST_ATTEMPTS:
                _close(row.pk, DeliveryState.PARKED, row.reason or "ended without an answer")
            elif row.channel not in channels_on():
                _close(row.pk, DeliveryState.DROPPED, OFF)
            elif why := moot(row, on=timezone.localdate(at)):
                _close(row.pk, DeliveryState.DROPPED, why)
            else:
                Delivery.objects.filter(pk=row.pk).update(
                    attempts=F("attempts") + 1,
                    available_at=Now()
                    + models.Value(rest(row.attempts + 1), models.DurationField()),
                )
                return Claim(row.pk, row.channel, row.attempts + 1, letter_of(row, at=at))


def _send(claimed: Claim, done: Sent, clock: Callable[[], datetime]) -> None:
    _let_go_of_the_connection()
    checkpoint("before-send")
    try:
        adapter_of(claimed.channel).send(claimed.letter)
    except Refused as refused:
        done.failed += 1
        _failed(claimed, spoken(refused), parked=True)
    except Unavailable as unavailable:
        done.failed += 1
        done.resting.add(claimed.channel)
        _failed(claimed, spoken(unavailable), parked=claimed.attempt >= MOST_ATTEMPTS)
    except Exception as error:  # a fault of ours in one letter holds up no other
        done.failed += 1
        logger.exception("delivery %s", claimed.letter.key)
        _failed(claimed, type(error).__name__, parked=claimed.attempt >= MOST_ATTEMPTS)
    else:
        checkpoint("after-send")
        done.sent += 1
        _ours(claimed).update(state=DeliveryState.SENT, sent_at=clock(), reason="")


def _let_go_of_the_connection() -> None:
    """Hold no connection while a provider takes its time; one inside a transaction is a test's."""
    if not connection.in_atomic_block:
        connection.close()


def _ours(claimed: Claim) -> models.QuerySet[Delivery]:
    return Delivery.objects.queued().filter(pk=claimed.delivery_id, attempts=claimed.attempt)


def _failed(claimed: Claim, reason: str, *, parked: bool) -> None:
    logger.warning(
        "delivery %s by %s, try %s: %s",
        claimed.letter.key,
        claimed.channel,
        claimed.attempt,
        reason,
    )
    if parked:
        _ours(claimed).update(state=DeliveryState.PARKED, reason=reason)
    else:
        _ours(claimed).update(reason=reason)


def _close(delivery_id: int, state: DeliveryState, reason: str) -> None:
    Delivery.objects.filter(pk=delivery_id).update(state=state, reason=reason)


def release(*, channel: str = "") -> int:
    """Give parked deliveries, of a channel if one is named, a new set of tries; how many."""
    rows = Delivery.objects.parked()
    if channel:
        rows = rows.filter(channel=channel)
    return rows.update(state=DeliveryState.QUEUED, attempts=1, available_at=Now(), reason="")
