"""The statement that breaks each invariant, by the name of its constraint or trigger."""

from __future__ import annotations

from tests.invariants.breaches_of_accounts import ACCOUNT_BREACHES
from tests.invariants.breaches_of_chains import CHAIN_BREACHES
from tests.invariants.breaches_of_hosts import HOST_BREACHES
from tests.invariants.breaches_of_lives import LIFE_BREACHES
from tests.invariants.breaches_of_papers import PAPER_BREACHES
from tests.invariants.breaches_of_signing import SIGNING_BREACHES
from tests.invariants.breaches_of_values import value_breaches
from tests.invariants.breaches_of_words import WORD_BREACHES


def _copied_delivery(spoken_of: str) -> str:
    """A second delivery like the sound one, of that digest and those notices."""
    return (
        "INSERT INTO compliance_delivery (channel, recipient_id, digest_id, notices, state, "
        f"attempts, created_at, available_at, reason) SELECT channel, recipient_id, {spoken_of}, "
        "'queued', 0, now(), now(), '' FROM compliance_delivery WHERE id = {delivery}"
    )


def _answer(key: str, *, rows: int = 1) -> str:
    """Kept answers of one actor, under that key."""
    return (
        "INSERT INTO audit_keptanswer (id, actor, key, fingerprint, made_at) "
        f"SELECT gen_random_uuid(), 'user:1', {key}, sha256('x'), now() "
        f"FROM generate_series(1, {rows})"
    )


