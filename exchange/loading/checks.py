"""What a load refuses besides unreadable cells, asked of the state after the merge."""

from __future__ import annotations

from typing import Any

from psycopg import sql

from exchange.format import TABLES, Kind, Reference
from exchange.loading.checks_of_months import check_months
from exchange.loading.checks_of_periods import PERIOD_CHECKS
from exchange.loading.current import CURRENT, KEYS
from exchange.loading.findings import MOST_FINDINGS, Finding, Findings
from exchange.loading.staging import staged


def check(cursor: Any, present: set[str], *, incomplete: set[str]) -> Findings:
    """Everything wrong with the staged tables of `present`, as it would stand after the merge.

    Tables in `incomplete` were not read whole, so what merely follows from their missing rows is
    not called wrong.
    """
    findings = Findings()
    for stem in TABLES:
        if stem in present:
            check_duplicates(cursor, stem, findings)
            for reference in TABLES[stem].references:
                if reference.table not in incomplete:
                    _check_reference(cursor, stem, reference, findings)
    if "attendance" in present:
        check_months(cursor, findings)
    for period_check in PERIOD_CHECKS:
        if present & period_check.concerns and not incomplete & period_check.needs:
            cursor.execute(period_check.statement, [MOST_FINDINGS])
            rows = cursor.fetchall()
            findings.add((period_check.finding(row) for row in rows), rows[0][-1] if rows else 0)
    return findings


def shown_value(stem: str, field: str) -> sql.Composable:
    """The SQL of a staged value as a message shows it."""
    column = TABLES[stem].by_field[field]
    text = sql.SQL("{}::text").format(sql.Identifier("staged", field))
    return sql.SQL("left({}, 7)").format(text) if column.kind == Kind.MONTH else text


DUPLICATES = sql.SQL("""
SELECT staged.line, twin.line, {value}, {first_value}, count(*) OVER ()
FROM {table} staged
JOIN (SELECT {key}, min(line) AS line FROM {table} GROUP BY {key} HAVING count(*) > 1) twin
    USING ({key})
WHERE staged.line > twin.line
ORDER BY staged.line LIMIT %s
""")


def check_duplicates(cursor: Any, stem: str, findings: Findings) -> None:
    """Keys that stand twice in one file; the later row is named, the first one's line told."""
    table = TABLES[stem]
    cursor.execute(
        DUPLICATES.format(
            table=sql.Identifier(staged(stem)),
            key=sql.SQL(", ").join(map(sql.Identifier, KEYS[stem])),
            value=shown_value(stem, table.key[-1]),
            first_value=shown_value(stem, table.key[0]),
        ),
        [MOST_FINDINGS],
    )
    rows = cursor.fetchall()
    findings.add((_duplicate(stem, row) for row in rows), rows[0][-1] if rows else 0)


def _duplicate(stem: str, row: tuple[Any, ...]) -> Finding:
    line, first, value, first_value, _ = row
    table = TABLES[stem]
    if table.key_needs and not value:
        return Finding(stem, line, table.key[0], first_value, "duplicate_row", {"line": first})
    titles = "＋".join(table.by_field[name].title for name in table.key)
    words = {"line": first, "key": titles}
    return Finding(stem, line, table.key[-1], value, "duplicate_key", words)


UNRESOLVED = sql.SQL("""
SELECT staged.line, {values}, {first_is_known}, count(*) OVER ()
FROM {table} staged
WHERE {is_given}
    AND NOT EXISTS (SELECT FROM {target} target WHERE {match})
    AND NOT EXISTS (SELECT FROM ({current}) target WHERE {match})
    AND NOT EXISTS (SELECT FROM {refused} target WHERE {match})
ORDER BY staged.line LIMIT %s
""")


def _check_reference(cursor: Any, stem: str, reference: Reference, findings: Findings) -> None:
    fields, target = reference.fields, TABLES[reference.table]
    match = sql.SQL(" AND ").join(
        sql.SQL("target.{} = staged.{}").format(sql.Identifier(name), sql.Identifier(field))
        for name, field in zip(reference.target, fields, strict=True)
    )
    cursor.execute(
        UNRESOLVED.format(
            values=sql.SQL(", ").join(shown_value(stem, field) for field in fields),
            first_is_known=_school_is_known(fields),
            table=sql.Identifier(staged(stem)),
            is_given=sql.SQL("staged.{} <> ''").format(sql.Identifier(fields[-1])),
            target=sql.Identifier(staged(target.stem)),
            refused=sql.Identifier(refused(target.stem)),
            current=sql.SQL(KEY_ONLY.get(target.stem, CURRENT[target.stem])),
            match=match,
        ),
        [MOST_FINDINGS],
    )
    rows = cursor.fetchall()
    findings.add((_unresolved(stem, reference, row) for row in rows), rows[0][-1] if rows else 0)


def _unresolved(stem: str, reference: Reference, row: tuple[Any, ...]) -> Finding:
    line, *values, first_is_known, _ = row
    target = TABLES[reference.table]
    at = len(values) - 1 if first_is_known else 0
    title = TABLES[stem].by_field[reference.fields[at]].title
    if not first_is_known:
        target = TABLES["schools"]
    words = {"sheet": target.sheet, "file": target.file_name, "key": f"{title} {values[at]}"}
    return Finding(stem, line, reference.fields[at], values[at], "unknown_reference", words)


def _school_is_known(fields: tuple[str, ...]) -> sql.Composable:
    """Of a learner that is not found, whether at least the school is."""
    if len(fields) == 1:
        return sql.SQL("true")
    return sql.SQL(
        "EXISTS (SELECT FROM staged_schools school WHERE school.code = staged.school_code)"
        " OR EXISTS (SELECT FROM refused_schools school WHERE school.code = staged.school_code)"
        " OR EXISTS (SELECT FROM people_school school WHERE school.code = staged.school_code)"
    )


# Enough of a table to resolve a reference into it, without the joins of `CURRENT`.
KEY_ONLY = {
    "students": (
        "SELECT school.code AS school_code, learner.student_number "
        "FROM people_learneridentity learner JOIN people_school school "
        "ON school.id = learner.school_id"
    ),
    "posts": "SELECT code FROM internships_post",
    "placements": "SELECT code FROM internships_placement",
    "policies": "SELECT number FROM insurance_policy",
}


def refused(stem: str) -> str:
    """The name of the temporary table with the keys of rows of `stem` that could not be read."""
    return f"refused_{stem}"
