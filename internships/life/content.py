"""What a placement says, which part of it each approval is of, and the digest of that part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from internships.models import Placement, Terms
from internships.models.moves import ApprovalKind

OF_PLACEMENT = ("learner", "kind", "arrangement", "starts_on", "ends_on")
OF_TERMS = (
    "post",
    "teacher",
    "mentor",
    "stage",
    "pay_basis",
    "agreed_pay",
    "pay_day",
    "daily_hours",
)
# The digest of what the papers say beyond the terms: `internships.documents`.
WORDING = "wording"
ALL = (*OF_PLACEMENT, *OF_TERMS, WORDING)
# A host takes a student whom somebody of it looks after, however the school came to ask; student
# and guardian consent to where, when and for what. The agreement, and so each signature, is of all.
TOUCHES: dict[ApprovalKind, frozenset[str]] = {
    ApprovalKind.ACCEPTANCE: frozenset(ALL) - {"arrangement", "teacher", WORDING},
    ApprovalKind.CONSENT: frozenset(ALL) - {"teacher", "mentor"},
    ApprovalKind.SIGNATURE: frozenset(ALL),
}


def said(placement: Placement, terms: Terms) -> dict[str, Any]:
    """What the placement and the terms of its first day say, by name: ids, words, days, amounts."""
    whole = {name: getattr(placement, _column(name)) for name in OF_PLACEMENT}
    papers = {WORDING: _wording(placement)}
    return whole | {name: getattr(terms, _column(name)) for name in OF_TERMS} | papers


def _wording(placement: Placement) -> str | None:
    """The digest of the last version of the papers' wording, where one was written."""
    versions = placement.wordings.order_by("-version")
    return versions.values_list("digest", flat=True).first()


def digest_of(content: dict[str, Any], names: Iterable[str] = ALL) -> str:
    """The SHA-256 of what the content says of these names, in hexadecimal digits."""
    part = {name: _written(content[name]) for name in sorted(names)}
    if part.get(WORDING, "") is None:
        # What was approved before the papers had a wording is of the terms alone.
        del part[WORDING]
    return hashlib.sha256(json.dumps(part, ensure_ascii=False).encode()).hexdigest()


def first_terms(placement: Placement) -> Terms:
    """The terms of the placement's first day: those that its agreement is of."""
    return placement.terms.get(period__contains=placement.starts_on)


def content_of(placement: Placement) -> dict[str, Any]:
    """What the placement says now, as kept."""
    return said(placement, first_terms(placement))


def _column(name: str) -> str:
    return f"{name}_id" if name in {"learner", "post", "teacher", "mentor"} else name


def _written(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)
