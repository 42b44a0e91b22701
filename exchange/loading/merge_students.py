"""Staged students into persons, learner identities and guardians."""

from __future__ import annotations

from typing import Any

# Persons whose only identity may be about to move to another person: an ID number corrected.
DISPLACED = """
CREATE TEMPORARY TABLE displaced_students ON COMMIT DROP AS
SELECT DISTINCT learner.student_id
FROM staged_students staged
JOIN people_school school ON school.code = staged.school_code
JOIN people_learneridentity learner
    ON learner.school_id = school.id AND learner.student_number = staged.student_number
JOIN people_student student ON student.id = learner.student_id
WHERE student.id_number_index <> staged.id_number
"""

# A person of one identity whose number was written wrong stays who they are, account and all.
CORRECTED = """
UPDATE people_student student SET id_number_sealed = staged.corrected_id_number_sealed,
    id_number_index = staged.id_number, born_on = staged.born_on
FROM (
    SELECT DISTINCT ON (id_number) * FROM staged_students
    WHERE corrected_public_id IS NOT NULL ORDER BY id_number, line
) AS staged
WHERE student.public_id = staged.corrected_public_id
    AND NOT EXISTS (
        SELECT FROM staged_students again WHERE again.id_number = student.id_number_index)
    AND (SELECT count(*) FROM people_learneridentity learner
        WHERE learner.student_id = student.id) = 1
"""

STUDENTS = """
INSERT INTO people_student (public_id, id_number_sealed, id_number_index, born_on)
SELECT DISTINCT ON (staged.id_number) staged.student_public_id, staged.id_number_sealed,
    staged.id_number, staged.born_on
FROM staged_students staged
WHERE NOT EXISTS (
    SELECT FROM people_student student WHERE student.id_number_index = staged.id_number)
ORDER BY staged.id_number, staged.line
"""

LEARNERS = """
MERGE INTO people_learneridentity AS kept USING (
    SELECT staged.*, school.id AS school_id, student.id AS student_id
    FROM staged_students staged
    JOIN people_school school ON school.code = staged.school_code
    JOIN people_student student ON student.id_number_index = staged.id_number
) AS staged
ON kept.school_id = staged.school_id AND kept.student_number = staged.student_number
WHEN MATCHED AND (kept.student_id, kept.name, kept.major_code, kept.major_name, kept.class_name,
        kept.enrolled_on, kept.status, kept.national_number_index, kept.phone_index)
    IS DISTINCT FROM (staged.student_id, staged.name, staged.major_code, staged.major_name,
        staged.class_name, staged.enrolled_on, staged.status, staged.national_number,
        staged.phone)
THEN UPDATE SET student_id = staged.student_id, name = staged.name,
    major_code = staged.major_code, major_name = staged.major_name,
    class_name = staged.class_name, enrolled_on = staged.enrolled_on, status = staged.status,
    national_number_sealed = CASE
        WHEN kept.national_number_index IS NOT DISTINCT FROM staged.national_number
        THEN kept.national_number_sealed ELSE staged.national_number_sealed END,
    national_number_index = staged.national_number,
    phone_sealed = CASE WHEN kept.phone_index IS NOT DISTINCT FROM staged.phone
        THEN kept.phone_sealed ELSE staged.phone_sealed END,
    phone_index = staged.phone
WHEN NOT MATCHED THEN INSERT (public_id, student_id, school_id, student_number, name, major_code,
        major_name, class_name, enrolled_on, status, national_number_sealed,
        national_number_index, phone_sealed, phone_index)
    VALUES (staged.learner_public_id, staged.student_id, staged.school_id, staged.student_number,
        staged.name, staged.major_code, staged.major_name, staged.class_name, staged.enrolled_on,
        staged.status, staged.national_number_sealed, staged.national_number, staged.phone_sealed,
        staged.phone)
"""

# Another name and another phone are another person, to whom no account of the former belongs
REPLACED = """
DELETE FROM people_guardian kept
USING staged_students staged
JOIN people_school school ON school.code = staged.school_code
JOIN people_learneridentity learner
    ON learner.school_id = school.id AND learner.student_number = staged.student_number
WHERE kept.learner_id = learner.id AND kept.name <> staged.guardian_name
    AND kept.phone_index IS DISTINCT FROM staged.guardian_phone
"""

GUARDIANS = """
MERGE INTO people_guardian AS kept USING (
    SELECT staged.*, learner.id AS learner_id,
        staged.guardian_name <> '' OR staged.guardian_relation <> ''
            OR staged.guardian_phone IS NOT NULL AS is_named
    FROM staged_students staged
    JOIN people_school school ON school.code = staged.school_code
    JOIN people_learneridentity learner
        ON learner.school_id = school.id AND learner.student_number = staged.student_number
) AS staged ON kept.learner_id = staged.learner_id
WHEN MATCHED AND NOT staged.is_named THEN DELETE
WHEN MATCHED AND (kept.name, kept.relation, kept.phone_index)
    IS DISTINCT FROM (staged.guardian_name, staged.guardian_relation, staged.guardian_phone)
THEN UPDATE SET name = staged.guardian_name, relation = staged.guardian_relation,
    phone_sealed = CASE WHEN kept.phone_index IS NOT DISTINCT FROM staged.guardian_phone
        THEN kept.phone_sealed ELSE staged.guardian_phone_sealed END,
    phone_index = staged.guardian_phone
WHEN NOT MATCHED AND staged.is_named
THEN INSERT (public_id, learner_id, name, relation, phone_sealed, phone_index)
    VALUES (staged.guardian_public_id, staged.learner_id, staged.guardian_name,
        staged.guardian_relation, staged.guardian_phone_sealed, staged.guardian_phone)
"""

ORPHANS = """
DELETE FROM people_student student USING displaced_students displaced
WHERE student.id = displaced.student_id AND NOT EXISTS (
    SELECT FROM people_learneridentity learner WHERE learner.student_id = student.id)
"""


def merge_students(cursor: Any) -> None:
    """Persons by ID number, identities by school and number, guardians by identity.

    A corrected ID number moves the identity to the person who has it; where nobody has, and the
    person has this identity alone, the person's number is corrected. A person left without
    identity goes. A guardian of another name and phone is another one, and the account of the
    former ends. Ciphertext of an unchanged value stays as it is.
    """
    for statement in (DISPLACED, CORRECTED, STUDENTS, LEARNERS, REPLACED, GUARDIANS, ORPHANS):
        cursor.execute(statement)
