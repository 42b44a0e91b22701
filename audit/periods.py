"""Work that is due once a day: the row of a period is its claim, whatever beat and broker do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.checkpoints import checkpoint
from common.known_words import known_word
from common.ranges import ONE_DAY


class PeriodFate(models.TextChoices):
    """What became of a due period: its work was asked for, or a later one stands for it."""

    ASKED = "asked", _("已安排")
    SUPERSEDED = "superseded", _("由后一期代替")


class PeriodRun(models.Model):
    """A due day of a daily job, by Shanghai date. Whoever inserts the row does the work.

    The work is asked for in the row's own transaction, so that no row is without it. Of days that
    were missed together only the newest is worked, for what is judged is how things stand now; the
    others say so.
    """

    job = models.CharField(max_length=40)
    period = models.DateField()
    fate = models.CharField(max_length=12, choices=PeriodFate)
    claimed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("到期任务")
        constraints = (
            models.UniqueConstraint(
                fields=("job", "period"), name="period_of_a_job_is_claimed_once"
            ),
            known_word("period_fate_is_a_known_one", "fate", PeriodFate),
        )

    def __str__(self) -> str:
        return f"{self.job} {self.period}"


@dataclass(frozen=True, slots=True)
class DailyJob:
    """A job due every day at `due` Shanghai time; `ask` writes its work down in a transaction."""

    name: str
    due: time
    ask: Callable[[], None]


_JOBS: dict[str, DailyJob] = {}


class JobTaken(Exception):
    """A daily job is registered once."""


def daily(name: str, *, due: time) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register the decorated function as what a due day of `name` asks for.

    It runs inside the transaction of the claim and must only publish.
    """

    def register(ask: Callable[[], None]) -> Callable[[], None]:
        if name in _JOBS:
            raise JobTaken(name)
        _JOBS[name] = DailyJob(name, due, ask)
        return ask

    return register


def look(*, at: datetime) -> list[PeriodRun]:
    """Claim every due day of every job, once; the rows that are new, oldest first by job."""
    return [row for job in list(_JOBS.values()) for row in claim_due_days(job, at=at)]


@transaction.atomic
def claim_due_days(job: DailyJob, *, at: datetime) -> list[PeriodRun]:
    """Insert the days of `job` that are due by `at` and have no row; ask for the newest's work.

    A job without any row begins with its newest due day. Two callers at once: one has the rows.
    """
    newest = newest_due(job, at=at)
    known = PeriodRun.objects.filter(job=job.name)
    last = known.aggregate(last=models.Max("period"))["last"]
    if last is not None and last >= newest:
        return []
    first = newest if last is None else last + ONE_DAY
    due = [first + ONE_DAY * number for number in range((newest - first).days + 1)]
    rows = [
        PeriodRun(
            job=job.name,
            period=day,
            claimed_at=at,
            fate=PeriodFate.ASKED if day == newest else PeriodFate.SUPERSEDED,
        )
        for day in due
    ]
    claimed = [row for row in rows if _is_claimed(row)]
    if any(row.fate == PeriodFate.ASKED for row in claimed):
        job.ask()
    checkpoint("after-period")
    return claimed


def _is_claimed(row: PeriodRun) -> bool:
    """Insert the row; False when another was first, after waiting for it to commit or not."""
    values = {"fate": row.fate, "claimed_at": row.claimed_at}
    _, made = PeriodRun.objects.get_or_create(job=row.job, period=row.period, defaults=values)
    return made


def newest_due(job: DailyJob, *, at: datetime) -> date:
    """The newest Shanghai day whose hour for `job` has come by `at`."""
    local = timezone.localtime(at)
    return local.date() if local.time() >= job.due else local.date() - ONE_DAY
