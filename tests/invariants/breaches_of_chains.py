"""Breaches of the chains of events: an event out of its place, a head moved by hand."""

from __future__ import annotations


def _event(
    seq: str = "head.seq + 1",
    prev: str = "head.hash",
    what: str = "case.note",
    subject: str = "alert:1",
) -> str:
    """An event of the sound chain, with one thing wrong."""
    return (
        "INSERT INTO audit_auditevent (chain, seq, at, what, subject, entry, facts, prev, hash) "
        f"SELECT chain, {seq}, now(), '{what}', '{subject}', '', '{{{{}}}}', {prev}, sha256('x') "
        "FROM audit_audithead AS head WHERE chain = 0"
    )


# constraint name → the statement that breaks it.
CHAIN_BREACHES: dict[str, str] = {
    "audit_event_has_its_place_to_itself": _event(seq="head.seq"),
    "audit_event_says_what_by_a_code": _event(what="Noted"),
    "audit_event_says_of_what": _event(subject=""),
    "audit_event_follows_the_latest": _event(prev="sha256('another')"),
    "audit_auditevent_is_append_only": "UPDATE audit_auditevent SET by = 1",
    "audit_auditevent_is_append_only_whole": "TRUNCATE audit_auditevent",
    "audit_head_is_of_a_school_or_the_district": (
        "INSERT INTO audit_audithead (chain, seq, hash) "
        "VALUES (-1, 0, decode(repeat('00', 32), 'hex'))"
    ),
    "audit_head_moves_with_its_events": "UPDATE audit_audithead SET seq = seq + 1",
    "audit_head_moves_with_its_events_whole": "TRUNCATE audit_audithead",
}
