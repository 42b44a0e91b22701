"""What was gathered, set against the cases: four statements, whatever the number of rows.

`judged_finding` holds what rules found, `vanished_case` the cases they did not find again and
`judged_still` which subjects of those they judge still. Each statement writes the step with the
change it tells of, so that neither exists without the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from compliance.cases.words import SUBJECTS
from compliance.findings import Severity


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which judgement it is: as of which day, at which moment, by whom, in which sweep."""

    on: date
    at: datetime
    actor: str
    sweep: int | None = None

    @property
    def params(self) -> dict[str, Any]:
        """As the statements name them."""
        return {"on": self.on, "at": self.at, "actor": self.actor, "sweep": self.sweep}


REFERENCES = tuple(f"{subject}_id" for subject in (*SUBJECTS, "school"))
SEEN = ("severity", "since", "facts", *REFERENCES)
SAME_CASE = "f.rule = a.rule AND f.subject = a.subject AND f.period = a.period"
AS_FOUND = ", ".join(f"{column} = f.{column}" for column in SEEN) + ", rule_version = f.version"
RANK = "array_position(ARRAY[{}], {{}}::text)".format(
    ", ".join(f"'{severity.value}'" for severity in Severity)
)
STEP = (
    "compliance_alertstep "
    '(alert_id, kind, state, severity, "on", at, actor, facts_digest, sweep_id)'
)


def settled_facts(row: str) -> str:
    """The facts of a row without what the calendar alone moves: they are no news of tomorrow."""
    return (
        f"CASE WHEN {row}.facts @> '{{\"today\": true}}' "
        f"THEN ({row}.facts - 'days') #- '{{gaps,-1,1}}' "
        f"ELSE {row}.facts - 'days_overdue' END"
    )


def digest(row: str) -> str:
    """The name of the facts of a row, as steps keep it."""
    return f"md5({row}.rule || ({settled_facts(row)})::text)"


def _step(kind: str, row: str) -> str:
    return (
        f"SELECT {row}.id, {kind}, {row}.state, {row}.severity, "  # noqa: S608  names of ours
        "%(on)s, %(at)s, %(actor)s, "
        f"{digest(row)}, %(sweep)s::bigint FROM {row}"
    )


# What a case no longer has when it ends, and what it begins anew with.
NO_WAIVER = "waived_until = NULL, waive_reason = '', waived_by_id = NULL"
AFRESH = f"""state = 'open', deadlines_from = %(on)s, opened_at = %(at)s, closed_at = NULL,
    acknowledged_at = NULL, acknowledged_by_id = NULL, assigned_to_id = NULL, {NO_WAIVER}"""
OPEN = f"""
    WITH opened AS (
        INSERT INTO compliance_alert (rule, subject, period, {", ".join(SEEN)}, rule_version,
            state, deadlines_from, opened_at, waive_reason)
        SELECT f.rule, f.subject, f.period, {", ".join(f"f.{column}" for column in SEEN)},
            f.version, 'open', %(on)s, %(at)s, ''
        FROM judged_finding f
        WHERE NOT EXISTS (SELECT FROM compliance_alert a WHERE {SAME_CASE})
        ON CONFLICT (rule, subject, period) DO NOTHING
        RETURNING id, rule, state, severity, facts
    )
    INSERT INTO {STEP} {_step("'opened'", "opened")} ORDER BY opened.id RETURNING id, kind
"""  # noqa: S608
REOPEN = f"""
    WITH reopened AS (
        UPDATE compliance_alert a SET {AS_FOUND}, {AFRESH}
        FROM judged_finding f
        WHERE {SAME_CASE} AND (
            a.state IN ('cured', 'lapsed') OR (a.state = 'waived' AND a.waived_until < %(on)s))
        RETURNING a.id, a.rule, a.state, a.severity, a.facts, old.state AS was
    )
    INSERT INTO {STEP}
    {_step("CASE WHEN reopened.was = 'waived' THEN 'waiver_ended' ELSE 'reopened' END", "reopened")}
    ORDER BY reopened.id RETURNING id, kind
"""  # noqa: S608


