"""What is told of cases: steps that somebody has to hear of leave through the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from audit.outbox import publish_many
from compliance.cases.words import StepKind

TOPIC = "case-told"
TOLD = (
    StepKind.OPENED,
    StepKind.WORSENED,
    StepKind.REOPENED,
    StepKind.WAIVER_ENDED,
    StepKind.ESCALATED,
)
STEPS_A_MESSAGE = 500


def tell(steps: Iterable[tuple[int, str]]) -> None:
    """Publish the ids of those steps that are told: {"steps": [ids]}, at most 500 a message."""
    told = [step for step, kind in steps if kind in TOLD]
    publish_many(
        TOPIC,
        (
            {"steps": told[place : place + STEPS_A_MESSAGE]}
            for place in range(0, len(told), STEPS_A_MESSAGE)
        ),
    )
