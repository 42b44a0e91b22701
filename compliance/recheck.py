"""Judging again the few whom a change touched, and the whole district where it touched many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from audit.outbox import Message, handler, publish
from audit.periods import daily
from compliance.cases.judging import judge
from compliance.cases.meanwhile import latest_swept
from compliance.subjects import Subjects, touched_by

MOST_RECHECKED = 5_000
"""More subjects than this are judged quicker by sweeping everybody."""

NIGHT = time(2, 30)


def recheck(subjects: Subjects, *, on: date, at: datetime) -> None:
    """Judge `subjects` on the day `on` and bring their cases up to date; nobody where empty."""
    if len(subjects) > MOST_RECHECKED:
        _sweep(on, at)
    elif len(subjects) > 0:
        judge(on, at=at, subjects=subjects)


def _sweep(on: date, at: datetime) -> None:
    """Sweep as of `on`, or of the later day of an earlier sweep: clocks differ around midnight."""
    judge(max(on, latest_swept() or on), at=at)


@handler("recheck", together=200)
def recheck_touched(messages: Sequence[Message], *, at: datetime) -> None:
    """Judge whom the changes in `messages` touched, as of today in Shanghai."""
    subjects = touched_by(message.payload for message in messages)
    recheck(subjects, on=timezone.localdate(at), at=at)


@handler("sweep", together=1_000)
def sweep_district(messages: Sequence[Message], *, at: datetime) -> None:
    """Judge the whole district once for all of `messages`, as of today in Shanghai."""
    _sweep(timezone.localdate(at), at)


@daily("sweep", due=NIGHT)
def sweep_tonight() -> None:
    """Ask for the sweep that finds what time alone broke."""
    publish("sweep", {"because": "night"})
