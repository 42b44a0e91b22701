"""Staged rows into the tables: one set-based statement a table, rows that are equal left alone.

The order is that of dependence, so that a statement finds the ids of what the tables before it
brought. Keys never change by a merge; what a row says of others (its student, its post) may.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from exchange.format import TABLES
from exchange.loading.merge_attendance import merge_attendance
from exchange.loading.merge_payments import merge_payments
from exchange.loading.merge_placements import merge_placements
from exchange.loading.merge_students import merge_students
from exchange.loading.staffing import let_staff_follow, record_named_staff

SCHOOLS = """
MERGE INTO people_school AS kept USING staged_schools AS staged ON kept.code = staged.code
WHEN MATCHED AND (kept.name, kept.level, kept.division_code)
    IS DISTINCT FROM (staged.name, staged.level, staged.division_code)
THEN UPDATE SET name = staged.name, level = staged.level, division_code = staged.division_code
WHEN NOT MATCHED THEN INSERT (code, name, level, division_code)
    VALUES (staged.code, staged.name, staged.level, staged.division_code)
"""

ENTERPRISES = """
MERGE INTO people_enterprise AS kept USING staged_enterprises AS staged
    ON kept.credit_code = staged.credit_code
WHEN MATCHED AND (kept.name, kept.division_code, kept.staff_count, kept.address, kept.venue,
        kept.nature, kept.contact_name, kept.contact_phone)
    IS DISTINCT FROM (staged.name, staged.division_code, staged.staff_count, staged.address,
        staged.venue, staged.nature, staged.contact_name, staged.contact_phone)
THEN UPDATE SET name = staged.name, division_code = staged.division_code,
    staff_count = staged.staff_count, address = staged.address, venue = staged.venue,
    nature = staged.nature, contact_name = staged.contact_name,
    contact_phone = staged.contact_phone
WHEN NOT MATCHED THEN INSERT (credit_code, name, division_code, staff_count, address, venue,
        nature, contact_name, contact_phone)
    VALUES (staged.credit_code, staged.name, staged.division_code, staged.staff_count,
        staged.address, staged.venue, staged.nature, staged.contact_name, staged.contact_phone)
"""

POSTS = """
MERGE INTO internships_post AS kept USING (
    SELECT staged.*, enterprise.id AS enterprise_id
    FROM staged_posts staged
    JOIN people_enterprise enterprise ON enterprise.credit_code = staged.credit_code
) AS staged ON kept.code = staged.code
WHEN MATCHED AND (kept.enterprise_id, kept.title, kept.headcount, kept.wage_standard,
        kept.lowest_wage, kept.major_groups::text[], kept.labour_grade, kept.hazards::text[])
    IS DISTINCT FROM (staged.enterprise_id, staged.name, staged.staff_count, staged.wage_standard,
        staged.lowest_wage, staged.major_groups, staged.labour_grade, staged.hazards)
THEN UPDATE SET enterprise_id = staged.enterprise_id, title = staged.name,
    headcount = staged.staff_count, wage_standard = staged.wage_standard,
    lowest_wage = staged.lowest_wage, major_groups = staged.major_groups,
    labour_grade = staged.labour_grade, hazards = staged.hazards
WHEN NOT MATCHED THEN INSERT (code, enterprise_id, title, headcount, wage_standard, lowest_wage,
        major_groups, labour_grade, hazards)
    VALUES (staged.code, staged.enterprise_id, staged.name, staged.staff_count,
        staged.wage_standard, staged.lowest_wage, staged.major_groups, staged.labour_grade,
        staged.hazards)
"""

AGREEMENTS = """
MERGE INTO internships_agreement AS kept USING (
    SELECT staged.*, placement.id AS placement_id
    FROM staged_agreements staged
    JOIN internships_placement placement ON placement.code = staged.placement_code
) AS staged ON kept.code = staged.code
WHEN MATCHED AND (kept.placement_id, kept.school_signed_on, kept.enterprise_signed_on,
        kept.student_signed_on, kept.template_version)
    IS DISTINCT FROM (staged.placement_id, staged.school_signed_on, staged.enterprise_signed_on,
        staged.student_signed_on, staged.template_version)
