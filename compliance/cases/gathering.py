"""What the rules find, gathered in the database: a statement a rule, and no row passes here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from apprenticeship.models import ApprenticeIdentity
from compliance.cases.still_judged import still_judged
from compliance.cases.versions import version_of
from compliance.cases.words import SUBJECTS
from compliance.findings import Finding
from compliance.found_rows import COLUMNS
from compliance.registry import BATCH, Rule
from compliance.scopes import Rows
from compliance.subjects import Subjects
from internships.models import Placement, Post
from people.models import Enterprise, LearnerIdentity

REFERENCE_COLUMNS = ", ".join(f"{subject}_id" for subject in SUBJECTS)
NO_SUBJECT = "num_nonnulls(" + ", ".join(f"a.{subject}_id" for subject in SUBJECTS) + ") = 0"
SUBJECT_OF_CASE = "coalesce(" + ", ".join(f"a.{subject}_id" for subject in SUBJECTS) + ")"

# Each model that rules judge: the reference of its cases.
REFERENCES: dict[type[Model], str] = {
    Placement: "placement",
    Enterprise: "enterprise",
    Post: "post",
    LearnerIdentity: "learner",
    ApprenticeIdentity: "apprentice",
}

TABLES = {
    "judged_finding": f"""
        rule text, subject text COLLATE "C", period text, severity text NOT NULL, since date,
        facts jsonb NOT NULL, version text NOT NULL, school_id bigint,
        {", ".join(f"{subject}_id bigint" for subject in SUBJECTS)}""",
    "vanished_case": "alert_id bigint, rule text, subject_id bigint, period text",
    "judged_still": "rule text, subject_id bigint, period text",
}
EACH_ONCE = "finding_is_gathered_once"
# The school of a case, by what it is a case of; a host's and a post's is nobody's alone.
SCHOOL_FROM = {
    "placement": "internships_placement",
    "learner": "people_learneridentity",
    "apprentice": "apprenticeship_apprenticeidentity",
}


def clear_tables() -> None:
    """Have the temporary tables of this session, empty."""
    with connection.cursor() as cursor:
        for name, columns in TABLES.items():
            cursor.execute(
                f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns}) ON COMMIT DELETE ROWS"
            )
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608  a name of ours


@contextmanager
def each_once() -> Iterator[None]:
    """Refuse a finding that is gathered twice, while it lasts.

    A sweep's alone: an index that is emptied at every commit has the plans of rechecks made anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNIQUE INDEX {EACH_ONCE} ON judged_finding (rule, subject, period)")
        yield
        cursor.execute(f"DROP INDEX {EACH_ONCE}")


def analyse_tables(*names: str) -> None:
    """Let the planner know how many rows there are: nobody else counts those of a session."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ANALYZE {name}")


def subjects_of(rule: Rule, subjects: Subjects) -> Rows:
    """Those of the subjects that the rule is about."""
    keys = keys_of(rule.scope.model, subjects)
    return rule.scope.model._default_manager.filter(pk__in=sorted(keys))


def keys_of(model: type[Model], subjects: Subjects) -> frozenset[int]:
    """The keys of that model's rows among the subjects."""
    return getattr(subjects, f"{REFERENCES[model]}s")


Statement = tuple[str, tuple[Any, ...]]


def finding_statement(rule: Rule, on: date, *, among: Rows | None) -> Statement | None:
    """What puts the rule's findings, among those rows where given, into `judged_finding`.

    None where the rule can find nothing on the day.
    """
    reference = REFERENCES[rule.scope.model]
    school = SCHOOL_FROM.get(reference)
    try:
        found, params = (
            rule.broken(on, among=among).order_by().values(*COLUMNS).query.sql_with_params()
        )
    except EmptyResultSet:
        return None
    return (
        "INSERT INTO judged_finding "
        f"(rule, subject, period, severity, since, facts, version, {reference}_id, school_id) "
        "SELECT %s, found_subject, found_period, coalesce(nullif(found_severity, ''), %s), "
        "found_since, found_facts, %s, found_id, "
        + ("school.school_id " if school else "NULL ")
        + f"FROM ({found}) AS found "
        + (f"JOIN {school} AS school ON school.id = found_id" if school else ""),
        (rule.id, rule.severity.value, version_of(rule), *params),
    )


def gather_findings(rule: Rule, on: date, *, among: Rows | None) -> int:
    """Put what the rule finds, among those rows where given, into `judged_finding`; how many."""
    statement = finding_statement(rule, on, among=among)
    if statement is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.rowcount


def gather_vanished(rules: list[str], *, subjects: Subjects | None) -> list[str]:
    """Put the cases that nobody found again into `vanished_case`; the rules that have some.

    A sweep leaves out the cases of those who were judged while it asked. With those of the
    subjects of a recheck go the cases of what is no longer there: nothing leads to them.
    """
    ways: list[str] = []
    keys: list[list[int]] = []
    if subjects is None:
        within = "".join(
            f"AND (a.{reference}_id IS NULL OR a.{reference}_id NOT IN ("  # noqa: S608  as below
            f"SELECT key FROM compliance_judgedmeanwhile WHERE subject = '{reference}'))"
            for reference in REFERENCES.values()
        )
    else:
        for model, reference in REFERENCES.items():
            ways.append(f"a.{reference}_id = ANY(%s)")
            keys.append(sorted(keys_of(model, subjects)))
        within = f"AND ({' OR '.join([*ways, NO_SUBJECT])})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO vanished_case
            SELECT a.id, a.rule, {SUBJECT_OF_CASE}, a.period
            FROM compliance_alert a
            WHERE a.state IN ('open', 'acknowledged', 'waived') AND a.rule = ANY(%s) {within}
                AND NOT EXISTS (SELECT FROM judged_finding f WHERE f.rule = a.rule
                    AND f.subject = a.subject AND f.period = a.period)
            """,  # noqa: S608  columns of ours
            [rules, *keys],
        )
        cursor.execute("SELECT DISTINCT rule FROM vanished_case ORDER BY rule")
        return [rule for (rule,) in cursor.fetchall()]


def gather_still_judged(rule: Rule, on: date) -> None:
    """Put those subjects of vanished cases that the rule judges still into `judged_still`."""
    vanished = RawSQL("SELECT subject_id FROM vanished_case WHERE rule = %s", [rule.id])
    among = rule.scope.model._default_manager.filter(pk__in=vanished)
    try:
        judged, params = still_judged(rule, on, among=among).query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO judged_still SELECT %s, * FROM ({judged}) AS j",  # noqa: S608  as above
            [rule.id, *params],
        )


def forget_vanished(rule: Rule) -> None:
    """Leave the rule's vanished cases as they are: whether they are cured could not be told."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM vanished_case WHERE rule = %s", [rule.id])


def number_gathered() -> int:
    """How many findings were gathered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM judged_finding")
        return int(cursor.fetchone()[0])


def gathered(rule: Rule) -> Iterator[Finding]:
    """The rule's findings as gathered, in the contract's order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT subject, period, severity, since, facts, coalesce({REFERENCE_COLUMNS}) "  # noqa: S608
            'FROM judged_finding WHERE rule = %s ORDER BY subject, period COLLATE "C"',
            [rule.id],
        )
        while rows := cursor.fetchmany(BATCH):
            for subject, period, severity, since, facts, key in rows:
                yield Finding(
                    rule=rule.id,
                    subject=subject,
                    period=period,
                    severity=severity,
                    facts=dict(sorted(json.loads(facts).items())),
                    since=since,
                    subject_key=key,
                )
