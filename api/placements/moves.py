"""What is done to a placement over the API: the word in the address, the body, the verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from api.asking import Asked, Day
from api.problems import Problem, ProblemCode
from compliance.cases.words import WAIVABLE_RULES
from compliance.start_gate import settle_placement, start
from internships.life import agreeing, drafting, flow, running
from internships.life.flow import Move
from internships.life.refusals import (
    GateClosed,
    LifeRefusal,
    NotPermitted,
    TermsRefused,
    WordsRefused,
)
from internships.life.verdicts import GateWaiver, Reason
from internships.models.life import MOST_CHARACTERS
from internships.models.moves import Party, PlacementMove


class MayMessage(Asked):
    """A word beside it, if there is one."""

    message = serializers.CharField(max_length=MOST_CHARACTERS, allow_blank=True, default="")


class MustMessage(Asked):
    """Why; the other parties read it."""

    message = serializers.CharField(max_length=MOST_CHARACTERS)


class InAName(Asked):
    """In whose name, where the actor may speak for several; a guardian's paper is recorded so."""

    party = serializers.ChoiceField(Party.choices, required=False)


class MayMessageInAName(InAName, MayMessage):
    """A word beside it, and in whose name."""


class MustMessageInAName(InAName, MustMessage):
    """Why, and in whose name."""


class WaiverAsked(Asked):
    """One of HOST-07 to HOST-10 let stand: why, and up to which day, inclusive."""

    rule = serializers.ChoiceField(WAIVABLE_RULES)
    reason = serializers.CharField(max_length=MOST_CHARACTERS)
    until = Day()


class WaiversAsked(Asked):
    """The reasons of the gate that are let stand, each with its own words."""

    waivers = serializers.ListField(child=WaiverAsked(), default=list, max_length=10)


class EndAsked(MayMessageInAName):
    """The last day; before the planned one it needs a message that says why."""

    last_day = Day()


class NothingAsked(Asked):
    """A move that needs no more than the placement."""


@dataclass(frozen=True, slots=True)
class MoveOfPlacement:
    """A move as the API has it: what must be sent, what it calls, whether to many at once.

    One that is `judged` holds the host before the placement, as everybody does who starts there.
    """

    move: Move
    asks: type[Asked]
    service: Callable[..., Any]
    to_many: bool = False
    judged: bool = False

    @property
    def key(self) -> str:
        """Its word in the address."""
        return key_of(self.move)


def given_to(asked: dict[str, Any]) -> dict[str, Any]:
    """What a verb takes of what was sent."""
    values = dict(asked)
    if "party" in values:
        values["party"] = Party(values["party"])
    if "waivers" in values:
        values["waivers"] = tuple(GateWaiver(**waiver) for waiver in values["waivers"])
    return values


def key_of(move: Move) -> str:
    """The word of a move in addresses: `send-back`; what begins work is `start`."""
    return (
        "start" if move.name == PlacementMove.ACTIVATE else str(move.name.value).replace("_", "-")
    )


MOVES = (
    MoveOfPlacement(flow.SUBMIT, MayMessage, drafting.submit, to_many=True),
    MoveOfPlacement(flow.ACCEPT, MayMessage, agreeing.accept, to_many=True),
    MoveOfPlacement(flow.CONSENT, MayMessageInAName, agreeing.consent),
    MoveOfPlacement(flow.DECLINE, MustMessageInAName, agreeing.decline),
    MoveOfPlacement(flow.SIGN, InAName, agreeing.sign, to_many=True),
    MoveOfPlacement(flow.SEND_BACK, MustMessageInAName, agreeing.send_back),
    MoveOfPlacement(flow.REFUSE, MustMessage, agreeing.refuse),
    MoveOfPlacement(flow.WITHDRAW, MustMessage, drafting.withdraw),
    MoveOfPlacement(flow.ACTIVATE, WaiversAsked, start, judged=True),
    MoveOfPlacement(flow.SUSPEND, MustMessageInAName, running.suspend),
    MoveOfPlacement(flow.RESUME, WaiversAsked, start, judged=True),
    MoveOfPlacement(flow.END, EndAsked, running.end),
    MoveOfPlacement(flow.SETTLE, NothingAsked, settle_placement),
    MoveOfPlacement(flow.ARCHIVE, NothingAsked, running.archive),
)
KEYS = [
    (key_of(move), key_of(move))
    for move in flow.MOVES.values()
    if move not in (flow.DRAFT, flow.EXPIRE, flow.APPROVE)
]


def reasons_told(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """The reasons of a gate as answers have them: the sentence with its article and its cure."""
    return [
        {
            "rule": reason.rule,
            "severity": str(reason.severity),
            "subject": reason.subject,
            "period": reason.period,
            "article": reason.article,
            "sentence": reason.sentence,
            "cure": reason.cure,
            "waivable": reason.waivable,
            "waived_until": reason.waived_until.isoformat() if reason.waived_until else None,
        }
        for reason in reasons
    ]


def problem_of_refusal(refusal: LifeRefusal) -> Problem:
    """A refusal of a placement's life as a problem; a closed gate with every reason at once."""
    if isinstance(refusal, GateClosed):
        reasons = reasons_told(refusal.reasons)
        return Problem(ProblemCode.GATE_CLOSED, str(refusal), reasons=reasons)
    if isinstance(refusal, NotPermitted):
        return Problem(ProblemCode.NOT_PERMITTED, str(refusal))
    if isinstance(refusal, TermsRefused | WordsRefused):
        return Problem(ProblemCode.INVALID, str(refusal))
    return Problem(ProblemCode.NOT_IN_THIS_STATE, str(refusal))
