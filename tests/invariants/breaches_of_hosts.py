"""Breaches of what is kept of hosts beside their rows of a file."""

from __future__ import annotations

_FREEZE = (
    "INSERT INTO internships_hostfreeze "
    "(enterprise_id, move, from_day, reason, decided_by_id, decided_on, decided_at) VALUES "
    "({{enterprise}}, '{move}', '{day}', '{reason}', {{user}}, '2026-11-24', now())"
)


def _freeze(**values: str) -> str:
    sound = {"move": "freeze", "day": "2026-11-24", "reason": "x"}
    return _FREEZE.format(**{**sound, **values})


_COMPLAINT = "UPDATE internships_complaint SET {change} WHERE id = {{complaint}}"
_COMPLAINT_STEP = (
    "INSERT INTO internships_complaintstep "
    '(public_id, complaint_id, move, to_state, role, "on", at, user_id, words_sealed) VALUES '
    "(gen_random_uuid(), {{complaint}}, '{move}', '{target}', '', '{day}', now(), {{user}}, "
    "{words})"
)


def _complaint(change: str) -> str:
    return _COMPLAINT.format(change=change)


def _complaint_step(**values: str) -> str:
    sound = {"move": "look_into", "target": "looked_into", "day": "2026-11-24", "words": "NULL"}
    return _COMPLAINT_STEP.format(**{**sound, **values})


_BATCH = "UPDATE internships_filingbatch SET {change} WHERE id = {{batch}}"


def _batch(change: str) -> str:
    return _BATCH.format(change=change)


_RECORD = (
    "INSERT INTO internships_{table} (school_id, enterprise_id, made_by_id, made_at, {names}) "
)
_RECORD += "VALUES ({{school}}, {{enterprise}}, {{user}}, now(), {values})"


def _record(table: str, **values: str) -> str:
    return _RECORD.format(table=table, names=", ".join(values), values=", ".join(values.values()))


def _visit(**values: str) -> str:
    sound = {
        "visited_on": "'2026-11-24'",
        "visitors": "'x'",
        "findings": (
            "(SELECT jsonb_object_agg(p, 'x') FROM unnest(ARRAY['qualification', 'integrity', "
            "'management', 'posts', 'hours', 'workplace', 'lodging', 'health', 'safety']) p)"
        ),
        "passed": "true",
        "valid_until": "'2027-11-24'",
    }
    return _record("siteassessment", **{**sound, **values})


def _credit(**values: str) -> str:
    sound = {
        "kind": "'credit'",
        "checked_on": "'2026-11-24'",
        "source": "'x'",
        "valid_until": "'2027-11-24'",
    }
    return _record("creditrecord", **{**sound, **values})


def _decision(**values: str) -> str:
    sound = {"decided_on": "'2026-11-24'", "meeting": "'x'", "published_where": "''"}
    return _record("hostdecision", **{**sound, **values})


