"""Breaches of what single columns hold: days, codes, amounts, ciphertext, and the keys of rows."""

from __future__ import annotations

# constraint name → table, the columns set, the sound row that is broken.
VALUES: dict[str, tuple[str, str, str]] = {
    "school_code_is_well_formed": ("people_school", "code = 'abc'", "school"),
    "school_division_is_well_formed": ("people_school", "division_code = ''", "school"),
    "school_has_a_name": ("people_school", "name = ''", "school"),
    "enterprise_credit_code_is_well_formed": (
        "people_enterprise",
        "credit_code = 'I1110000600037341L'",
        "enterprise",
    ),
    "enterprise_division_is_well_formed": (
        "people_enterprise",
        "division_code = '50011'",
        "enterprise",
    ),
    "enterprise_has_a_name": ("people_enterprise", "name = ''", "enterprise"),
    "teacher_has_a_name": ("people_teacher", "name = ''", "other_teacher"),
    "teacher_namesake_is_not_negative": ("people_teacher", "namesake = -1", "other_teacher"),
    "mentor_has_a_name": ("people_mentor", "name = ''", "other_mentor"),
    "mentor_namesake_is_not_negative": ("people_mentor", "namesake = -1", "other_mentor"),
    "student_birth_is_a_day_of_the_calendar": (
        "people_student",
        "born_on = '-infinity'",
        "student",
    ),
    "student_id_number_is_ciphertext": (
        "people_student",
        "id_number_sealed = '500117200905040001500117200905040001'",
        "student",
    ),
    "student_id_number_index_is_a_digest": (
        "people_student",
        "id_number_index = '500117200905040001'",
        "student",
    ),
    "learner_secrets_are_ciphertext": (
        "people_learneridentity",
        "phone_sealed = '+8613800138000', phone_index = sha256('x')",
        "learner",
    ),
    "learner_secret_indexes_are_digests": (
        "people_learneridentity",
        "national_number_sealed = {sealed}, national_number_index = '500117200905040001'",
        "learner",
    ),
    "learner_major_is_well_formed": ("people_learneridentity", "major_code = 'zzz'", "learner"),
    "learner_enrolment_is_a_day_of_the_calendar": (
        "people_learneridentity",
        "enrolled_on = 'infinity'",
        "learner",
    ),
    "learner_has_a_number_and_a_name": ("people_learneridentity", "name = ''", "learner"),
    "guardian_phone_is_ciphertext": (
        "people_guardian",
        "phone_sealed = '\\x01', phone_index = sha256('x')",
        "guardian",
    ),
    "guardian_phone_index_is_a_digest": (
        "people_guardian",
        "phone_sealed = {sealed}, phone_index = '+8613800138000'",
        "guardian",
    ),
    "user_secrets_are_ciphertext": (
        "people_user",
        "email_sealed = 'teacher-li@example.edu.cn-and-more', email_index = sha256('x')",
        "user",
    ),
    "user_secret_indexes_are_digests": (
        "people_user",
        "phone_sealed = {sealed}, phone_index = '+8613800138000'",
        "user",
    ),
    "membership_ends_are_of_the_calendar": (
        "people_membership",
        "period = '[2026-09-01,infinity)'",
        "membership",
    ),
    "post_wage_standards_are_amounts": ("internships_post", "wage_standard = 'NaN'", "post"),
    "post_major_groups_are_known_ones": ("internships_post", "major_groups = '{{99}}'", "post"),
    "post_has_a_code_and_a_title": ("internships_post", "title = ''", "post"),
    "filing_period_is_of_the_calendar": ("internships_filing", "period = '(,)'", "filing"),
    "filing_is_made_on_a_day_of_the_calendar": (
        "internships_filing",
        "filed_on = '-infinity'",
        "filing",
    ),
    "filing_names_a_matter": ("internships_filing", "matters = '{{}}'", "filing"),
    "filing_major_is_well_formed": ("internships_filing", "major_code = 'zz'", "filing"),
    "filing_has_a_code": ("internships_filing", "code = ''", "filing"),
    "placement_days_are_of_the_calendar": (
        "internships_placement",
        "ends_on = 'infinity'",
        "placement",
    ),
    "placement_has_a_code": ("internships_placement", "code = ''", "placement"),
    "agreed_pay_is_an_amount": ("internships_terms", "agreed_pay = 'NaN'", "terms"),
    "terms_change_on_days_of_the_calendar": (
        "internships_terms",
        "period = '[-infinity,)'",
        "terms",
    ),
    "agreement_is_signed_on_days_of_the_calendar": (
        "internships_agreement",
        "student_signed_on = '2200-01-01'",
        "agreement",
    ),
    "agreement_has_a_code": ("internships_agreement", "code = ''", "agreement"),
    "policy_limit_is_an_amount": ("insurance_policy", "limit_per_person = 'NaN'", "policy"),
    "policy_period_is_of_the_calendar": ("insurance_policy", "period = '(,)'", "free_policy"),
    "policy_is_surrendered_on_a_day_of_the_calendar": (
        "insurance_policy",
        "status = 'surrendered', surrendered_on = 'infinity'",
        "policy",
    ),
    "policy_has_a_number_and_an_insurer": ("insurance_policy", "number = ''", "policy"),
    "insured_period_is_of_the_calendar": (
        "insurance_insuredperiod",
        "period = '[2026-09-15,)'",
        "insured",
    ),
    "apprenticeship_is_of_the_calendar": (
        "apprenticeship_apprenticeidentity",
        "period = '(,)'",
        "apprentice",
    ),
    "apprenticeship_is_agreed_on_days_of_the_calendar": (
        "apprenticeship_apprenticeidentity",
        "agreed_on = 'infinity'",
        "apprentice",
    ),
    "apprentice_has_a_number": (
        "apprenticeship_apprenticeidentity",
        "number = ''",
        "apprentice",
    ),
}

