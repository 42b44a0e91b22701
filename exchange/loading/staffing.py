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


# Later episodes of terms, and terms of posts that a file moves, name staff by what they name.
_LEFT_TEACHERS = """
FROM internships_terms terms
JOIN people_teacher teacher ON teacher.id = terms.teacher_id
WHERE teacher.school_id <> terms.school_id
"""

_LEFT_MENTORS = """
FROM internships_terms terms
JOIN people_mentor mentor ON mentor.id = terms.mentor_id
WHERE mentor.enterprise_id <> terms.enterprise_id
"""

_TEACHERS_THERE = """
INSERT INTO people_teacher (school_id, name, namesake)
SELECT DISTINCT terms.school_id, teacher.name, 0 {left}
    AND NOT EXISTS (SELECT FROM people_teacher known
        WHERE known.school_id = terms.school_id AND known.name = teacher.name)
"""

_FOLLOW_TEACHERS = """
UPDATE internships_terms kept SET teacher_id = (
    SELECT known.id FROM people_teacher known
    WHERE known.school_id = moved.school_id AND known.name = moved.name
    ORDER BY known.namesake LIMIT 1)
FROM (SELECT terms.id, terms.school_id, teacher.name {left}) moved
WHERE kept.id = moved.id
"""

_MENTORS_THERE = """
INSERT INTO people_mentor (enterprise_id, name, namesake)
SELECT DISTINCT terms.enterprise_id, mentor.name, 0 {left}
    AND NOT EXISTS (SELECT FROM people_mentor known
        WHERE known.enterprise_id = terms.enterprise_id AND known.name = mentor.name)
"""

_FOLLOW_MENTORS = """
UPDATE internships_terms kept SET mentor_id = (
    SELECT known.id FROM people_mentor known
    WHERE known.enterprise_id = moved.enterprise_id AND known.name = moved.name
    ORDER BY known.namesake LIMIT 1)
FROM (SELECT terms.id, terms.enterprise_id, mentor.name {left}) moved
WHERE kept.id = moved.id
"""

_FOLLOWING = (
    (_TEACHERS_THERE, _LEFT_TEACHERS),
    (_FOLLOW_TEACHERS, _LEFT_TEACHERS),
    (_MENTORS_THERE, _LEFT_MENTORS),
    (_FOLLOW_MENTORS, _LEFT_MENTORS),
)


def let_staff_follow(cursor: Any) -> None:
    """Where a post moved to another host, or a placement to another school, staff are theirs."""
    for statement, left in _FOLLOWING:
        cursor.execute(statement.format(left=left))