HOST_BREACHES: dict[str, str] = {
    "host_freeze_move_is_a_known_one": _freeze(move="xx"),
    "host_freeze_says_why": _freeze(reason=""),
    "host_freeze_days_are_of_the_calendar": _freeze(day="2200-01-01"),
    "host_freeze_is_not_dated_back": _freeze(day="2026-11-23"),
    "internships_hostfreeze_is_append_only": "DELETE FROM internships_hostfreeze",
    "internships_hostfreeze_is_append_only_whole": "TRUNCATE internships_hostfreeze",
    "complaint_has_an_id_of_its_own": (
        "INSERT INTO internships_complaint OVERRIDING SYSTEM VALUE "
        "SELECT (jsonb_populate_record(c, jsonb_build_object('id', -1))).* "
        "FROM internships_complaint c"
    ),
    "complaint_step_has_an_id_of_its_own": (
        "INSERT INTO internships_complaintstep OVERRIDING SYSTEM VALUE "
        "SELECT (jsonb_populate_record(s, jsonb_build_object('id', -1))).* "
        "FROM internships_complaintstep s"
    ),
    "complaint_kind_is_a_known_one": _complaint("kind = 'xx'"),
    "complaint_state_is_a_known_one": _complaint("state = 'xx'"),
    "complaint_is_of_student_or_guardian": _complaint("party = 'school'"),
    "complaint_words_are_ciphertext": _complaint("words_sealed = 'x'"),
    "complaint_amount_is_not_negative": _complaint("amount = -0.01"),
    "complaint_amount_is_an_amount": _complaint("amount = 'NaN'"),
    "complaint_days_are_of_the_calendar": _complaint("raised_on = '2200-01-01'"),
    "complaint_is_of_what_has_happened": _complaint("happened_on = raised_on + 1"),
    "complaint_step_move_is_a_known_one": _complaint_step(move="xx"),
    "complaint_step_leads_to_a_known_state": _complaint_step(target="xx"),
    "complaint_step_words_are_ciphertext": _complaint_step(words="'x'"),
    "complaint_is_answered_and_closed_in_words": _complaint_step(move="answer"),
    "complaint_step_is_on_a_day_of_the_calendar": _complaint_step(day="infinity"),
    "internships_complaintstep_is_append_only": "DELETE FROM internships_complaintstep",
    "internships_complaintstep_is_append_only_whole": "TRUNCATE internships_complaintstep",
    "filing_batch_has_an_id_of_its_own": (
        "INSERT INTO internships_filingbatch OVERRIDING SYSTEM VALUE "
        "SELECT (jsonb_populate_record(b, jsonb_build_object('id', -1, 'number', '', "
        "'filed_on', NULL, 'filed_by_id', NULL))).* FROM internships_filingbatch b"
    ),
    "filing_batch_has_its_number_to_itself": (
        "INSERT INTO internships_filingbatch OVERRIDING SYSTEM VALUE "
        "SELECT (jsonb_populate_record(b, jsonb_build_object('id', -1, "
        "'public_id', gen_random_uuid()))).* FROM internships_filingbatch b"
    ),
    "filing_batch_matters_are_known_ones": _batch("matters = '{{{{xx}}}}'"),
    "filing_batch_is_filed_with_number_and_day": _batch("filed_on = NULL"),
    "filing_batch_days_are_of_the_calendar": _batch("filed_on = '2200-01-01'"),
    "filing_batch_has_a_placement_once": (
        "INSERT INTO internships_filingbatchentry (batch_id, placement_id) "
        "SELECT batch_id, placement_id FROM internships_filingbatchentry"
    ),
    "site_assessment_says_who_went": _visit(visitors="''"),
    "site_assessment_finds_something_of_every_point": _visit(findings="'{{}}'"),
    "site_assessment_is_good_from_the_visit_on": _visit(valid_until="'2026-11-23'"),
    "site_assessment_days_are_of_the_calendar": _visit(valid_until="'2200-01-01'"),
    "credit_record_kind_is_a_known_one": _credit(kind="'xx'"),
    "credit_record_says_its_source": _credit(source="''"),
    "credit_record_is_good_from_its_day_on": _credit(valid_until="'2026-11-23'"),
    "credit_record_is_of_what_has_happened": _credit(violation_on="'2026-11-25'"),
    "credit_record_days_are_of_the_calendar": _credit(valid_until="'2200-01-01'"),
    "host_decision_names_its_meeting": _decision(meeting="''"),
    "host_decision_is_published_after_it_is_made": _decision(published_on="'2026-11-23'"),
    "host_decision_days_are_of_the_calendar": _decision(published_on="'2200-01-01'"),
    **{
        f"internships_{table}_is_append_only{end}": f"{word} internships_{table}"
        for table in ("siteassessment", "creditrecord", "hostdecision")
        for end, word in (("", "DELETE FROM"), ("_whole", "TRUNCATE"))
    },
}
