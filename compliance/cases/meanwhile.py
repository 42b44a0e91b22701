"""Whose turn it is to judge: rechecks go on while a sweep asks, and their answers stand.

A sweep asks for most of a minute and settles in a few seconds. It holds SWEEP all the while, so
that sweeps follow each other, and TURN only to settle. A recheck holds TURN from its first question
to its commit, so that rechecks and settling follow each other, and notes whom it judged where a
sweep is on: the sweep leaves those to the answer they have, which is the later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from audit.outbox import publish
from compliance.cases.history import SweepRun
from compliance.cases.words import SUBJECTS
from compliance.subjects import Subjects
from people.access import VisibleQuerySet

TURN, SWEEP = "compliance.judging", "compliance.sweeping"


class JudgedMeanwhile(models.Model):
    """A subject that was judged as of `on` while a sweep was on; `key` is its primary key."""

    subject = models.CharField(max_length=10)
    key = models.BigIntegerField()
    on = models.DateField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查期间已复查")

    def __str__(self) -> str:
        return f"{self.subject} {self.key} {self.on}"


class JudgedLater(Exception):
    """The district was swept as of a later day: an earlier one would undo what is known since."""

    def __init__(self, on: date, latest: date) -> None:
        super().__init__(f"{on} lies before {latest}")
        self.on = on
        self.latest = latest


def begin_sweep() -> None:
    """Wait for a sweep that is on, and for rechecks that did not note whom they judge."""
    _lock("pg_advisory_xact_lock", SWEEP)
    JudgedMeanwhile.objects.all().delete()


def hold_off_sweeps() -> None:
    """Wait for a sweep that is on, and have the next wait for the end of this transaction.

    For whoever changes or takes away many rows at once: no sweep sees a part of it, nor writes a
    case of what is gone.
    """
    _lock("pg_advisory_xact_lock_shared", SWEEP)


def take_turn() -> None:
    """Wait for whoever judges or settles; whatever they committed is seen from now on."""
    _lock("pg_advisory_xact_lock", TURN)


def note_where_a_sweep_is_on(subjects: Subjects, on: date) -> None:
    """Note who is about to be judged; where no sweep is on, have the next one wait instead."""
    if _lock("pg_try_advisory_xact_lock_shared", SWEEP):
        return
    JudgedMeanwhile.objects.bulk_create(
        JudgedMeanwhile(subject=subject, key=key, on=on)
        for subject in SUBJECTS
        for key in sorted(getattr(subjects, f"{subject}s"))
    )


def leave_to_later_answers(on: date) -> None:
    """Drop what the sweep found of those who were judged meanwhile.

    Whoever was judged as of a day before `on`, around midnight, is judged again after the sweep.
    """
    with connection.cursor() as cursor:
        for subject in SUBJECTS:
            cursor.execute(
                f"DELETE FROM judged_finding WHERE {subject}_id IN "  # noqa: S608  names of ours
                "(SELECT key FROM compliance_judgedmeanwhile WHERE subject = %s)",
                [subject],
            )
    again = JudgedMeanwhile.objects.filter(on__lt=on).distinct().values_list("subject", "key")
    if payload := _by_kind(again):
        publish("recheck", payload)


def latest_swept() -> date | None:
    """The latest day that a sweep judged; one as of a day to come was a rehearsal."""
    begun = SweepRun.objects.annotate(day=TruncDate("started_at"))
    latest: dict[str, Any] = begun.filter(on__lte=models.F("day")).aggregate(on=Max("on"))
    return latest["on"]


def _by_kind(rows: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    payload: dict[str, list[int]] = {}
    for subject, key in rows:
        payload.setdefault(f"{subject}s", []).append(key)
    return payload


def _lock(function: str, name: str) -> bool:
    """Ask for an advisory lock of this transaction; False where it is not to be had at once."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext(%s))", [name])
        return cursor.fetchone()[0] is not False
