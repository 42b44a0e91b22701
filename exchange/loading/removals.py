"""The statements that take staged rows back; what only a roster had made goes with them."""

from __future__ import annotations

REMOVALS: dict[str, tuple[str, ...]] = {
    "schools": (
        """
        DELETE FROM people_teacher teacher USING people_school school, staged_schools staged
        WHERE teacher.school_id = school.id AND school.code = staged.code
        """,
        """
        DELETE FROM people_school school USING staged_schools staged
        WHERE school.code = staged.code
        """,
    ),
    "enterprises": (
        """
        DELETE FROM people_mentor mentor
        USING people_enterprise enterprise, staged_enterprises staged
        WHERE mentor.enterprise_id = enterprise.id AND enterprise.credit_code = staged.credit_code
        """,
        """
        DELETE FROM people_enterprise enterprise USING staged_enterprises staged
        WHERE enterprise.credit_code = staged.credit_code
        """,
    ),
    "students": (
        """
        CREATE TEMPORARY TABLE retracted_learners ON COMMIT DROP AS
        SELECT learner.id, learner.student_id
        FROM staged_students staged
        JOIN people_school school ON school.code = staged.school_code
        JOIN people_learneridentity learner
            ON learner.school_id = school.id AND learner.student_number = staged.student_number
        """,
        """
        DELETE FROM people_guardian guardian USING retracted_learners retracted
        WHERE guardian.learner_id = retracted.id
        """,
        """
        DELETE FROM people_learneridentity learner USING retracted_learners retracted
        WHERE learner.id = retracted.id
        """,
        """
        DELETE FROM people_student student USING retracted_learners retracted
        WHERE student.id = retracted.student_id AND NOT EXISTS (
            SELECT FROM people_learneridentity learner WHERE learner.student_id = student.id)
        """,
    ),
    "posts": (
        "DELETE FROM internships_post post USING staged_posts staged WHERE post.code = staged.code",
    ),
    "placements": (
        """
        DELETE FROM internships_terms terms USING internships_placement placement,
            staged_placements staged
        WHERE terms.placement_id = placement.id AND placement.code = staged.code
        """,
        """
        DELETE FROM internships_placement placement USING staged_placements staged
        WHERE placement.code = staged.code
        """,
    ),
    "agreements": (
        """
        DELETE FROM internships_agreement agreement USING staged_agreements staged
        WHERE agreement.code = staged.code
        """,
    ),
    "policies": (
        """
        DELETE FROM insurance_policy policy USING staged_policies staged
        WHERE policy.number = staged.number
        """,
    ),
    "insured": (
        """
        DELETE FROM insurance_insuredperiod insured
        USING staged_insured staged, insurance_policy policy, people_school school,
            people_learneridentity learner
        WHERE policy.number = staged.policy_number AND school.code = staged.school_code
            AND learner.school_id = school.id AND learner.student_number = staged.student_number
            AND insured.policy_id = policy.id AND insured.learner_id = learner.id
            AND lower(insured.period) = staged.starts_on
        """,
    ),
    "attendance": (
        """
        DELETE FROM internships_attendanceday attendance
        USING staged_attendance staged, internships_placement placement
        WHERE placement.code = staged.placement_code AND attendance.placement_id = placement.id
            AND attendance.day = staged.day
        """,
    ),
    "payments": (
        """
        CREATE TEMPORARY TABLE retracted_payments ON COMMIT DROP AS
        SELECT entry.id
        FROM staged_payments staged
        JOIN internships_placement placement ON placement.code = staged.placement_code
        JOIN compensation_paymententry entry
            ON entry.placement_id = placement.id AND entry.row_key = staged.row_key
        WHERE entry.reverses_id IS NULL AND NOT EXISTS (
            SELECT FROM compensation_paymententry reversal WHERE reversal.reverses_id = entry.id)
        """,
    ),
    "filings": (
        """
        DELETE FROM internships_filing filing USING staged_filings staged
        WHERE filing.code = staged.code
        """,
    ),
    "apprentices": (
        """
        DELETE FROM apprenticeship_apprenticeidentity apprentice USING staged_apprentices staged
        WHERE apprentice.number = staged.code
        """,
    ),
}