THEN UPDATE SET placement_id = staged.placement_id, school_signed_on = staged.school_signed_on,
    enterprise_signed_on = staged.enterprise_signed_on,
    student_signed_on = staged.student_signed_on, template_version = staged.template_version
WHEN NOT MATCHED THEN INSERT (code, placement_id, school_signed_on, enterprise_signed_on,
        student_signed_on, template_version)
    VALUES (staged.code, staged.placement_id, staged.school_signed_on,
        staged.enterprise_signed_on, staged.student_signed_on, staged.template_version)
"""

POLICIES = """
MERGE INTO insurance_policy AS kept USING (
    SELECT *, daterange(starts_on, ends_on, '[]') AS period FROM staged_policies
) AS staged ON kept.number = staged.number
WHEN MATCHED AND (kept.kind, kept.insurer, kept.payer, kept.period, kept.status,
        kept.surrendered_on, kept.limit_per_person)
    IS DISTINCT FROM (staged.kind, staged.insurer, staged.premium_payer, staged.period,
        staged.status, staged.surrendered_on, staged.limit_per_person)
THEN UPDATE SET kind = staged.kind, insurer = staged.insurer, payer = staged.premium_payer,
    period = staged.period, status = staged.status, surrendered_on = staged.surrendered_on,
    limit_per_person = staged.limit_per_person
WHEN NOT MATCHED THEN INSERT (number, kind, insurer, payer, period, status, surrendered_on,
        limit_per_person)
    VALUES (staged.number, staged.kind, staged.insurer, staged.premium_payer, staged.period,
        staged.status, staged.surrendered_on, staged.limit_per_person)
"""

INSURED = """
MERGE INTO insurance_insuredperiod AS kept USING (
    SELECT policy.id AS policy_id, school.id AS school_id, learner.id AS learner_id,
        staged.starts_on, daterange(staged.starts_on, staged.ends_on, '[]') AS period
    FROM staged_insured staged
    JOIN insurance_policy policy ON policy.number = staged.policy_number
    JOIN people_school school ON school.code = staged.school_code
    JOIN people_learneridentity learner
        ON learner.school_id = school.id AND learner.student_number = staged.student_number
) AS staged
ON kept.policy_id = staged.policy_id AND kept.learner_id = staged.learner_id
    AND lower(kept.period) = staged.starts_on
WHEN MATCHED AND kept.period IS DISTINCT FROM staged.period
THEN UPDATE SET period = staged.period
WHEN NOT MATCHED THEN INSERT (policy_id, school_id, learner_id, period)
    VALUES (staged.policy_id, staged.school_id, staged.learner_id, staged.period)
"""

FILINGS = """
MERGE INTO internships_filing AS kept USING (
    SELECT staged.*, post.id AS post_id, school.id AS school_id,
        daterange(staged.valid_from, staged.valid_to, '[]') AS period
    FROM staged_filings staged
    JOIN internships_post post ON post.code = staged.post_code
    LEFT JOIN people_school school ON school.code = staged.school_code
) AS staged ON kept.code = staged.code
WHEN MATCHED AND (kept.post_id, kept.matters::text[], kept.filed_on, kept.period, kept.school_id,
        kept.major_code)
    IS DISTINCT FROM (staged.post_id, staged.matters, staged.filed_on, staged.period,
        staged.school_id, staged.major_code)
THEN UPDATE SET post_id = staged.post_id, matters = staged.matters, filed_on = staged.filed_on,
    period = staged.period, school_id = staged.school_id, major_code = staged.major_code
WHEN NOT MATCHED THEN INSERT (code, post_id, matters, filed_on, period, school_id, major_code)
    VALUES (staged.code, staged.post_id, staged.matters, staged.filed_on, staged.period,
        staged.school_id, staged.major_code)
