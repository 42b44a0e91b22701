"""The verbs of who handles a complaint: look into it, answer it, close it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from internships.complaints.flow import ANSWER, CLOSE, LOOK_INTO, ComplaintFlow, handling_role
from internships.complaints.refusals import NotInThisState, NotPermitted
from internships.complaints.writing import words_of, write_step
from internships.models import Complaint
from internships.models.complaints import about
from people.actors import Actor


@transaction.atomic
def look_into(complaint: Complaint, *, actor: Actor, at: datetime, words: str = "") -> Complaint:
    """Say that somebody looks into it, and what was done so far if there is something to say."""
    return _move(LOOK_INTO, complaint, actor, at, words)


@transaction.atomic
def answer(complaint: Complaint, *, actor: Actor, at: datetime, words: str) -> Complaint:
    """Tell the student what was found and what is done about it."""
    return _move(ANSWER, complaint, actor, at, words)


@transaction.atomic
def close(complaint: Complaint, *, actor: Actor, at: datetime, words: str) -> Complaint:
    """Close an answered complaint, saying why nothing is left to do."""
    return _move(CLOSE, complaint, actor, at, words)


def _move(
    flow: ComplaintFlow, complaint: Complaint, actor: Actor, at: datetime, words: str
) -> Complaint:
    """Raises NotPermitted for who does not have it, NotInThisState where it is elsewhere."""
    held = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    role = handling_role(held, actor)
    if role is None or Complaint.objects.filter(about(actor), pk=held.pk).exists():
        raise NotPermitted(_("这件投诉现在不由您处理"))
    if held.state != flow.source:
        raise NotInThisState(
            _("投诉现在是“%(state)s”，不能这样做") % {"state": held.get_state_display()}
        )
    said = words_of(words, needed=flow.needs_words)
    held.state = flow.target
    held.save(update_fields=["state"])
    write_step(held, flow.name, to=flow.target, actor=actor, at=at, role=role, words=said)
    return held