# constraint name → table, the sound row that is entered again, the columns that differ then.
KEYS: dict[str, tuple[str, str, dict[str, str]]] = {
    "school_code_is_given_once": ("people_school", "school", {}),
    "enterprise_credit_code_is_given_once": ("people_enterprise", "enterprise", {}),
    "student_is_recorded_once_an_id_number": (
        "people_student",
        "student",
        {"public_id": "gen_random_uuid()"},
    ),
    "student_public_id_is_given_once": (
        "people_student",
        "student",
        {"id_number_index": "sha256('x')"},
    ),
    "learner_public_id_is_given_once": (
        "people_learneridentity",
        "learner",
        {"student_number": "'S9'", "status": "'withdrawn'"},
    ),
    "guardian_public_id_is_given_once": (
        "people_guardian",
        "guardian",
        {"learner_id": "{second_learner}"},
    ),
    "learner_has_one_guardian": (
        "people_guardian",
        "guardian",
        {"public_id": "gen_random_uuid()"},
    ),
    "user_public_id_is_given_once": ("people_user", "user", {"username": "'other'"}),
    "username_is_given_once": ("people_user", "user", {"public_id": "gen_random_uuid()"}),
    "post_code_is_given_once": ("internships_post", "post", {}),
    "placement_code_is_given_once": (
        "internships_placement",
        "placement",
        {"kind": "'orientation'"},
    ),
    "agreement_code_is_given_once": ("internships_agreement", "agreement", {}),
    "filing_code_is_given_once": ("internships_filing", "filing", {}),
    "policy_number_is_given_once": ("insurance_policy", "policy", {}),
    "apprentice_number_is_given_once": (
        "apprenticeship_apprenticeidentity",
        "apprentice",
        {"period": "'[2025-09-01,2026-09-01)'"},
    ),
}

SEALED = "('\\x01' || sha256('x'))"


def copied(table: str, row: str, other: dict[str, str]) -> str:
    """A statement that enters the row again, but for its id and for the columns of `other`."""
    return (
        f"DO $$ DECLARE again {table}; names text; BEGIN "
        f"SELECT * INTO again FROM {table} WHERE id = {{{row}}}; "
        f"again.id := 9999999; "
        + "".join(f"again.{column} := {value}; " for column, value in other.items())
        + "SELECT string_agg(quote_ident(attname), ', ') INTO names FROM pg_attribute "
        f"WHERE attrelid = '{table}'::regclass AND attnum > 0 AND attgenerated = ''; "
        f"EXECUTE format('INSERT INTO {table} (%s) SELECT %s FROM (SELECT $1.*) again', "
        "names, names) USING again; END $$"
    )


def value_breaches() -> dict[str, str]:
    """The statements by constraint name; names in braces are filled with ids."""
    breaches = {
        name: f"UPDATE {table} SET {columns.replace('{sealed}', SEALED)} WHERE id = {{{row}}}"
        for name, (table, columns, row) in VALUES.items()
    }
    breaches |= {name: copied(*key) for name, key in KEYS.items()}
    return breaches | {
        "attendance_day_is_of_the_calendar": (
            "UPDATE internships_attendanceday SET day = 'infinity'"
        ),
        "attendance_lies_in_a_month_that_was_made": (
            "UPDATE internships_attendanceday SET day = '1985-01-01'"
        ),
        "sign_in_link_is_made_once_a_token": (
            "INSERT INTO people_signinlink (token_digest, user_id, made_at, expires_at) "
            "SELECT sha256('x'), {user}, now(), now() + interval '1 hour' "
            "FROM generate_series(1, 2)"
        ),
        "payment_is_reversed_once": (
            "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, "
            "paid_on, method, payer, payee, deductions, bank_reference, row_key, revision, "
            "reverses_id) SELECT placement_id, school_id, month, amount, paid_on, method, payer, "
            "payee, deductions, bank_reference, row_key, revision, id "
            "FROM compensation_paymententry, generate_series(1, 2)"
        ),
        "payment_revision_is_not_negative": (
            "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, "
            "paid_on, method, payer, payee, deductions, bank_reference, row_key, revision) "
            "VALUES ({placement}, {school}, '2026-09-01', 1, '2026-10-15', "
            "'cash', 'host', 'student', '{{}}', '', 'k', -1)"
        ),
    }
