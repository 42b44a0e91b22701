"""What a district file would say of the rows that are in the database, one SELECT a table.

Columns have the names of `exchange.format`; closed words are codes, sets are ascending, a text that
is not given is '' and a sensitive value is its blind index. `id` names the row.
"""

from __future__ import annotations

CURRENT: dict[str, str] = {
    "schools": """
        SELECT id, code, name, level, division_code FROM people_school
    """,
    "enterprises": """
        SELECT id, credit_code, name, division_code, staff_count, address, venue, nature,
            contact_name, contact_phone
        FROM people_enterprise
    """,
    "students": """
        SELECT learner.id, school.code AS school_code, learner.student_number, learner.name,
            student.id_number_index AS id_number, learner.major_code, learner.major_name,
            learner.class_name, learner.enrolled_on,
            learner.national_number_index AS national_number, learner.phone_index AS phone,
            coalesce(guardian.name, '') AS guardian_name,
            coalesce(guardian.relation, '') AS guardian_relation,
            guardian.phone_index AS guardian_phone, learner.status
        FROM people_learneridentity learner
        JOIN people_student student ON student.id = learner.student_id
        JOIN people_school school ON school.id = learner.school_id
        LEFT JOIN people_guardian guardian ON guardian.learner_id = learner.id
    """,
    "posts": """
        SELECT post.id, post.code, enterprise.credit_code, post.title AS name,
            post.headcount AS staff_count, post.wage_standard, post.lowest_wage,
            ARRAY(SELECT item::text FROM unnest(post.major_groups) item ORDER BY item)
                AS major_groups,
            post.labour_grade,
            ARRAY(SELECT item::text FROM unnest(post.hazards) item ORDER BY item) AS hazards
        FROM internships_post post
        JOIN people_enterprise enterprise ON enterprise.id = post.enterprise_id
    """,
    # The file's one row speaks of the terms in force on the first day; amendments are not in it.
    "placements": """
        SELECT placement.id, placement.code, school.code AS school_code, learner.student_number,
            post.code AS post_code, placement.kind, placement.arrangement, terms.stage,
            placement.starts_on, placement.ends_on, placement.ended_on, placement.status,
            terms.pay_basis, terms.agreed_pay, terms.pay_day,
            coalesce(teacher.name, '') AS teacher_name, coalesce(mentor.name, '') AS mentor_name,
            placement.safety_trained_on, placement.student_consented_on,
            placement.guardian_consented_on
        FROM internships_placement placement
        JOIN people_school school ON school.id = placement.school_id
        JOIN people_learneridentity learner ON learner.id = placement.learner_id
        LEFT JOIN internships_terms terms
            ON terms.placement_id = placement.id AND terms.period @> placement.starts_on
        LEFT JOIN internships_post post ON post.id = terms.post_id
        LEFT JOIN people_teacher teacher ON teacher.id = terms.teacher_id
        LEFT JOIN people_mentor mentor ON mentor.id = terms.mentor_id
    """,
    "agreements": """
        SELECT agreement.id, agreement.code, placement.code AS placement_code,
            agreement.school_signed_on, agreement.enterprise_signed_on,
            agreement.student_signed_on, agreement.template_version
        FROM internships_agreement agreement
        JOIN internships_placement placement ON placement.id = agreement.placement_id
    """,
    "policies": """
        SELECT id, number, kind, insurer, payer AS premium_payer, lower(period) AS starts_on,
            upper(period) - 1 AS ends_on, status, surrendered_on, limit_per_person
        FROM insurance_policy
    """,
    "insured": """
        SELECT insured.id, policy.number AS policy_number, school.code AS school_code,
            learner.student_number, lower(insured.period) AS starts_on,
            upper(insured.period) - 1 AS ends_on
        FROM insurance_insuredperiod insured
        JOIN insurance_policy policy ON policy.id = insured.policy_id
        JOIN people_school school ON school.id = insured.school_id
        JOIN people_learneridentity learner ON learner.id = insured.learner_id
    """,
    "attendance": """
        SELECT attendance.placement_id AS id, placement.code AS placement_code, attendance.day,
            attendance.status, attendance.hours, attendance.came_minute AS came_at,
            attendance.left_minute AS left_at, attendance.confirmed
        FROM internships_attendanceday attendance
        JOIN internships_placement placement ON placement.id = attendance.placement_id
    """,
    # Only what stands: neither a reversal nor reversed.
    "payments": """
        SELECT entry.id, placement.code AS placement_code, entry.month, entry.amount,
            entry.paid_on, entry.method, entry.payer, entry.payee, entry.deductions,
            entry.bank_reference, entry.row_key
        FROM compensation_paymententry entry
        JOIN internships_placement placement ON placement.id = entry.placement_id
        WHERE entry.reverses_id IS NULL AND NOT EXISTS (
            SELECT FROM compensation_paymententry reversal WHERE reversal.reverses_id = entry.id)
    """,
    "filings": """
        SELECT filing.id, filing.code, post.code AS post_code,
            ARRAY(SELECT item::text FROM unnest(filing.matters) item ORDER BY item) AS matters,
            filing.filed_on, lower(filing.period) AS valid_from,
            upper(filing.period) - 1 AS valid_to, coalesce(school.code, '') AS school_code,
            filing.major_code
        FROM internships_filing filing
        JOIN internships_post post ON post.id = filing.post_id
        LEFT JOIN people_school school ON school.id = filing.school_id
    """,
    "apprentices": """
        SELECT apprentice.id, apprentice.number AS code, school.code AS school_code,
            learner.student_number, enterprise.credit_code, apprentice.form,
            lower(apprentice.period) AS starts_on, upper(apprentice.period) - 1 AS ends_on,
            apprentice.agreement_number AS agreement_code,
            apprentice.agreed_on AS agreement_signed_on, apprentice.guardian_signed_on,
            coalesce(teacher.name, '') AS teacher_name, coalesce(mentor.name, '') AS mentor_name,
            apprentice.labour_contract_number AS contract_code
        FROM apprenticeship_apprenticeidentity apprentice
        JOIN people_school school ON school.id = apprentice.school_id
        JOIN people_learneridentity learner ON learner.id = apprentice.learner_id
        JOIN people_enterprise enterprise ON enterprise.id = apprentice.enterprise_id
        LEFT JOIN people_teacher teacher ON teacher.id = apprentice.teacher_id
        LEFT JOIN people_mentor mentor ON mentor.id = apprentice.mentor_id
    """,
}

# The columns by which a row is found again; a payment's digest or bank reference is its row key.
KEYS: dict[str, tuple[str, ...]] = {
    "schools": ("code",),
    "enterprises": ("credit_code",),
    "students": ("school_code", "student_number"),
    "posts": ("code",),
    "placements": ("code",),
    "agreements": ("code",),
    "policies": ("number",),
    "insured": ("policy_number", "school_code", "student_number", "starts_on"),
    "attendance": ("placement_code", "day"),
    "payments": ("placement_code", "row_key"),
    "filings": ("code",),
    "apprentices": ("code",),
}
