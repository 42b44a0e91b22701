"""Staged attendance into the monthly partitions."""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg import sql

MONTHS = """
SELECT date_trunc('month', day)::date AS month, count(*) FROM staged_attendance
GROUP BY month ORDER BY month
"""

MOST_ROWS_MERGED_AT_ONCE = 1_000
"""Below it, making the month a partition first is quicker than filling it beside the others."""

NEW_MONTH = sql.SQL("""
INSERT INTO {month} (placement_id, school_id, day, status, hours, came_minute, left_minute,
    confirmed)
SELECT placement.id, placement.school_id, staged.day, staged.status, staged.hours,
    staged.came_at, staged.left_at, staged.confirmed
FROM staged_attendance staged
JOIN internships_placement placement ON placement.code = staged.placement_code
WHERE staged.day >= %s AND staged.day < %s::date + interval '1 month'
""")

CHANGED = """
UPDATE internships_attendanceday kept SET status = staged.status, hours = staged.hours,
    came_minute = staged.came_at, left_minute = staged.left_at, confirmed = staged.confirmed
FROM staged_attendance staged
JOIN internships_placement placement ON placement.code = staged.placement_code
WHERE kept.placement_id = placement.id AND kept.day = staged.day
    AND date_trunc('month', staged.day)::date = ANY(%s)
    AND (kept.status, kept.hours, kept.came_minute, kept.left_minute, kept.confirmed)
    IS DISTINCT FROM (staged.status, staged.hours, staged.came_at, staged.left_at,
        staged.confirmed)
"""

NEW = """
INSERT INTO internships_attendanceday (placement_id, school_id, day, status, hours, came_minute,
    left_minute, confirmed)
SELECT placement.id, placement.school_id, staged.day, staged.status, staged.hours,
    staged.came_at, staged.left_at, staged.confirmed
FROM staged_attendance staged
JOIN internships_placement placement ON placement.code = staged.placement_code
WHERE date_trunc('month', staged.day)::date = ANY(%s) AND NOT EXISTS (
    SELECT FROM internships_attendanceday kept
    WHERE kept.placement_id = placement.id AND kept.day = staged.day)
"""


def merge_attendance(cursor: Any) -> None:
    """Whole new months are filled before they become partitions; other days are merged.

    A month filled beside the others has its keys built and checked once instead of row by row,
    which is most of the cost of a first load.
    """
    cursor.execute(MONTHS)
    merged = [
        month
        for month, count in cursor.fetchall()
        if count <= MOST_ROWS_MERGED_AT_ONCE or not _fill_new_month(cursor, month)
    ]
    if merged:
        cursor.execute("SELECT make_attendance_month(day) FROM unnest(%s::date[]) day", [merged])
        cursor.execute(CHANGED, [merged])
        cursor.execute(NEW, [merged])


def _fill_new_month(cursor: Any, month: date) -> bool:
    """Fill the month's own table and attach it; False when the month is there already."""
    cursor.execute("SELECT begin_attendance_month(%s)", [month])
    (name,) = cursor.fetchone()
    if name is None:
        return False
    cursor.execute(NEW_MONTH.format(month=sql.Identifier("public", name)), [month, month])
    cursor.execute("SELECT attach_attendance_month(%s)", [month])
    return True
