"""How many staged rows are new, changed or unchanged, asked before anything is written."""

from __future__ import annotations

from typing import Any

from psycopg import sql

from exchange.format import TABLES
from exchange.loading.current import CURRENT, KEYS
from exchange.loading.report import RowCounts
from exchange.loading.staging import staged

_COUNT = sql.SQL("""
SELECT count(*) FILTER (WHERE kept.id IS NULL),
    count(*) FILTER (WHERE kept.id IS NOT NULL AND ({kept}) IS DISTINCT FROM ({staged})),
    count(*)
FROM {table} staged LEFT JOIN ({current}) kept USING ({key})
""")


def count_rows(cursor: Any, stem: str) -> RowCounts:
    """Compare every column of the file; of a sensitive one, the blind indexes."""
    if stem == "attendance" and not _has_attendance(cursor):
        cursor.execute("SELECT count(*) FROM staged_attendance")
        return RowCounts(new=cursor.fetchone()[0])
    key = KEYS[stem]
    compared = [name for name in TABLES[stem].fields if name not in key] or [key[0]]
    cursor.execute(
        _COUNT.format(
            kept=sql.SQL(", ").join(sql.Identifier("kept", name) for name in compared),
            staged=sql.SQL(", ").join(sql.Identifier("staged", name) for name in compared),
            table=sql.Identifier(staged(stem)),
            current=sql.SQL(CURRENT[stem]),
            key=sql.SQL(", ").join(map(sql.Identifier, key)),
        )
    )
    new, changed, total = cursor.fetchone()
    return RowCounts(new=new, changed=changed, unchanged=total - new - changed)


def _has_attendance(cursor: Any) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM internships_attendanceday)")
    return bool(cursor.fetchone()[0])


def count_retracted(cursor: Any, stem: str) -> RowCounts:
    """Every staged row is known and goes."""
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(staged(stem))))
    return RowCounts(retracted=cursor.fetchone()[0])
