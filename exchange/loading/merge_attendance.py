"""Staged attendance into the monthly partitions."""

from __future__ import annotations

from typing import Any

MONTHS = """
SELECT make_attendance_month(month) FROM (
    SELECT DISTINCT date_trunc('month', day)::date AS month FROM staged_attendance) months
"""

CHANGED = """
UPDATE internships_attendanceday kept SET status = staged.status, hours = staged.hours,
    came_minute = staged.came_at, left_minute = staged.left_at, confirmed = staged.confirmed
FROM staged_attendance staged
JOIN internships_placement placement ON placement.code = staged.placement_code
WHERE kept.placement_id = placement.id AND kept.day = staged.day
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
WHERE NOT EXISTS (
    SELECT FROM internships_attendanceday kept
    WHERE kept.placement_id = placement.id AND kept.day = staged.day)
"""


def merge_attendance(cursor: Any) -> None:
    """Months are made first, then changed days updated and new ones added."""
    for statement in (MONTHS, CHANGED, NEW):
        cursor.execute(statement)
