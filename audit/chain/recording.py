"""Adds an event to its chain, in the transaction of the command that it tells of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from audit.chain.entries import entry
from audit.chain.links import DISTRICT, NOTHING_BEFORE, Link, digest
from common.encryption import blind_index

Fact = str | int | list[str] | list[int]
LONGEST_FACT, MOST_IN_A_LIST = 120, 500
# What is written down without a letter of a name in it
_PLAIN = re.compile(rf"[\x20-\x7e]{{0,{LONGEST_FACT}}}")
_PERSONAL = re.compile(
    r"(?<![0-9a-f])(?:[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"|(?:\+?86)?1[3-9]\d{9})(?![0-9a-f])|\S@\S",
)

_HEAD = """
INSERT INTO audit_audithead AS head (chain, seq, hash) VALUES (%(chain)s, 0, %(nothing)s)
ON CONFLICT (chain) DO UPDATE SET seq = head.seq
RETURNING seq, hash
"""

_EVENT = """
INSERT INTO audit_auditevent (chain, seq, at, what, subject, by, entry, facts, prev, hash)
VALUES (%(chain)s, %(seq)s, %(at)s, %(what)s, %(subject)s, %(by)s, %(entry)s, %(facts)s,
        %(prev)s, %(hash)s)
"""


class FactRefused(Exception):
    """Something is to be written into the chain that could be a person's own."""


@transaction.atomic
def record(
    what: str,
    *,
    subject: str,
    by: int | None,
    at: datetime,
    school: int | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """Add the event `what` of `subject`, "kind:key", to the school's chain, else the district's.

    The last statement of a verb, within its transaction: the head of the chain is held until that
    commits. `by` is the user; None for the system or somebody with a link, which the facts then
    say. Raises FactRefused for what is not plain ASCII, or looks like somebody's number or mail.
    """
    told = {name: _plain_fact(name, fact) for name, fact in (facts or {}).items()}
    _check(subject, told)
    chain = DISTRICT if school is None else school
    with connection.cursor() as cursor:
        seq, prev = hold_head(cursor, chain)
        link = Link(chain, seq + 1, at, what, subject, by, entry(), told)
        cursor.execute(
            _EVENT,
            {
                "chain": chain,
                "seq": link.seq,
                "at": at,
                "what": what,
                "subject": subject,
                "by": by,
                "entry": link.entry,
                "facts": json.dumps(told, ensure_ascii=False),
                "prev": prev,
                "hash": digest(link, prev),
            },
        )


def hold_head(cursor: object, chain: int) -> tuple[int, bytes]:
    """The place and hash of the latest event, held against other writers until the commit."""
    run = cursor.execute  # type: ignore[attr-defined]
    run(_HEAD, {"chain": chain, "nothing": NOTHING_BEFORE})
    seq, prev = cursor.fetchone()  # type: ignore[attr-defined]
    return int(seq), bytes(prev)


def commitment(text: str, *, of: str) -> str:
    """A keyed digest by which a personal value can be proven later, and never read; hex."""
    return blind_index(text, purpose=f"audit_auditevent.{of}").hex()


def _plain_fact(name: str, fact: Fact) -> Fact:
    """The fact as JSON holds it; FactRefused for a value of another kind, or a list too long."""
    if isinstance(fact, list | tuple):
        if len(fact) > MOST_IN_A_LIST:
            raise FactRefused(f"{name}: {len(fact)} values")
        return [_plain_value(name, value) for value in fact]  # type: ignore[return-value]
    return _plain_value(name, fact)


def _plain_value(name: str, value: object) -> str | int:
    """The word of an enumeration for its member, and no truth value for a number."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise FactRefused(f"{name}: {type(value).__name__}")


def _check(subject: str, facts: Mapping[str, Fact]) -> None:
    values = [
        value for fact in facts.values() for value in (fact if type(fact) is list else [fact])
    ]
    for text in (subject, *facts, *(str(value) for value in values)):
        if not _PLAIN.fullmatch(text) or _PERSONAL.search(text):
            raise FactRefused("a value that the chain does not take")
