"""What is done to a case over the API: the word in the address, the move, who asks for what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.problems import Problem, ProblemCode
from compliance.cases import flow, moves
from compliance.cases.policies import may_hold
from compliance.cases.words import MOST_CHARACTERS
from compliance.models import Alert
from people.actors import Actor


class NothingAsked(serializers.Serializer[Any]):
    """A move that needs no more than the case."""


class NoteAsked(serializers.Serializer[Any]):
    """What was done or learnt."""

    note = serializers.CharField(max_length=MOST_CHARACTERS)


class AssignAsked(serializers.Serializer[Any]):
    """To whom: the id of one of the case's candidates."""

    to = serializers.UUIDField()


class WaiveAsked(serializers.Serializer[Any]):
    """Why, and up to which day, inclusive."""

    reason = serializers.CharField(max_length=MOST_CHARACTERS)
    until = serializers.DateField()


@dataclass(frozen=True, slots=True)
class AlertMove:
    """A move as the API has it: its word, what it is called, what must be sent, what it calls."""

    key: str
    name: Any
    asks: type[serializers.Serializer[Any]]
    move: flow.Move
    service: Callable[..., Alert]
    needs_match: bool = False


ACKNOWLEDGE = AlertMove(
    "acknowledge", _("确认，由我跟进"), NothingAsked, flow.ACKNOWLEDGE, moves.acknowledge
)
NOTE = AlertMove("note", _("添加说明"), NoteAsked, flow.NOTE, moves.add_note)
ASSIGN = AlertMove("assign", _("指定负责人"), AssignAsked, flow.ASSIGN, moves.assign, True)
WAIVE = AlertMove("waive", _("豁免"), WaiveAsked, flow.WAIVE, moves.waive, True)
END_WAIVER = AlertMove(
    "end-waiver", _("终止豁免"), NothingAsked, flow.END_WAIVER, moves.end_waiver, True
)
MOVES = (ACKNOWLEDGE, NOTE, ASSIGN, WAIVE, END_WAIVER)
KEYS = [(move.key, move.key) for move in MOVES]


def open_moves(alert: Alert, actor: Actor) -> list[AlertMove]:
    """The moves that the actor may make with the case as it is, in order."""
    asked: dict[Any, bool] = {}
    found = []
    for known in MOVES:
        move = known.move
        if not move.is_open(alert):
            continue
        if move.may not in asked:
            asked[move.may] = move.may(actor, alert)
        if asked[move.may]:
            found.append(known)
    return found


def given(alert: Alert, actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """What the service takes; Problem for somebody who cannot have the case."""
    if "to" not in asked:
        return asked
    person = may_hold(alert, actor=actor).filter(public_id=asked["to"]).first()
    if person is None:
        said = str(_("这个人现在不能接手，请在名单里另选一位"))
        places = [{"in": "body", "place": "/to", "code": "invalid_choice", "detail": said}]
        raise Problem(ProblemCode.INVALID, said, places=places)
    return {"to": person}
