"""Breaches of signing links, and of what was signed by them."""

from __future__ import annotations

_SIGNATURE = (
    "INSERT INTO internships_signature (public_id, link_id, choice, approval_id, typed_name, "
    "reason, place_index, device_index, \"on\", at) SELECT gen_random_uuid(), {link}, '{choice}', "
    "{approval}, '{name}', '{reason}', {place}, device_index, '{day}', at "
    "FROM internships_signature"
)


def _link(change: str) -> str:
    return f"UPDATE internships_signinglink SET {change} WHERE id = {{signing_link}}"


def _signature(**values: str) -> str:
    """A second signature, which is also of the same link and approval, with one thing wrong."""
    sound = {
        "link": "link_id",
        "choice": "agreed",
        "approval": "approval_id",
        "name": "x",
        "reason": "",
        "place": "place_index",
        "day": "2026-11-24",
    }
    return _SIGNATURE.format(**{**sound, **values})


def _signal(change: str) -> str:
    return f"UPDATE internships_proxysignal SET {change} WHERE id = {{proxy_signal}}"


def _copy(**values: str) -> str:
    """Another copy like the one that is kept, with one thing wrong."""
    columns = {
        "public_id": "gen_random_uuid()",
        "placement_id": "placement_id",
        "kind": "kind",
        "party": "party",
        "form": "form",
        "size": "size",
        "sha256": "repeat('1', 64)",
        "content_sealed": "content_sealed",
        "uploaded_by_id": "uploaded_by_id",
        "uploaded_on": "uploaded_on",
        "uploaded_at": "uploaded_at",
    }
    chosen = ", ".join((columns | values).values())
    return (
        f"INSERT INTO internships_papercopy ({', '.join(columns)}) SELECT {chosen} "
        "FROM internships_papercopy"
    )


SIGNING_BREACHES: dict[str, str] = {
    "internships_signinglink_public_id_key": (
        "INSERT INTO internships_signinglink (public_id, token_digest, document_id, party, name, "
        "phone_sealed, phone_index, made_by_id, made_at, expires_at, code_tries) SELECT public_id, "
        "sha256('x'), document_id, party, name, phone_sealed, phone_index, made_by_id, made_at, "
        "expires_at, 0 FROM internships_signinglink"
    ),
    "internships_signinglink_token_digest_key": (
        "INSERT INTO internships_signinglink (public_id, token_digest, document_id, party, name, "
        "phone_sealed, phone_index, made_by_id, made_at, expires_at, code_tries) SELECT "
        "gen_random_uuid(), token_digest, document_id, party, name, phone_sealed, phone_index, "
        "made_by_id, made_at, expires_at, 0 FROM internships_signinglink"
    ),
    "internships_signinglink_code_tries_check": _link("code_tries = -1"),
    "signing_link_is_for_a_party_without_one": _link("party = 'school'"),
    "signing_link_names_its_signer": _link("name = ''"),
    "signing_link_expires_after_it_is_made": _link("expires_at = made_at"),
    "signing_link_is_not_used_late_or_withdrawn": _link("used_at = expires_at"),
    "signing_link_has_a_code_with_its_end": _link("code_until = now()"),
    "signing_link_phone_is_ciphertext": _link("phone_sealed = '+8613800138000'"),
    "signing_link_indexes_are_digests": _link("token_digest = 'x'"),
    "signature_choice_is_a_known_one": _signature(choice="xx"),
    "signature_is_an_approval_or_says_why_not": _signature(approval="NULL"),
    "signature_has_a_name": _signature(name=""),
    "signature_drawing_is_ciphertext": _signature()
    .replace('device_index, "on"', 'device_index, drawing_sealed, "on"')
    .replace("device_index, '2026", "device_index, 'x', '2026"),
    "signature_indexes_are_digests": _signature(place="'x'"),
    "signature_is_on_a_day_of_the_calendar": _signature(day="infinity"),
    "internships_signature_public_id_key": _signature().replace("gen_random_uuid()", "public_id"),
    "internships_signature_link_id_key": _signature(choice="declined", approval="NULL", reason="x"),
    "internships_signature_approval_id_key": (
        "WITH other AS (INSERT INTO internships_signinglink (public_id, token_digest, document_id, "
        "party, name, phone_sealed, phone_index, made_by_id, made_at, expires_at, code_tries) "
        "SELECT gen_random_uuid(), sha256('x'), document_id, party, name, phone_sealed, "
        "phone_index, made_by_id, made_at, expires_at, 0 FROM internships_signinglink "
        "RETURNING id) " + _signature(link="(SELECT id FROM other)")
    ),
    "internships_signature_is_append_only": (
        "UPDATE internships_signature SET typed_name = 'y' WHERE id = {signature}"
    ),
    "internships_signature_is_append_only_whole": "TRUNCATE internships_signature CASCADE",
    "proxy_signal_kind_is_a_known_one": _signal("kind = 'xx'"),
    "proxy_signal_verdict_is_a_known_one": _signal(
        "verdict = 'xx', note = 'x', judged_by_id = {user}, judged_at = now()"
    ),
    "proxy_signal_is_raised_once_a_signature": (
        "INSERT INTO internships_proxysignal (signature_id, kind, raised_at, verdict, note) "
        "SELECT signature_id, kind, raised_at, '', '' FROM internships_proxysignal"
    ),
    "proxy_signal_is_judged_by_somebody_who_says_why": _signal("verdict = 'proxy'"),
    "internships_papercopy_public_id_key": _copy(public_id="public_id"),
    "internships_papercopy_size_check": _copy(size="-1"),
    "paper_copy_kind_is_a_known_one": _copy(kind="'xx'"),
    "paper_copy_party_is_a_known_one": _copy(party="'xx'"),
    "paper_copy_form_is_a_known_one": _copy(form="'text/html'"),
    "paper_copy_has_a_bounded_size": _copy(size="0"),
    "paper_copy_has_its_digest": _copy(sha256="'x'"),
    "paper_copy_is_kept_once": _copy(sha256="sha256"),
    "paper_copy_is_ciphertext": _copy(content_sealed="'%PDF-1.7'"),
    "paper_copy_is_kept_on_a_day_of_the_calendar": _copy(uploaded_on="'infinity'"),
    "internships_papercopy_is_append_only": "UPDATE internships_papercopy SET size = 2",
    "internships_papercopy_is_append_only_whole": "TRUNCATE internships_papercopy",
}
