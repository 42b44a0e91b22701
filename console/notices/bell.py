"""The bell: how many notices are unread and what they are about, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from compliance.findings import Severity
from compliance.models import Notice
from compliance.notices.reading import is_told
from compliance.registry import Rule, all_rules
from people.actors import Actor

COUNTED_UP_TO = 100
SHOWN = 5


@dataclass(slots=True)
class Heading:
    """Unread notices of one rule in the bell: how many, when the newest came, and its case."""

    rule: Rule
    newest_at: datetime
    case: UUID
    number: int = 0


@dataclass(frozen=True, slots=True)
class Bell:
    """What the bell says: the count as written, and the rules told of last."""

    count: str
    headings: list[Heading]


def bell_of(actor: Actor) -> Bell | None:
    """The actor's bell; None for somebody whom no case is told to."""
    if not is_told(actor):
        return None
    newest = (
        Notice.objects.visible_to(actor)
        .unread()
        .order_by("-pk")
        .values_list("alert__rule", "alert__public_id", "created_at")[:COUNTED_UP_TO]
    )
    rules = {rule.id: rule for rule in all_rules()}
    headings: dict[str, Heading] = {}
    total = 0
    for rule, case, at in newest:
        heading = headings.setdefault(rule, Heading(rules[rule], at, case))
        heading.number += 1
        total += 1
    count = f"{COUNTED_UP_TO - 1}+" if total == COUNTED_UP_TO else str(total or "")
    return Bell(count, sorted(headings.values(), key=_newest_then_worst)[:SHOWN])


def _newest_then_worst(heading: Heading) -> tuple[float, int]:
    """What one judgement told at once stands by how badly it weighs."""
    return -heading.newest_at.timestamp(), list(Severity).index(heading.rule.severity)
