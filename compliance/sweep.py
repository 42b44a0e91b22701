"""Asks every rule on a day over one consistent view of the rows, and survives one that fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from common.one_moment import one_moment
from compliance.calendar_years import years_without_notice
from compliance.findings import Finding
from compliance.registry import Rule, all_rules
from people.models import School

logger = logging.getLogger(__name__)

CALENDAR = "calendar"

Keep = Callable[[Iterator[Finding]], object]


@dataclass
class SweepOutcome:
    """What a sweep says beside its alerts: the errors of rules that failed, by id, and the years
    judged without a published notice. A failure to find those years stands under `calendar`."""

    failed: dict[str, Exception] = field(default_factory=dict)
    years_without_notice: list[int] = field(default_factory=list)

    def note_years(self, on: date) -> None:
        """Find the years without notice on `on`, or say why they could not be found."""
        with survived(CALENDAR, self.failed):
            self.years_without_notice.extend(years_without_notice(on))


def sweep(
    on: date, *, keep: Keep, rules: Sequence[Rule] | None = None, school: School | None = None
) -> SweepOutcome:
    """Ask the rules (all, unless given) in the order of ids; `keep` takes each one's alerts.

    The alerts arrive as a stream, in the contract's order. A rule that raises, or whose alerts
    `keep` cannot take, is rolled back to its own savepoint and named; the others go on.
    `school` narrows what is shown, never what is counted.
    """
    outcome = SweepOutcome()
    with one_view():
        for rule in all_rules() if rules is None else rules:
            with survived(rule.id, outcome.failed):
                keep(rule.alerts(on, school=school))
        outcome.note_years(on)
    return outcome


@contextmanager
def survived(name: str, failed: dict[str, Exception]) -> Iterator[None]:
    """A failure is rolled back to its own savepoint and kept under `name`; the rest goes on."""
    try:
        with transaction.atomic():
            yield
    except Exception as error:
        logger.exception("%s failed", name)
        failed[name] = error


@contextmanager
def one_view() -> Iterator[None]:
    """A read-only transaction in which every rule sees the same rows.

    Inside somebody's transaction, that one is used as it is.
    """
    with one_moment(read_only=True):
        plan_for_whole_tables()
        yield


def plan_for_whole_tables() -> None:
    """Have the rest of the transaction planned for reading every row, not for finding a few.

    A cursor is planned for its first tenth by default, and a sweep reads to the end. A nested loop
    is never much better over whole tables, and takes minutes where a count was guessed too low.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
        cursor.execute("SET LOCAL enable_nestloop = off")
