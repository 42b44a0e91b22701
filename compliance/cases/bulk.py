"""Several cases moved one after the other, each in its own transaction, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from compliance.cases.alerts import Alert
from compliance.cases.refusals import CaseRefusal

# More in one request would keep its sender waiting for seconds.
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class BulkOutcome:
    """The cases that were moved, or were already so; and those refused, by the sentence why."""

    moved: list[Alert] = field(default_factory=list)
    refused: dict[str, list[Alert]] = field(default_factory=lambda: defaultdict(list))


def move_each(alerts: Iterable[Alert], move: Callable[[Alert], object]) -> BulkOutcome:
    """Move each case by itself; a refusal of one keeps none of the others.

    Call it outside any transaction: no case stays locked while the next one waits for its lock.
    """
    outcome = BulkOutcome()
    for alert in alerts:
        try:
            move(alert)
        except CaseRefusal as refusal:
            outcome.refused[str(refusal)].append(alert)
        else:
            outcome.moved.append(alert)
    return outcome
