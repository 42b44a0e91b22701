"""How an event is written down and bound to the one before: pure functions, no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DIGEST_BYTES = 32
DISTRICT = 0
NOTHING_BEFORE = bytes(DIGEST_BYTES)


@dataclass(frozen=True, slots=True)
class Link:
    """An event with its place: the `seq`-th of its chain, counted from one."""

    chain: int
    seq: int
    at: datetime
    what: str
    subject: str
    by: int | None
    entry: str
    facts: Mapping[str, Any]


def canonical(link: Link) -> bytes:
    """The one way in which an event is written down to be hashed: JSON with its keys sorted."""
    written = {
        "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": link.by,
        "chain": link.chain,
        "entry": link.entry,
        "facts": link.facts,
        "subject": link.subject,
        "what": link.what,
    }
    return json.dumps(
        written, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(link: Link, prev: bytes) -> bytes:
    """SHA-256 of the hash before, the place in the chain in eight bytes, and what was done."""
    return hashlib.sha256(prev + link.seq.to_bytes(8) + canonical(link)).digest()
