"""Teachers and mentors a roster names, one record a school or enterprise and name."""

from __future__ import annotations

from typing import Any

_NEW_TEACHERS = """
INSERT INTO people_teacher (school_id, name, namesake)
SELECT DISTINCT school.id, staged.teacher_name, 0
FROM {table} staged
JOIN people_school school ON school.code = staged.school_code
WHERE staged.teacher_name <> '' AND NOT EXISTS (
    SELECT FROM people_teacher known
    WHERE known.school_id = school.id AND known.name = staged.teacher_name)
"""

_NEW_MENTORS = """
INSERT INTO people_mentor (enterprise_id, name, namesake)
SELECT DISTINCT enterprise.id, staged.mentor_name, 0
FROM {table} staged
{enterprise}
WHERE staged.mentor_name <> '' AND NOT EXISTS (
    SELECT FROM people_mentor known
    WHERE known.enterprise_id = enterprise.id AND known.name = staged.mentor_name)
"""

_ENTERPRISES = {
    "placements": (
        "JOIN internships_post post ON post.code = staged.post_code "
        "JOIN people_enterprise enterprise ON enterprise.id = post.enterprise_id"
    ),
    "apprentices": (
        "JOIN people_enterprise enterprise ON enterprise.credit_code = staged.credit_code"
    ),
}


def record_named_staff(cursor: Any, stem: str) -> None:
    """Make the records of names that the school or enterprise does not have yet."""
    table = f"staged_{stem}"
    cursor.execute(_NEW_TEACHERS.format(table=table))
    cursor.execute(_NEW_MENTORS.format(table=table, enterprise=_ENTERPRISES[stem]))
