"""The moves of a complaint as data, who has it on a day, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from internships.models import Complaint, ComplaintKind, ComplaintMove, ComplaintState
from law.legal_values import whole_on
from people.actors import Actor
from people.roles import Role


@dataclass(frozen=True, slots=True)
class ComplaintFlow:
    """One thing done with a complaint: from where, to where, and whether words are needed."""

    name: ComplaintMove
    source: ComplaintState
    target: ComplaintState
    needs_words: bool


LOOK_INTO = ComplaintFlow(
    ComplaintMove.LOOK_INTO, ComplaintState.RECEIVED, ComplaintState.LOOKED_INTO, False
)
ANSWER = ComplaintFlow(
    ComplaintMove.ANSWER, ComplaintState.LOOKED_INTO, ComplaintState.ANSWERED, True
)
CLOSE = ComplaintFlow(ComplaintMove.CLOSE, ComplaintState.ANSWERED, ComplaintState.CLOSED, True)
FLOWS = {flow.name: flow for flow in (LOOK_INTO, ANSWER, CLOSE)}

# By which day after it was raised a complaint has left each state.
DAYS_OF_STATE = {
    ComplaintState.RECEIVED: "complaint_look_into_days",
    ComplaintState.LOOKED_INTO: "complaint_answer_days",
    ComplaintState.ANSWERED: "complaint_close_days",
}


def due_on(complaint: Complaint) -> date | None:
    """The last day, inclusive, on which it is in time to move on; None of a closed one."""
    name = DAYS_OF_STATE.get(ComplaintState(complaint.state))
    if name is None:
        return None
    return complaint.raised_on + timedelta(days=whole_on(name, complaint.raised_on))


def is_overdue(complaint: Complaint, *, on: date) -> bool:
    """Whether it should have moved on by then."""
    due = due_on(complaint)
    return due is not None and due < on


def overdue(on: date) -> Q:
    """Complaints that should have moved on before `on`, by the numbers of that day."""
    found = Q()
    for state, name in DAYS_OF_STATE.items():
        first = on - timedelta(days=whole_on(name, on))
        found |= Q(state=state, raised_on__lt=first)
    return found


def with_the_commission(on: date) -> Q:
    """Complaints that the commission handles: of danger and of the school at once, others late."""
    return Q(kind=ComplaintKind.DANGER) | Q(against_school=True) | overdue(on)


def handling_role(complaint: Complaint, actor: Actor) -> Role | None:
    """In which role the actor handles the complaint, if at all; a late one is the school's too."""
    if not complaint.against_school and actor.has(Role.SCHOOL_COORDINATOR, complaint.school_id):
        return Role.SCHOOL_COORDINATOR
    danger = complaint.kind == ComplaintKind.DANGER
    climbed = danger or complaint.against_school or is_overdue(complaint, on=actor.on)
    return Role.COMMISSION if climbed and actor.has(Role.COMMISSION) else None


def moves_open(complaint: Complaint, actor: Actor) -> list[ComplaintFlow]:
    """What the actor may do with the complaint as it is."""
    if handling_role(complaint, actor) is None:
        return []
    return [flow for flow in FLOWS.values() if flow.source == complaint.state]


def waiting_for(rows: Any, actor: Actor) -> Any:
    """Of `rows` the open ones that the actor handles."""
    schools = actor.reach(Role.SCHOOL_COORDINATOR).ids
    mine = Q(school__in=schools, against_school=False)
    if actor.has(Role.COMMISSION):
        mine |= with_the_commission(actor.on)
    return rows.exclude(state=ComplaintState.CLOSED).filter(mine)
