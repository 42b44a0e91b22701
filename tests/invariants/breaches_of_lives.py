"""Breaches of the life of placements: its steps, its approvals, and what leads to other ones."""

from __future__ import annotations

_STEP = (
    "INSERT INTO internships_placementstep "
    '(placement_id, move, from_state, to_state, party, "on", at, actor, message, detail) '
    "VALUES ({{placement}}, '{move}', '{origin}', '{target}', '{party}', '{day}', now(), 'x', '', "
    "'{{{{}}}}')"
)
_APPROVAL = (
    'INSERT INTO internships_approval (placement_id, kind, party, digest, "on", at, actor) '
    "VALUES ({{placement}}, '{kind}', '{party}', {digest}, '{day}', now(), 'x')"
)

_AMENDMENT = (
    "INSERT INTO internships_amendment (placement_id, state, from_day, changes, was, message, "
    "proposed_for, proposed_on, proposed_at, decided_for, decided_on, decided_at, terms_id) VALUES "
    "({{{of}}}, '{state}', '{day}', '{changes}', '{{{{}}}}', '', '{proposer}', '2026-11-24', "
    "now(), {decision}, {terms})"
)
UNDECIDED = "'', NULL, NULL"


def _amendment(**values: str) -> str:
    sound = {
        "of": "free_placement",
        "state": "proposed",
        "day": "2026-12-01",
        "changes": '{{"pay_day": 10}}',
        "proposer": "school",
        "decision": UNDECIDED,
        "terms": "NULL",
    }
    return _AMENDMENT.format(**{**sound, **values})


def _step(**values: str) -> str:
    sound = {
        "move": "submit",
        "origin": "draft",
        "target": "submitted",
        "party": "school",
        "day": "2026-11-24",
    }
    return _STEP.format(**{**sound, **values})


def _approval(**values: str) -> str:
    sound = {
        "kind": "signature",
        "party": "school",
        "digest": "repeat('0', 64)",
        "day": "2026-11-24",
    }
    return _APPROVAL.format(**{**sound, **values})


LIFE_BREACHES: dict[str, str] = {
    "placement_step_move_is_a_known_one": _step(move="xx"),
    "placement_step_comes_from_a_known_state": _step(origin="xx"),
    "placement_step_leads_to_a_known_state": _step(target="xx"),
    "placement_step_party_is_a_known_one": _step(party="xx"),
    "placement_step_comes_from_a_state_but_the_first": _step(origin=""),
    "placement_step_against_somebody_says_why": _step(move="refuse"),
    "placement_step_is_on_a_day_of_the_calendar": _step(day="infinity"),
    "internships_placementstep_is_append_only": "DELETE FROM internships_placementstep",
    "internships_placementstep_is_append_only_whole": "TRUNCATE internships_placementstep CASCADE",
    "approval_is_given_by_a_party_that_can": _approval(party="guardian"),
    "approval_is_of_a_digest": _approval(digest="'sha256'"),
    "approval_stands_once_a_party": _approval(kind="consent", party="student"),
    "approval_is_given_on_a_day_of_the_calendar": _approval(day="infinity"),
    "approval_changes_only_by_being_voided": (
        "UPDATE internships_approval SET digest = repeat('1', 64) WHERE id = {approval}"
    ),
    "approvals_are_never_emptied": "TRUNCATE internships_approval CASCADE",
    "placement_that_passed_the_gate_has_its_step": (
        "UPDATE internships_placement SET gate = 'passed' WHERE id = {placement}"
    ),
    "placement_comes_after_another_one": (
        "UPDATE internships_placement SET follows_id = id WHERE id = {placement}"
    ),
    "placement_follows_one_that_is_kept": (
        "UPDATE internships_placement SET follows_id = -1 WHERE id = {placement}"
    ),
    "placement_is_chosen_instead_of_one_kept": (
        "UPDATE internships_placement SET instead_of_id = -1 WHERE id = {placement}"
    ),
    "agreed_hours_are_those_of_a_day": (
        "UPDATE internships_terms SET daily_hours = 24.01 WHERE id = {terms}"
    ),
    "amendment_state_is_a_known_one": _amendment(
        state="xx", decision="'school', '2026-11-24', now()"
    ),
    "amendment_is_proposed_by_a_side": _amendment(proposer="student"),
    "amendment_is_decided_by_a_side_at_a_moment": _amendment(state="agreed"),
    "amendment_is_agreed_by_the_other_side": _amendment(
        state="agreed", decision="'school', '2026-11-24', now()"
    ),
    "amendment_has_terms_when_it_is_agreed": _amendment(terms="{terms}"),
    "amendment_changes_something": _amendment(changes="{{}}"),
    "amendment_is_proposed_one_at_a_time": _amendment(of="placement"),
    "amendment_days_are_of_the_calendar": _amendment(day="infinity"),
    "amendment_changes_only_by_being_decided": (
        "UPDATE internships_amendment SET changes = '{{\"pay_day\": 1}}' WHERE id = {amendment}"
    ),
    "amendments_are_never_emptied": "TRUNCATE internships_amendment",
}
