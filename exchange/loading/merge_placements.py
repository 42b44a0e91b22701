"""Staged placements into placements and the terms in force on their first day."""

from __future__ import annotations

from typing import Any

_RESOLVED = """
    SELECT staged.*, school.id AS school_id, learner.id AS learner_id,
        CASE staged.status WHEN 'cancelled' THEN 'withdrawn' ELSE staged.status END AS first_state
    FROM staged_placements staged
    JOIN people_school school ON school.code = staged.school_code
    JOIN people_learneridentity learner
        ON learner.school_id = school.id AND learner.student_number = staged.student_number
"""

# In one statement, because the attendance of a placement must name its school at every moment.
CORRECTED_SCHOOLS = f"""
WITH moved AS (
    UPDATE internships_placement kept
    SET school_id = staged.school_id, learner_id = staged.learner_id
    FROM ({_RESOLVED}) AS staged
    WHERE kept.code = staged.code AND kept.school_id <> staged.school_id
    RETURNING kept.id, kept.school_id
)
UPDATE internships_attendanceday attendance SET school_id = moved.school_id
FROM moved WHERE attendance.placement_id = moved.id
"""  # noqa: S608 - constants only

# A finer state stands while the file's word for it does; a file that takes in what is at work
# says so in `gate`.
PLACEMENTS = f"""
MERGE INTO internships_placement AS kept USING ({_RESOLVED}) AS staged ON kept.code = staged.code
WHEN MATCHED AND (kept.school_id, kept.learner_id, kept.kind, kept.arrangement, kept.starts_on,
        kept.ends_on, kept.ended_on, kept.status, kept.safety_trained_on,
        kept.student_consented_on, kept.guardian_consented_on)
    IS DISTINCT FROM (staged.school_id, staged.learner_id, staged.kind, staged.arrangement,
        staged.starts_on, staged.ends_on, staged.ended_on, staged.status,
        staged.safety_trained_on, staged.student_consented_on, staged.guardian_consented_on)
THEN UPDATE SET school_id = staged.school_id, learner_id = staged.learner_id, kind = staged.kind,
    arrangement = staged.arrangement, starts_on = staged.starts_on, ends_on = staged.ends_on,
    ended_on = staged.ended_on,
    state = CASE WHEN kept.status = staged.status THEN kept.state ELSE staged.first_state END,
    gate = CASE
        WHEN staged.status = 'draft' THEN ''
        WHEN staged.status <> 'cancelled' AND kept.gate = '' THEN 'imported'
        ELSE kept.gate END,
    safety_trained_on = staged.safety_trained_on,
    student_consented_on = staged.student_consented_on,
    guardian_consented_on = staged.guardian_consented_on
WHEN NOT MATCHED THEN INSERT (code, school_id, learner_id, kind, arrangement, starts_on, ends_on,
        ended_on, state, gate, safety_trained_on, student_consented_on, guardian_consented_on)
    VALUES (staged.code, staged.school_id, staged.learner_id, staged.kind, staged.arrangement,
        staged.starts_on, staged.ends_on, staged.ended_on, staged.first_state,
        CASE WHEN staged.status IN ('draft', 'cancelled') THEN '' ELSE 'imported' END,
        staged.safety_trained_on, staged.student_consented_on, staged.guardian_consented_on)
"""  # noqa: S608 - constants only

# A namesake that the terms already name stays; otherwise the first of the name is meant.
TERMS = """
MERGE INTO internships_terms AS kept USING (
    SELECT staged.*, placement.id AS placement_id, placement.school_id, post.id AS post_id,
        post.enterprise_id, teacher.id AS teacher_id, mentor.id AS mentor_id
    FROM staged_placements staged
    JOIN internships_placement placement ON placement.code = staged.code
    JOIN internships_post post ON post.code = staged.post_code
    LEFT JOIN internships_terms known
        ON known.placement_id = placement.id AND known.period @> staged.starts_on
    LEFT JOIN LATERAL (
        SELECT named.id FROM people_teacher named
        WHERE named.school_id = placement.school_id AND named.name = staged.teacher_name
        ORDER BY named.id IS DISTINCT FROM known.teacher_id, named.namesake LIMIT 1
    ) AS teacher ON staged.teacher_name <> ''
    LEFT JOIN LATERAL (
        SELECT named.id FROM people_mentor named
        WHERE named.enterprise_id = post.enterprise_id AND named.name = staged.mentor_name
        ORDER BY named.id IS DISTINCT FROM known.mentor_id, named.namesake LIMIT 1
    ) AS mentor ON staged.mentor_name <> ''
) AS staged
ON kept.placement_id = staged.placement_id AND kept.period @> staged.starts_on
WHEN MATCHED AND (kept.post_id, kept.teacher_id, kept.mentor_id, kept.stage, kept.pay_basis,
        kept.agreed_pay, kept.pay_day)
    IS DISTINCT FROM (staged.post_id, staged.teacher_id, staged.mentor_id, staged.stage,
        staged.pay_basis, staged.agreed_pay, staged.pay_day)
THEN UPDATE SET post_id = staged.post_id, enterprise_id = staged.enterprise_id,
    teacher_id = staged.teacher_id,
    mentor_id = staged.mentor_id, stage = staged.stage, pay_basis = staged.pay_basis,
    agreed_pay = staged.agreed_pay, pay_day = staged.pay_day
WHEN NOT MATCHED THEN INSERT (placement_id, school_id, period, post_id, enterprise_id, teacher_id,
        mentor_id, stage, pay_basis, agreed_pay, pay_day)
    VALUES (staged.placement_id, staged.school_id, daterange(NULL, NULL), staged.post_id,
        staged.enterprise_id, staged.teacher_id, staged.mentor_id, staged.stage,
        staged.pay_basis, staged.agreed_pay, staged.pay_day)
"""


def merge_placements(cursor: Any) -> None:
    """Placements by code, each with terms for every day when it is new.

    Of an amended placement the file's row changes the terms in force on its first day; later
    amendments stand.
    """
    for statement in (CORRECTED_SCHOOLS, PLACEMENTS, TERMS):
        cursor.execute(statement)
