"""Asks every rule on a day over one consistent view of the rows, and survives one that fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db import connection, transaction

from compliance.alerts import Alert
from compliance.calendar_years import years_without_notice
from compliance.registry import Rule, all_rules
from people.models import School

logger = logging.getLogger(__name__)

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Verdict(Generic[Kept]):
    """What one rule found, as the caller keeps it; or the error that stopped it."""

    rule: Rule
    kept: Kept | None = None
    error: Exception | None = None


@dataclass(frozen=True)
class SweepResult:
    """All alerts in the contract's order, the rules that failed, the years with no known notice."""

    alerts: list[Alert] = field(default_factory=list)
    failed_rules: list[str] = field(default_factory=list)
    years_without_notice: list[int] = field(default_factory=list)


def sweep(
    on: date, *, rules: Sequence[Rule] | None = None, school: School | None = None
) -> SweepResult:
    """Everything that is wrong on `on`, in memory; `judge_rules` streams."""
    result = SweepResult()
    with one_view():
        for verdict in judge_rules(on, rules=rules, school=school, keep=list):
            if verdict.kept is None:
                result.failed_rules.append(verdict.rule.id)
            else:
                result.alerts.extend(verdict.kept)
        result.years_without_notice.extend(years_without_notice(on))
    return result


def judge_rules(
    on: date,
    *,
    keep: Callable[[Iterator[Alert]], Kept],
    rules: Sequence[Rule] | None = None,
    school: School | None = None,
) -> Iterator[Verdict[Kept]]:
    """One verdict a rule, in the order of ids; `keep` takes a rule's alerts as they arrive.

    A rule that raises is rolled back to its own savepoint and leaves nothing behind; the others go
    on. Call inside `one_view`.
    """
    for rule in all_rules() if rules is None else rules:
        try:
            with transaction.atomic():
                kept = keep(rule.alerts(on, school=school))
        except Exception as error:
            logger.exception("rule %s failed", rule.id)
            yield Verdict(rule, error=error)
        else:
            yield Verdict(rule, kept=kept)


@contextmanager
def one_view() -> Iterator[None]:
    """A read-only transaction in which every rule sees the same rows.

    Inside somebody's transaction, that one is used as it is.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
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
