"""Breaches of the papers of placements: their wording, and each one that was issued."""

from __future__ import annotations

_WORDING = (
    "INSERT INTO internships_wording (placement_id, version, said, digest, written_on, written_at) "
    "VALUES ({{placement}}, {version}, '{{{{}}}}', {digest}, '{day}', now())"
)
_DOCUMENT = (
    "INSERT INTO internships_document (public_id, placement_id, kind, content, template, said, "
    "sha256, pdf, issued_on, issued_at) VALUES (gen_random_uuid(), {{placement}}, '{kind}', "
    "{content}, '{template}', '{{{{}}}}', {sha256}, '', '{day}', now())"
)
ZEROS = "repeat('0', 64)"


def _wording(**values: str) -> str:
    sound = {"version": "2", "digest": ZEROS, "day": "2026-11-24"}
    return _WORDING.format(**{**sound, **values})


def _document(**values: str) -> str:
    sound = {
        "kind": "agreement",
        "content": ZEROS,
        "template": "2026-11",
        "sha256": ZEROS,
        "day": "2026-11-24",
    }
    return _DOCUMENT.format(**{**sound, **values})


PAPER_BREACHES: dict[str, str] = {
    "wording_has_each_version_once": _wording(version="1"),
    "wording_versions_are_counted_from_one": _wording(version="0"),
    "internships_wording_version_check": _wording(version="-1"),
    "wording_has_its_digest": _wording(digest="'x'"),
    "wording_is_written_on_a_day_of_the_calendar": _wording(day="infinity"),
    "internships_wording_is_append_only": (
        "UPDATE internships_wording SET version = 3 WHERE id = {wording}"
    ),
    "internships_wording_is_append_only_whole": "TRUNCATE internships_wording",
    "internships_document_public_id_key": (
        "INSERT INTO internships_document (public_id, placement_id, kind, content, template, said, "
        "sha256, pdf, issued_on, issued_at) SELECT public_id, placement_id, kind, content, "
        "template, said, sha256, pdf, issued_on, issued_at FROM internships_document"
    ),
    "document_kind_is_a_known_one": _document(kind="xx"),
    "document_has_its_digests": _document(sha256="'x'"),
    "document_names_its_template": _document(template=""),
    "document_is_issued_on_a_day_of_the_calendar": _document(day="infinity"),
    "internships_document_is_append_only": (
        "UPDATE internships_document SET pdf = '' WHERE id = {document}"
    ),
    "internships_document_is_append_only_whole": "TRUNCATE internships_document CASCADE",
}
