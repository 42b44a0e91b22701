"""How many months attendance may lie in: each is a partition, and each is asked by every sweep."""

from __future__ import annotations

from typing import Any

from exchange.loading.findings import MOST_FINDINGS, Finding, Findings

MOST_MONTHS = 240
"""Twenty years. A date of a wrong year makes a month too; a few of them do no harm."""

_KEPT = """
SELECT count(*) FROM pg_inherits WHERE inhparent = 'internships_attendanceday'::regclass
    AND inhrelid <> 'internships_attendanceday_default'::regclass
"""

# Asked of every load and quick: within so short a span, no month can be one too many.
_SPAN = """
SELECT 12 * (extract(year FROM max(day)) - extract(year FROM min(day)))
    + extract(month FROM max(day)) - extract(month FROM min(day)) + 1 FROM staged_attendance
"""

# Materialized, or each row and not each day is asked for the name of its month.
_BEYOND = """
WITH days AS MATERIALIZED (
    SELECT day, min(line) AS line FROM staged_attendance GROUP BY day
), months AS (
    SELECT DISTINCT ON (month) to_char(day, 'YYYYMM') AS month, day, line FROM days
    ORDER BY month, line
), added AS (
    SELECT line, day, row_number() OVER (ORDER BY line) AS place FROM months
    WHERE to_regclass('public.internships_attendanceday_' || month) IS NULL
)
SELECT line, day, count(*) OVER () FROM added WHERE place > %s ORDER BY line LIMIT %s
"""


def check_months(cursor: Any, findings: Findings) -> None:
    """The first row of every month that would be one too many beside those that are kept."""
    cursor.execute(_KEPT)
    (kept,) = cursor.fetchone()
    room = max(0, MOST_MONTHS - kept)
    cursor.execute(_SPAN)
    (span,) = cursor.fetchone()
    if span is None or span <= room:
        return
    cursor.execute(_BEYOND, [room, MOST_FINDINGS])
    rows = cursor.fetchall()
    findings.add(
        (
            Finding("attendance", line, "day", str(day), "too_many_months", {"limit": MOST_MONTHS})
            for line, day, _total in rows
        ),
        rows[0][-1] if rows else 0,
    )
