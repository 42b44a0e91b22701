"""What people may do with a case, as data: who, from which states, and what the step is called.

`moves` does it; a page asks here what to offer, so that neither can say otherwise than the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compliance.cases.alerts import Alert
from compliance.cases.policies import may_decide, may_end_waiver, may_handle, may_waive
from compliance.cases.words import STANDING_STATES, AlertState, StepKind
from people.actors import Actor


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a person may do: the step it writes, from which states, and who may."""

    step: StepKind
    sources: tuple[AlertState, ...]
    may: Callable[[Actor, Alert], bool]
    of_waivable_rules: bool = False

    def is_open(self, alert: Alert) -> bool:
        """Whether the case, as it is, can be moved so by anybody."""
        return alert.state in self.sources and (alert.is_waivable or not self.of_waivable_rules)


ACKNOWLEDGE = Move(StepKind.ACKNOWLEDGED, (AlertState.OPEN,), may_handle)
NOTE = Move(StepKind.NOTED, tuple(AlertState), may_handle)
ASSIGN = Move(StepKind.ASSIGNED, STANDING_STATES, may_decide)
WAIVE = Move(
    StepKind.WAIVED, (*STANDING_STATES, AlertState.WAIVED), may_waive, of_waivable_rules=True
)
END_WAIVER = Move(StepKind.WAIVER_ENDED, (AlertState.WAIVED,), may_end_waiver)
