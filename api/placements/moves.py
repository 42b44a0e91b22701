"""What is done to a placement over the API: the word in the address, the body, the verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from api.asking import Asked, Day
from compliance.cases.words import WAIVABLE_RULES
from compliance.start_gate import settle_placement, start
from internships.life import agreeing, drafting, flow, running
from internships.life.flow import Move
from internships.life.verdicts import GateWaiver
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
