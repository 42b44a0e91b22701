"""A student, or the guardian of a minor, complains."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import uuid6
from django.db import transaction
from django.utils.translation import gettext as _

from common.sound_values import MOST_YUAN
from internships.complaints.refusals import ComplaintInvalid, NotPermitted
from internships.complaints.writing import words_of, write_step
from internships.life.policies import reaches
from internships.models import (
    Complaint,
    ComplaintKind,
    ComplaintMove,
    ComplaintState,
    Party,
    Placement,
    Terms,
)
from people.actors import Actor
from people.roles import Role

PARTY_OF_ROLE = {Role.STUDENT: Party.STUDENT, Role.GUARDIAN: Party.GUARDIAN}


@transaction.atomic
def raise_complaint(
    placement: Placement,
    *,
    kind: str,
    words: str,
    actor: Actor,
    at: datetime,
    happened_on: date | None = None,
    amount: Decimal | None = None,
    against_school: bool = False,
    once: UUID | None = None,
) -> Complaint:
    """Complain of something at the placement, running or over; sent twice as `once`, one complaint.

    Raises NotPermitted for anybody but the student and the guardian of a minor, ComplaintInvalid
    for a day to come, an amount below zero, no words or too many.
    """
    party, user = _party(placement, actor)
    if once is not None:
        sent = Complaint.objects.filter(public_id=once, raised_by=user).first()
        if sent is not None:
            return sent
    said = words_of(words, needed=True)
    if happened_on is not None and happened_on > actor.on:
        raise ComplaintInvalid(_("发生日期不能晚于今天"))
    if amount is not None and not 0 <= amount <= MOST_YUAN:
        raise ComplaintInvalid(_("金额不能小于 0"))
    row = once or uuid6.uuid7()
    complaint = Complaint.objects.create(
        public_id=row,
        placement=placement,
        learner_id=placement.learner_id,
        school_id=placement.school_id,
        enterprise_id=_host(placement, actor.on),
        kind=ComplaintKind(kind),
        against_school=against_school,
        words_sealed=Complaint.WORDS.seal(said, row=row),
        happened_on=happened_on,
        amount=amount,
        party=party,
        raised_by_id=user,
        raised_on=actor.on,
        raised_at=at,
    )
    write_step(complaint, ComplaintMove.RAISE, to=ComplaintState.RECEIVED, actor=actor, at=at)
    return complaint


def may_complain(placement: Placement, actor: Actor) -> bool:
    """Whether the actor is the student, or the guardian while the student is a minor."""
    return any(actor.has(role) and reaches(actor, role, placement) for role in PARTY_OF_ROLE)


def _party(placement: Placement, actor: Actor) -> tuple[Party, int]:
    for role, party in PARTY_OF_ROLE.items():
        if actor.user_id and actor.has(role) and reaches(actor, role, placement):
            return party, actor.user_id
    raise NotPermitted(_("只有学生本人，或未成年学生的监护人可以投诉"))


def _host(placement: Placement, on: date) -> int:
    """The host of the day, or of the placement's nearest day to it."""
    terms: Terms = Terms.objects.judged(on).get(placement=placement)
    return terms.enterprise_id