# constraint name → the statement that breaks it; {name} is the id of that sound row.
BREACHES: dict[str, str] = {
    "operation_that_reads_plain_text_states_a_reason": (
        "INSERT INTO audit_operation (id, kind, made_at, made_by, reason, source, counts) "
        "VALUES (gen_random_uuid(), 'reveal', now(), 'x', '', '{{}}', '{{}}')"
    ),
    "audit_operation_is_append_only": "UPDATE audit_operation SET made_by = 'y'",
    "audit_operation_is_append_only_whole": "TRUNCATE audit_operation CASCADE",
    "answer_is_kept_once_a_key": _answer("'a'", rows=2),
    "answer_is_kept_under_a_key": _answer("''"),
    "outbox_message_is_not_done_and_parked_at_once": (
        "INSERT INTO audit_outbox (topic, payload, done_at, parked_at) "
        "VALUES ('recheck', '{{}}', now(), now())"
    ),
    "period_of_a_job_is_claimed_once": (
        "INSERT INTO audit_periodrun (job, period, fate, claimed_at) "
        "SELECT 'sweep', date '2026-11-24', 'asked', now() FROM generate_series(1, 2)"
    ),
    "period_fate_is_a_known_one": (
        "INSERT INTO audit_periodrun (job, period, fate, claimed_at) "
        "VALUES ('sweep', '2026-11-24', 'forgotten', now())"
    ),
    "enterprise_has_at_least_one_on_its_staff": (
        "UPDATE people_enterprise SET staff_count = 0 WHERE id = {enterprise}"
    ),
    "student_number_is_given_once_in_a_school": (
        "UPDATE people_learneridentity SET student_number = 'S1' WHERE id = {second_learner}"
    ),
    "student_is_enrolled_in_one_school_at_a_time": (
        "UPDATE people_learneridentity SET student_id = {student} WHERE id = {second_learner}"
    ),
    "learner_phone_is_sealed_and_indexed_together": (
        "UPDATE people_learneridentity SET phone_sealed = '\\x01' || sha256('x') "
        "WHERE id = {learner}"
    ),
    "learner_national_number_is_sealed_and_indexed_together": (
        "UPDATE people_learneridentity SET national_number_index = sha256('x') WHERE id = {learner}"
    ),
    "guardian_phone_is_sealed_and_indexed_together": (
        "UPDATE people_guardian SET phone_sealed = '\\x01' || sha256('x') WHERE id = {guardian}"
    ),
    "teacher_is_recorded_once_in_a_school": (
        "INSERT INTO people_teacher (school_id, name, namesake) "
        "SELECT school_id, name, namesake FROM people_teacher WHERE id = {teacher}"
    ),
    "mentor_is_recorded_once_in_an_enterprise": (
        "INSERT INTO people_mentor (enterprise_id, name, namesake) "
        "SELECT enterprise_id, name, namesake FROM people_mentor WHERE id = {mentor}"
    ),
    "post_has_at_least_one_on_its_staff": (
        "UPDATE internships_post SET headcount = 0 WHERE id = {post}"
    ),
    "post_wage_standards_are_not_negative": (
        "UPDATE internships_post SET lowest_wage = -0.01 WHERE id = {post}"
    ),
    "filing_ends_after_it_starts": (
        "UPDATE internships_filing SET period = 'empty' WHERE id = {filing}"
    ),
    "placement_state_is_a_known_one": (
        "UPDATE internships_placement SET state = 'lost' WHERE id = {placement}"
    ),
    "placement_ends_after_it_starts": (
        "UPDATE internships_placement SET ends_on = starts_on - 1, ended_on = starts_on "
        "WHERE id = {placement}"
    ),
    "placement_really_ended_after_it_started": (
        "UPDATE internships_placement SET ended_on = starts_on - 1 WHERE id = {placement}"
    ),
    "placement_names_the_school_of_its_student": (
        "UPDATE internships_placement SET school_id = {other_school} WHERE id = {free_placement}"
    ),
    "student_has_one_production_placement_a_day": (
        "UPDATE internships_placement SET learner_id = {learner}, kind = 'production', "
        "starts_on = '2027-03-14', ends_on = '2027-05-01', state = 'approved', "
        "gate = 'imported' WHERE id = {free_placement}"
    ),
    "placement_has_one_set_of_terms_a_day": (
        "INSERT INTO internships_terms "
        "(placement_id, school_id, period, post_id, enterprise_id, stage, pay_basis, pay_day) "
        "VALUES ({placement}, {school}, '[2026-12-01,)', {post}, {enterprise}, "
        "'independent', 'monthly', 15)"
    ),
    "placement_has_terms_on_every_day": (
        "UPDATE internships_terms SET period = '[2026-09-16,)' WHERE id = {terms}"
    ),
    "terms_name_the_school_of_their_placement": (
        "UPDATE internships_terms SET school_id = {other_school}, teacher_id = NULL "
        "WHERE id = {terms}"
    ),
    "terms_name_the_host_of_their_post": (
        "UPDATE internships_terms SET enterprise_id = {other_enterprise}, mentor_id = NULL "
        "WHERE id = {terms}"
    ),
    "terms_name_a_teacher_of_their_school": (
        "UPDATE internships_terms SET teacher_id = {other_teacher} WHERE id = {terms}"
    ),
    "terms_name_a_mentor_of_their_host": (
        "UPDATE internships_terms SET mentor_id = {other_mentor} WHERE id = {terms}"
    ),
    "terms_hold_on_some_day": "UPDATE internships_terms SET period = 'empty' WHERE id = {terms}",
    "pay_day_exists_in_every_month": (
        "UPDATE internships_terms SET pay_day = 29 WHERE id = {terms}"
    ),
    "agreed_pay_is_not_negative": (
        "UPDATE internships_terms SET agreed_pay = -0.01 WHERE id = {terms}"
    ),
    "a_day_has_at_most_24_hours": "UPDATE internships_attendanceday SET hours = 24.01",
    "coming_and_leaving_are_both_known_or_neither": (
        "UPDATE internships_attendanceday SET came_minute = 480"
    ),
    "internships_attendanceday_pkey": (
        "INSERT INTO internships_attendanceday "
        "SELECT placement_id, school_id, day, 'absent', 0, NULL, NULL, false "
        "FROM internships_attendanceday"
    ),
    "attendance_names_the_school_of_its_placement": (
        "UPDATE internships_attendanceday SET school_id = {other_school}"
    ),
    "policy_ends_after_it_starts": (
        "UPDATE insurance_policy SET period = 'empty' WHERE id = {free_policy}"
    ),
    "policy_names_its_surrender_day_when_surrendered_and_only_then": (
        "UPDATE insurance_policy SET status = 'surrendered' WHERE id = {policy}"
    ),
    "policy_limit_is_not_negative": (
        "UPDATE insurance_policy SET limit_per_person = -0.01 WHERE id = {policy}"
    ),
    "insured_period_lies_within_its_policy": (
        "UPDATE insurance_policy SET period = '[2026-09-01,2027-03-14)' WHERE id = {policy}"
    ),
    "insured_period_ends_after_it_starts": (
        "UPDATE insurance_insuredperiod SET period = 'empty' WHERE id = {insured}"
    ),
    "insured_period_names_the_school_of_its_student": (
        "UPDATE insurance_insuredperiod SET school_id = {other_school} WHERE id = {insured}"
    ),
    "student_is_insured_once_a_policy_and_start": (
        "INSERT INTO insurance_insuredperiod (policy_id, school_id, learner_id, period) "
        "VALUES ({policy}, {school}, {learner}, '[2026-09-15,2026-09-20)')"
    ),
    "payment_is_entered_once_a_revision": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "SELECT placement_id, school_id, month, amount, paid_on, method, payer, payee, deductions, "
        "bank_reference, row_key, revision FROM compensation_paymententry"
    ),
    "payment_is_not_negative": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "VALUES ({placement}, {school}, '2026-09-01', -0.01, '2026-10-15', "
        "'cash', 'host', 'student', '{{}}', '', 'k', 0)"
    ),
    "payment_month_is_its_first_day": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "VALUES ({placement}, {school}, '2026-09-02', 1, '2026-10-15', "
        "'cash', 'host', 'student', '{{}}', '', 'k', 0)"
    ),
    "payment_names_the_school_of_its_placement": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "VALUES ({placement}, {other_school}, '2026-09-01', 1, '2026-10-15', "
        "'cash', 'host', 'student', '{{}}', '', 'k', 0)"
    ),
    "payment_is_entered_for_a_placement": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "VALUES (NULL, NULL, '2026-09-01', 1, '2026-10-15', "
        "'cash', 'host', 'student', '{{}}', '', 'k', 0)"
    ),
    "payment_names_placement_and_school_together": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "VALUES ({placement}, NULL, '2026-09-01', 1, '2026-10-15', "
        "'cash', 'host', 'student', '{{}}', '', 'k', 0)"
    ),
    "payment_stands_once_a_key": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision) "
        "SELECT placement_id, school_id, month, amount, paid_on, method, payer, payee, deductions, "
        "bank_reference, row_key, revision + 1 FROM compensation_paymententry"
    ),
    "reversal_repeats_what_it_takes_back": (
        "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
        "method, payer, payee, deductions, bank_reference, row_key, revision, reverses_id) "
        "SELECT placement_id, school_id, month, amount - 0.01, paid_on, method, payer, payee, "
        "deductions, bank_reference, row_key, revision, id FROM compensation_paymententry"
    ),
    "compensation_paymententry_is_append_only": "DELETE FROM compensation_paymententry",
    "compensation_paymententry_is_append_only_whole": "TRUNCATE compensation_paymententry",
    "apprenticeship_ends_after_it_starts": (
        "UPDATE apprenticeship_apprenticeidentity SET period = 'empty' WHERE id = {apprentice}"
    ),
    "student_has_one_apprentice_identity_a_day": (
        "INSERT INTO apprenticeship_apprenticeidentity "
        "(number, school_id, learner_id, enterprise_id, form, period, agreement_number, "
        "labour_contract_number) "
        "VALUES ('T2', {school}, {learner}, {enterprise}, 'modern', "
        "'[2027-08-31,2028-01-01)', '', '')"
    ),
    "alert_is_one_a_rule_subject_and_period": (
        "INSERT INTO compliance_alert (rule, subject, period, severity, state, facts, "
        "rule_version, deadlines_from, opened_at, waive_reason) SELECT rule, subject, period, "
        "severity, state, facts, rule_version, deadlines_from, opened_at, waive_reason "
        "FROM compliance_alert"
    ),
    "alert_names_one_subject_at_most": "UPDATE compliance_alert SET post_id = {post}",
    "alert_is_waived_only_of_a_rule_that_may_be": (
        "UPDATE compliance_alert SET state = 'waived', waive_reason = 'x', waived_by_id = {user}, "
        "waived_until = '2026-12-31'"
    ),
    "alert_waiver_has_a_reason_a_person_and_an_end": (
        "UPDATE compliance_alert SET rule = 'HOST-07', state = 'waived', "
        "waived_by_id = {user}, waived_until = '2026-12-31'"
    ),
    "alert_that_is_not_waived_names_no_waiver": ("UPDATE compliance_alert SET waive_reason = 'x'"),
    "alert_is_closed_at_a_moment": "UPDATE compliance_alert SET state = 'cured'",
    "alert_is_acknowledged_at_a_moment": "UPDATE compliance_alert SET state = 'acknowledged'",
    **{
        f"alert_{column}_leads_to_a_row": (
            f"UPDATE compliance_alert SET {column} = 999999"
            + ("" if column in ("placement_id", "school_id") else ", placement_id = NULL")
        )
        for column in (
            "placement_id",
            "enterprise_id",
            "post_id",
            "learner_id",
            "apprentice_id",
            "school_id",
        )
    },
    "alert_step_is_written_once_a_form": (
        'INSERT INTO compliance_alertstep (alert_id, kind, state, severity, "on", at, actor, '
        "facts_digest, level, user_id, once) SELECT {alert}, 'noted', 'open', 'block', "
        "date '2026-11-12', now(), 'x', '', '', {user}, "
        "uuid '00000000-0000-4000-8000-000000000001' FROM generate_series(1, 2)"
    ),
    "saved_view_is_named_once_by_a_user": (
        "INSERT INTO people_savedview (user_id, name, query, saved_at) "
        "SELECT {user}, '我的', '', now() FROM generate_series(1, 2)"
    ),
    "saved_view_has_a_name_to_call_it": (
        "INSERT INTO people_savedview (user_id, name, query, saved_at) "
        "VALUES ({user}, '', '', now())"
    ),
    "compliance_alertstep_is_append_only": "UPDATE compliance_alertstep SET note = 'y'",
    "compliance_alertstep_is_append_only_whole": "TRUNCATE compliance_alertstep CASCADE",
    "notice_of_a_step_reaches_a_recipient_once": (
        "INSERT INTO compliance_notice (step_id, alert_id, recipient_id, created_at) "
        "SELECT step_id, alert_id, recipient_id, created_at FROM compliance_notice"
    ),
    "digest_of_a_day_reaches_a_recipient_once": (
        'INSERT INTO compliance_digest (recipient_id, "on", counts, created_at) '
        'SELECT recipient_id, "on", counts, created_at FROM compliance_digest'
    ),
    "compliance_digest_is_append_only": "UPDATE compliance_digest SET created_at = now()",
    "compliance_digest_is_append_only_whole": "TRUNCATE compliance_digest CASCADE",
    "delivery_speaks_of_notices_or_of_a_digest": (
        "UPDATE compliance_delivery SET notices = '{{1}}' WHERE id = {delivery}"
    ),
    "delivery_is_sent_at_a_moment": "UPDATE compliance_delivery SET state = 'sent'",
    "delivery_of_a_digest_leaves_by_a_channel_once": _copied_delivery("digest_id, '{{}}'"),
    "delivery_gathers_notices_until_it_is_tried": (
        _copied_delivery("NULL, '{{1}}'") + "; " + _copied_delivery("NULL, '{{1}}'")
    ),
    "notice_changes_once_when_it_is_read": (
        "UPDATE compliance_notice SET read_at = now(), created_at = now()"
    ),
    "apprentice_names_the_school_of_its_student": (
        "UPDATE apprenticeship_apprenticeidentity SET school_id = {other_school} "
        "WHERE id = {apprentice}"
    ),
    "apprentice_has_a_teacher_of_the_school": (
        "UPDATE apprenticeship_apprenticeidentity SET teacher_id = {other_teacher} "
        "WHERE id = {apprentice}"
    ),
    "apprentice_has_a_mentor_of_the_enterprise": (
        "UPDATE apprenticeship_apprenticeidentity SET mentor_id = {other_mentor} "
        "WHERE id = {apprentice}"
    ),
}
BREACHES |= ACCOUNT_BREACHES | CHAIN_BREACHES | HOST_BREACHES | LIFE_BREACHES | WORD_BREACHES
BREACHES |= value_breaches()
BREACHES |= PAPER_BREACHES | SIGNING_BREACHES
