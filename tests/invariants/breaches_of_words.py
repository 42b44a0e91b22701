"""Breaches of closed vocabularies, and of records that refuse an update before anything else."""

from __future__ import annotations

# constraint name → the table and column that holds a code; written as an array where it is one.
CLOSED_WORDS: dict[str, tuple[str, str]] = {
    "school_level_is_a_known_one": ("people_school", "level"),
    "enterprise_venue_is_a_known_one": ("people_enterprise", "venue"),
    "enterprise_nature_is_a_known_one": ("people_enterprise", "nature"),
    "enrolment_status_is_a_known_one": ("people_learneridentity", "status"),
    "post_labour_grade_is_a_known_one": ("internships_post", "labour_grade"),
    "post_hazards_are_known_ones": ("internships_post", "hazards"),
    "filing_matters_are_known_ones": ("internships_filing", "matters"),
    "placement_kind_is_a_known_one": ("internships_placement", "kind"),
    "placement_arrangement_is_a_known_one": ("internships_placement", "arrangement"),
    "placement_gate_is_a_known_one": ("internships_placement", "gate"),
    "terms_stage_is_a_known_one": ("internships_terms", "stage"),
    "terms_pay_basis_is_a_known_one": ("internships_terms", "pay_basis"),
    "attendance_status_is_a_known_one": ("internships_attendanceday", "status"),
    "policy_kind_is_a_known_one": ("insurance_policy", "kind"),
    "policy_payer_is_a_known_one": ("insurance_policy", "payer"),
    "policy_status_is_a_known_one": ("insurance_policy", "status"),
    "apprenticeship_form_is_a_known_one": ("apprenticeship_apprenticeidentity", "form"),
    "alert_state_is_a_known_one": ("compliance_alert", "state"),
    "alert_severity_is_a_known_one": ("compliance_alert", "severity"),
    "delivery_channel_is_a_known_one": ("compliance_delivery", "channel"),
    "delivery_state_is_a_known_one": ("compliance_delivery", "state"),
}
WORD_BREACHES = {
    name: f"UPDATE {table} SET {column} = "
    + ("'{{xx}}'" if name.endswith("_are_known_ones") else "'xx'")
    for name, (table, column) in CLOSED_WORDS.items()
}
# The ledger and the records refuse an update first, so they are asked by a new row.
_PAYMENT = (
    "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
    "method, payer, payee, deductions, bank_reference, row_key, revision) "
    "VALUES ({{placement}}, {{school}}, '2026-09-01', 1, '2026-10-15', "
    "{words}, '{{{{}}}}', '', 'k', 0)"
)
_ENTRY = (
    "INSERT INTO compensation_paymententry (placement_id, school_id, month, amount, paid_on, "
    "method, payer, payee, deductions, bank_reference, row_key, revision) VALUES ({{placement}}, "
    "{{school}}, '2026-09-01', {amount}, '{paid_on}', 'cash', 'host', 'student', "
    "'{{{{}}}}', '', '{key}', 0)"
)
WORD_BREACHES |= {
    "payment_is_an_amount": _ENTRY.format(amount="'NaN'", paid_on="2026-10-15", key="k"),
    "payment_days_are_of_the_calendar": _ENTRY.format(amount=1, paid_on="infinity", key="k"),
    "payment_has_a_key": _ENTRY.format(amount=1, paid_on="2026-10-15", key=""),
    "payment_deductions_are_amounts_by_name": _ENTRY.format(
        amount=1, paid_on="2026-10-15", key="k"
    ).replace("{{}}", '{{"个税": "-5.00"}}'),
    "payment_method_is_a_known_one": _PAYMENT.format(words="'lost', 'host', 'student'"),
    "payment_payer_is_a_known_one": _PAYMENT.format(words="'cash', 'lost', 'student'"),
    "payment_payee_is_a_known_one": _PAYMENT.format(words="'cash', 'host', 'lost'"),
    "operation_kind_is_a_known_one": (
        "INSERT INTO audit_operation (id, kind, made_at, made_by, reason, source, counts) "
        "VALUES (gen_random_uuid(), 'lost', now(), 'x', '', '{{}}', '{{}}')"
    ),
    "placement_at_work_says_how_it_passed_the_gate": (
        "UPDATE internships_placement SET gate = '' WHERE id = {placement}"
    ),
}

_STEP = (
    "INSERT INTO compliance_alertstep (alert_id, kind, state, severity, on, at, actor, "
    "facts_digest, level) VALUES ({{alert}}, {words}, '2026-11-12', now(), 'x', '', {level})"
).replace(" on,", ' "on",')
WORD_BREACHES |= {
    "alert_step_kind_is_a_known_one": _STEP.format(words="'xx', 'open', 'block'", level="''"),
    "alert_step_severity_is_a_known_one": _STEP.format(words="'cured', 'cured', 'xx'", level="''"),
    "alert_step_state_is_a_known_one": _STEP.format(words="'cured', 'xx', 'block'", level="''"),
    "alert_step_level_is_a_known_one": _STEP.format(
        words="'escalated', 'open', 'block'", level="'xx'"
    ),
    "alert_step_names_a_level_when_it_climbs": _STEP.format(
        words="'escalated', 'open', 'block'", level="''"
    ),
}
