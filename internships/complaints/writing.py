"""What every verb of a complaint does: take words, seal them, write the step."""

from __future__ import annotations

from datetime import datetime

import uuid6
from django.utils.translation import gettext as _

from audit.chain import record
from common.plain_text import plain
from internships.complaints.refusals import ComplaintInvalid
from internships.models import Complaint, ComplaintMove, ComplaintState, ComplaintStep
from internships.models.complaints import LONGEST_COMPLAINT
from people.actors import Actor


def words_of(text: str, *, needed: bool) -> str:
    """What was written, without the blanks around it; ComplaintInvalid for none or too much."""
    said = plain(text).strip()
    if needed and not said:
        raise ComplaintInvalid(_("请写明情况"))
    if len(said) > LONGEST_COMPLAINT:
        raise ComplaintInvalid(_("最多 %(most)s 个字，请写短些") % {"most": LONGEST_COMPLAINT})
    return said


def write_step(
    complaint: Complaint,
    move: ComplaintMove,
    *,
    to: ComplaintState,
    actor: Actor,
    at: datetime,
    role: str = "",
    words: str = "",
) -> ComplaintStep:
    """The step of a move, its words sealed; and its event, which ends the verb."""
    assert actor.user_id is not None
    row = uuid6.uuid7()
    step = ComplaintStep.objects.create(
        public_id=row,
        complaint=complaint,
        move=move,
        to_state=to,
        role=role,
        on=actor.on,
        at=at,
        user_id=actor.user_id,
        words_sealed=ComplaintStep.WORDS.seal(words, row=row) if words else None,
    )
    # In the chain of the district, never the school's: a complaint may be about the school.
    record(
        f"complaint.{move}",
        subject=f"complaint:{complaint.public_id}",
        by=actor.user_id,
        at=at,
        facts={"to": str(to)},
    )
    return step
