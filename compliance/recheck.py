"""Judging again the few whom a change touched, and the whole district where it touched many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime, time

from django.utils import timezone

from audit.outbox import Message, handler, publish
from audit.periods import daily
from compliance.cases.judging import JudgeOutcome, judge
from compliance.cases.meanwhile import latest_swept
from compliance.subjects import Subjects, touched_by

MOST_RECHECKED = 5_000
"""More subjects than this are judged quicker by sweeping everybody."""

NIGHT = time(2, 30)


class RulesFailed(Exception):
    """Rules failed, and failed again: the message that asks for them waits, and is parked."""


def recheck(subjects: Subjects, *, on: date, at: datetime) -> Iterable[str]:
    """Judge `subjects` on the day `on` and bring their cases up to date; nobody where empty.

    The rules that failed, whose cases are as they were.
    """
    if len(subjects) > MOST_RECHECKED:
        return _sweep(on, at).failed
    if len(subjects) > 0:
        return judge(on, at=at, subjects=subjects).failed
    return ()


def _sweep(on: date, at: datetime) -> JudgeOutcome:
    """Sweep as of `on`, or of the later day of an earlier sweep: clocks differ around midnight."""
    return judge(max(on, latest_swept() or on), at=at)


@handler("recheck", together=200)
def recheck_touched(messages: Sequence[Message], *, at: datetime) -> None:
    """Judge whom the changes in `messages` touched, as of today in Shanghai.

    What the other rules found is kept where one fails, and the same subjects are judged again.
    """
    subjects = touched_by(message.payload for message in messages)
    if recheck(subjects, on=timezone.localdate(at), at=at):
        named = {kind.name: sorted(getattr(subjects, kind.name)) for kind in fields(subjects)}
        publish("recheck-again", named)


@handler("recheck-again")
def recheck_what_failed(messages: Sequence[Message], *, at: datetime) -> None:
    """Judge again whom a rule failed on; raises RulesFailed, and so waits, while one does."""
    subjects = touched_by(message.payload for message in messages)
    if failed := recheck(subjects, on=timezone.localdate(at), at=at):
        raise RulesFailed(" ".join(sorted(failed)))


@handler("sweep", together=1_000)
def sweep_district(messages: Sequence[Message], *, at: datetime) -> None:
    """Judge the whole district once for all of `messages`, as of today in Shanghai."""
    if _sweep(timezone.localdate(at), at).failed:
        publish("sweep-again", {"because": "failed"})


@handler("sweep-again", together=1_000, most_attempts=5)
def sweep_what_failed(messages: Sequence[Message], *, at: datetime) -> None:
    """Sweep again where a rule failed; raises RulesFailed, and so waits, while one does."""
    if failed := _sweep(timezone.localdate(at), at).failed:
        raise RulesFailed(" ".join(sorted(failed)))


@daily("sweep", due=NIGHT)
def sweep_tonight() -> None:
    """Ask for the sweep that finds what time alone broke."""
    publish("sweep", {"because": "night"})
