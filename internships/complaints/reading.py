"""The words of a complaint and of its answers, opened for who may read them, on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit.reveal import reveal
from internships.complaints.flow import handling_role
from internships.models import Complaint, ComplaintStep
from people.actors import Actor


@dataclass(frozen=True, slots=True)
class StepRead:
    """A step, and what was written to the student with it."""

    step: ComplaintStep
    words: str


@dataclass(frozen=True, slots=True)
class ComplaintRead:
    """A complaint with its words and its steps; `is_read` is false for who only counts it."""

    complaint: Complaint
    words: str
    steps: list[StepRead]
    is_read: bool = True


def complaints_seen(actor: Actor) -> Any:
    """The complaints that the actor may know of: none about the very person, in any role."""
    rows = Complaint.objects.visible_to(actor).without_the_accused(actor)
    return rows.select_related("learner", "school", "enterprise", "placement")


def read_complaint(complaint: Complaint, *, actor: Actor, at: datetime) -> ComplaintRead:
    """The complaint with its words: to the student's side, and to who handles it today.

    The commission counts a complaint that the school has, and reads it once it has climbed.
    """
    steps = list(ComplaintStep.objects.filter(complaint=complaint).order_by("pk"))
    own = complaint.is_of(actor)
    if not own and handling_role(complaint, actor) is None:
        return ComplaintRead(complaint, "", [StepRead(step, "") for step in steps], False)
    reason = _("本人查看投诉") if own else _("处理学生投诉")
    spoken = [step for step in steps if step.words_sealed is not None]
    sealed = [complaint.words, *(step.words for step in spoken)]
    texts = reveal(
        [value for value in sealed if value is not None], by=str(actor), reason=reason, at=at
    )
    said = dict(zip((step.pk for step in spoken), texts[1:], strict=True))
    return ComplaintRead(
        complaint, texts[0], [StepRead(step, said.get(step.pk, "")) for step in steps]
    )