"""

APPRENTICES = """
MERGE INTO apprenticeship_apprenticeidentity AS kept USING (
    SELECT staged.*, school.id AS school_id, learner.id AS learner_id,
        enterprise.id AS enterprise_id,
        daterange(staged.starts_on, staged.ends_on, '[]') AS period,
        teacher.id AS teacher_id, mentor.id AS mentor_id
    FROM staged_apprentices staged
    JOIN people_school school ON school.code = staged.school_code
    JOIN people_learneridentity learner
        ON learner.school_id = school.id AND learner.student_number = staged.student_number
    JOIN people_enterprise enterprise ON enterprise.credit_code = staged.credit_code
    LEFT JOIN apprenticeship_apprenticeidentity known ON known.number = staged.code
    LEFT JOIN LATERAL (
        SELECT named.id FROM people_teacher named
        WHERE named.school_id = school.id AND named.name = staged.teacher_name
        ORDER BY named.id IS DISTINCT FROM known.teacher_id, named.namesake LIMIT 1
    ) AS teacher ON staged.teacher_name <> ''
    LEFT JOIN LATERAL (
        SELECT named.id FROM people_mentor named
        WHERE named.enterprise_id = enterprise.id AND named.name = staged.mentor_name
        ORDER BY named.id IS DISTINCT FROM known.mentor_id, named.namesake LIMIT 1
    ) AS mentor ON staged.mentor_name <> ''
) AS staged ON kept.number = staged.code
WHEN MATCHED AND (kept.school_id, kept.learner_id, kept.enterprise_id, kept.form, kept.period,
        kept.agreement_number, kept.agreed_on, kept.guardian_signed_on, kept.teacher_id,
        kept.mentor_id, kept.labour_contract_number)
    IS DISTINCT FROM (staged.school_id, staged.learner_id, staged.enterprise_id, staged.form,
        staged.period, staged.agreement_code, staged.agreement_signed_on,
        staged.guardian_signed_on, staged.teacher_id, staged.mentor_id, staged.contract_code)
THEN UPDATE SET school_id = staged.school_id, learner_id = staged.learner_id,
    enterprise_id = staged.enterprise_id, form = staged.form, period = staged.period,
    agreement_number = staged.agreement_code, agreed_on = staged.agreement_signed_on,
    guardian_signed_on = staged.guardian_signed_on, teacher_id = staged.teacher_id,
    mentor_id = staged.mentor_id, labour_contract_number = staged.contract_code
WHEN NOT MATCHED THEN INSERT (number, school_id, learner_id, enterprise_id, form, period,
        agreement_number, agreed_on, guardian_signed_on, teacher_id, mentor_id,
        labour_contract_number)
    VALUES (staged.code, staged.school_id, staged.learner_id, staged.enterprise_id, staged.form,
        staged.period, staged.agreement_code, staged.agreement_signed_on,
        staged.guardian_signed_on, staged.teacher_id, staged.mentor_id, staged.contract_code)
"""

ONE_STATEMENT: dict[str, str] = {
    "schools": SCHOOLS,
    "enterprises": ENTERPRISES,
    "posts": POSTS,
    "agreements": AGREEMENTS,
    "policies": POLICIES,
    "insured": INSURED,
    "filings": FILINGS,
    "apprentices": APPRENTICES,
}


SEVERAL_STATEMENTS: dict[str, Callable[[Any], None]] = {
    "students": merge_students,
    "placements": merge_placements,
    "attendance": merge_attendance,
}


def merge(cursor: Any, stems: set[str], *, operation_id: UUID) -> None:
    """Bring the staged tables of `stems` in; checks have passed, nothing is refused here."""
    for stem in TABLES:
        if stem not in stems:
            continue
        if stem in ("placements", "apprentices"):
            record_named_staff(cursor, stem)
        if stem in ONE_STATEMENT:
            cursor.execute(ONE_STATEMENT[stem])
        elif stem == "payments":
            merge_payments(cursor, operation_id=operation_id)
        else:
            SEVERAL_STATEMENTS[stem](cursor)
    if stems & {"posts", "placements"}:
        let_staff_follow(cursor)
