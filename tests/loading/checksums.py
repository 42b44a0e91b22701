"""Everything a database holds, as digests that differ when anything was written."""

from __future__ import annotations

from django.db import connection
from psycopg import sql

RELATIONS = """
SELECT relname, relkind::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'i', 'v')
ORDER BY relname
"""


def checksums() -> dict[str, object]:
    """A digest of the rows of every table and the state of every sequence, by name.

    Indexes and views have only their name, which tells that none was made or lost.
    """
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        for name, kind in cursor.fetchall():
            found[name] = _digest(cursor, name) if kind in "rp" else kind
            if kind == "S":
                cursor.execute(
                    sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
                )
                found[name] = cursor.fetchone()
    return found


def rows(*names: str) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            counts[name] = cursor.fetchone()[0]
    return counts


def _digest(cursor: object, name: str) -> object:
    cursor.execute(  # type: ignore[attr-defined]
        sql.SQL("SELECT count(*), sum(hashtextextended(kept::text, 0)) FROM {} kept").format(
            sql.Identifier(name)
        )
    )
    return cursor.fetchone()  # type: ignore[attr-defined]
