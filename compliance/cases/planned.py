"""Questions about a few, each planned once a session and day: planning costs more than answering.

A recheck asks every rule about a handful of rows. The statement of a rule on a day is always the
same but for their keys, so it is written once a process and prepared once a session, with a plan
that serves any few keys; a recheck is then one message to the database that runs them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2s

from django.db import ProgrammingError, connection, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL
from psycopg.errors import InvalidSqlStatementName

from common.law_sql import IsOneOf
from compliance.cases.gathering import finding_statement, keys_of
from compliance.registry import Rule, all_rules
from compliance.subjects import Subjects

FEW = 500
"""Of more subjects than this a rule is asked with a plan of its own."""

DAYS_KEPT = 4
RULES_AT_MOST = 64


@dataclass(frozen=True, slots=True)
class Question:
    """A statement that gathers what a rule finds among the keys in `$1`, and its name."""

    name: str
    text: str


@lru_cache(maxsize=DAYS_KEPT * RULES_AT_MOST)
def question(rule: Rule, on: date) -> Question | None:
    """What `rule` asks on `on`; None where it can find nothing that day.

    The name is a digest of the text, so that another text is never answered by an older plan.
    """
    keys = RawSQL("$1::bigint[]", ())
    among = rule.scope.model._default_manager.filter(IsOneOf(F("pk"), keys))
    statement = finding_statement(rule, on, among=among)
    if statement is None:
        return None
    with connection.cursor() as cursor:
        text = cursor.mogrify(*statement)
    digest = blake2s(text.encode(), digest_size=12).hexdigest()
    return Question(f"judge_{rule.id}_{digest}", text)


def gather_from_plans(rules: Sequence[Rule], on: date, subjects: Subjects) -> None:
    """Put what the rules find among a few subjects into `judged_finding`; all rules or an error."""
    asked = {
        found: sorted(keys_of(rule.scope.model, subjects))
        for rule in rules
        if (found := question(rule, on)) is not None
    }
    if not asked:
        return
    # A plan for its keys alone would be made anew each time
    statements = ["SET LOCAL plan_cache_mode = force_generic_plan"]
    for it, keys in asked.items():
        statements.append(f"""EXECUTE "{it.name}" ('{{{",".join(map(str, keys))}}}')""")
    statements.append("SET LOCAL plan_cache_mode = DEFAULT")
    try:
        _run(statements)
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InvalidSqlStatementName):
            raise
        _prepare(on)
        _run(statements)


def _run(statements: Sequence[str]) -> None:
    """Run them in one message; none where one fails."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def _prepare(on: date) -> None:
    """Have the questions of `on` prepared in this session, and those of other days forgotten."""
    questions = {
        found.name: found for rule in all_rules() if (found := question(rule, on)) is not None
    }
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT name FROM pg_prepared_statements WHERE name LIKE 'judge\_%'")
        there = {name for (name,) in cursor.fetchall()}
    _run(
        [
            *(f'DEALLOCATE "{name}"' for name in there - questions.keys()),
            *(
                f'PREPARE "{it.name}" (bigint[]) AS {it.text}'
                for name, it in questions.items()
                if name not in there
            ),
        ]
    )
