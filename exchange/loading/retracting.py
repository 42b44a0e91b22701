"""Rows taken back by their keys: only what is known, and what nothing that stays refers to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import sql

from exchange.format import TABLES, Reference
from exchange.loading.checks import check_duplicates, shown_value
from exchange.loading.current import CURRENT, KEYS
from exchange.loading.findings import MOST_FINDINGS, Finding, Findings
from exchange.loading.merge_payments import REVERSALS
from exchange.loading.removals import REMOVALS
from exchange.loading.staging import staged

UNKNOWN = sql.SQL("""
SELECT staged.line, {value}, count(*) OVER ()
FROM {table} staged
WHERE NOT EXISTS (SELECT FROM ({current}) kept WHERE {match})
ORDER BY staged.line LIMIT %s
""")

REFERRED_TO = sql.SQL("""
WITH referring AS (
    SELECT staged.line, {value} AS value, count(*) AS rows, min({example}) AS example
    FROM {table} staged JOIN ({current}) child ON {refers}
    WHERE NOT EXISTS (SELECT FROM {children} again WHERE {again})
    GROUP BY staged.line, value
)
SELECT *, count(*) OVER () FROM referring ORDER BY line LIMIT %s
""")

# Every episode of terms refers to its post, not only the one that a file would speak of.
_POSTS_OF_PLACEMENTS = """
    SELECT placement.code, post.code AS post_code
    FROM internships_terms terms
    JOIN internships_placement placement ON placement.id = terms.placement_id
    JOIN internships_post post ON post.id = terms.post_id
"""


def check_retraction(cursor: Any, present: set[str], *, incomplete: set[str]) -> Findings:
    """Rows that are named twice or not known, and rows to which rows that stay refer.

    Of tables in `incomplete` some rows could not be read; it is not said that those stay.
    """
    findings = Findings()
    for stem in TABLES:
        if stem in present:
            check_duplicates(cursor, stem, findings)
            _check_known(cursor, stem, findings)
            for child, table in TABLES.items():
                for reference in table.references:
                    if reference.table == stem and child not in incomplete:
                        _check_referring(cursor, stem, child, reference, findings)
    return findings


def _check_known(cursor: Any, stem: str, findings: Findings) -> None:
    field = _shown_field(stem)
    cursor.execute(
        UNKNOWN.format(
            value=shown_value(stem, field),
            table=sql.Identifier(staged(stem)),
            current=sql.SQL(CURRENT[stem]),
            match=_equal("kept", "staged", KEYS[stem], KEYS[stem]),
        ),
        [MOST_FINDINGS],
    )
    rows = cursor.fetchall()
    titles = "＋".join(TABLES[stem].by_field[name].title for name in TABLES[stem].key)
    findings.add(
        (
            Finding(stem, line, field, value, "unknown_row", {"key": titles})
            for line, value, _ in rows
        ),
        rows[0][-1] if rows else 0,
    )


def _check_referring(
    cursor: Any, stem: str, child: str, reference: Reference, findings: Findings
) -> None:
    """Rows of `child` that refer to a staged row of `stem` and are not taken back with it."""
    field = _shown_field(stem)
    current = _POSTS_OF_PLACEMENTS if (child, stem) == ("placements", "posts") else CURRENT[child]
    cursor.execute(
        REFERRED_TO.format(
            value=shown_value(stem, field),
            example=sql.SQL("{}::text").format(sql.Identifier("child", KEYS[child][0])),
            table=sql.Identifier(staged(stem)),
            current=sql.SQL(current),
            refers=_equal("child", "staged", reference.fields, reference.target),
            children=sql.Identifier(staged(child)),
            again=_equal("again", "child", KEYS[child], KEYS[child]),
        ),
        [MOST_FINDINGS],
    )
    rows = cursor.fetchall()
    table = TABLES[child]
    findings.add(
        (
            Finding(
                stem,
                line,
                field,
                value,
                "still_referred_to",
                {"sheet": table.sheet, "file": table.file_name, "count": count, "other": example},
            )
            for line, value, count, example, _ in rows
        ),
        rows[0][-1] if rows else 0,
    )


def _shown_field(stem: str) -> str:
    table = TABLES[stem]
    return table.key[0] if table.key_needs else table.key[-1]


def _equal(
    left: str, right: str, left_fields: tuple[str, ...], right_fields: tuple[str, ...]
) -> sql.Composable:
    return sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier(left, one), sql.Identifier(right, other))
        for one, other in zip(left_fields, right_fields, strict=True)
    )


def retract_rows(cursor: Any, present: set[str], *, operation_id: UUID) -> None:
    """Take the staged rows back, dependents first; payments are reversed, never removed."""
    for stem in reversed(TABLES):
        if stem not in present:
            continue
        for statement in REMOVALS[stem]:
            cursor.execute(statement)
        if stem == "payments":
            cursor.execute(REVERSALS.format(reversed="retracted_payments"), [operation_id])