def is_worse(now: str, before: str) -> str:
    """Whether the facts of one row weigh more than another's, began before them, or begin to be
    true of the very day.

    Then whoever has the case has to hear of it again, and in time: it may long be overdue for what
    it was opened for, as a first spell without cover is that nobody can insure any more.
    """
    return (
        f"({RANK.format(f'{now}.severity')} < {RANK.format(f'{before}.severity')} "
        f"OR {now}.since < {before}.since "
        f"OR ({now}.facts @> '{{\"today\": true}}' AND {before}.facts @> '{{\"today\": false}}'))"
    )


WORSE = is_worse("f", "a")
UPDATE = f"""
    WITH changed AS (
        UPDATE compliance_alert a SET {AS_FOUND},
            deadlines_from = CASE WHEN {WORSE} THEN %(on)s ELSE a.deadlines_from END,
            state = CASE WHEN {WORSE} AND a.state = 'acknowledged' THEN 'open' ELSE a.state END,
            acknowledged_at = CASE WHEN {WORSE} THEN NULL ELSE a.acknowledged_at END,
            acknowledged_by_id = CASE WHEN {WORSE} THEN NULL ELSE a.acknowledged_by_id END
        FROM judged_finding f
        WHERE {SAME_CASE} AND a.state IN ('open', 'acknowledged', 'waived')
            AND ({", ".join(f"a.{column}" for column in SEEN)}, a.rule_version)
                IS DISTINCT FROM ({", ".join(f"f.{column}" for column in SEEN)}, f.version)
        RETURNING a.id, a.rule, a.state, a.severity, a.facts,
            {digest("old")} AS was, old.severity AS was_severity,
            coalesce({is_worse("a", "old")}, false) AS is_worse
    ), news AS (
        SELECT c.*, CASE WHEN c.is_worse THEN 'worsened' ELSE 'updated' END AS kind FROM changed c
        WHERE c.was <> {digest("c")} OR c.was_severity <> c.severity OR c.is_worse
    )
    INSERT INTO {STEP} {_step("news.kind", "news")} ORDER BY news.id RETURNING id, kind
"""  # noqa: S608
CLOSE = f"""
    WITH closed AS (
        UPDATE compliance_alert a SET closed_at = %(at)s, {NO_WAIVER}, state = CASE
            WHEN EXISTS (SELECT FROM judged_still s WHERE s.rule = v.rule
                AND s.subject_id = v.subject_id AND (s.period IS NULL OR s.period = v.period))
            THEN 'cured' ELSE 'lapsed' END
        FROM vanished_case v
        WHERE a.id = v.alert_id AND a.state IN ('open', 'acknowledged', 'waived')
        RETURNING a.id, a.rule, a.state, a.severity, a.facts
    )
    INSERT INTO {STEP} {_step("closed.state", "closed")} ORDER BY closed.id RETURNING id, kind
"""  # noqa: S608

Steps = list[tuple[int, str]]


def settle(judgement: Judgement) -> Steps:
    """Open, reopen, update and close what the judgement found; the steps, (id, kind), in order."""
    steps: Steps = []
    with connection.cursor() as cursor:
        for statement in (CLOSE, REOPEN, UPDATE, OPEN):
            cursor.execute(statement, judgement.params)
            steps += cursor.fetchall()
    return steps


FOLD = """
    WITH folded AS (DELETE FROM compliance_alertcount
        RETURNING school_id, rule, severity, state, cases)
    INSERT INTO compliance_alertcount (school_id, rule, severity, state, cases)
    SELECT school_id, rule, severity, state, sum(cases) FROM folded
    GROUP BY school_id, rule, severity, state HAVING sum(cases) <> 0
"""


def fold_counts() -> None:
    """Make one count of the differences by school, rule, severity and state."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
