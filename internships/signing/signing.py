"""The verb of who signs by a link: the same consent or signature as with an account, once."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import uuid6
from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain as audit
from common.encryption import blind_index
from internships.life.agreeing import consent, decline, sign
from internships.life.steps import lock, words_needed
from internships.models import (
    Approval,
    Choice,
    DocumentKind,
    Placement,
    Signature,
    SigningLink,
)
from internships.models.moves import Party
from internships.signing.codes import check_code
from internships.signing.drawings import redrawn
from internships.signing.links import read_link
from internships.signing.refusals import NotTheSigner
from internships.signing.signals import raise_signals
from people.actors import Actor, ActorKind, Mandate


@dataclass(frozen=True, slots=True)
class Signing:
    """What came with the form: who it says it is, the code, a drawing, and from where it came.

    `drawing` is a `data:` address of a PNG, or empty; `place` and `device` are kept as digests.
    """

    typed_name: str
    code: str
    drawing: str
    place: str
    device: str


def sign_by_link(
    token: str, *, signing: Signing, choice: Choice, at: datetime, on: date, reason: str = ""
) -> Signature:
    """Consent to, sign or decline what the link's document says, in the name of its party.

    Raises LinkRefused for a link that does nothing any more, NotTheSigner for another name or code,
    DrawingRefused, and whatever the verb refuses: nothing is done then, and the link stays.
    """
    link = read_link(token, at=at)
    if "".join(signing.typed_name.split()) != "".join(link.name.split()):
        raise NotTheSigner(_("姓名与签署人不一致：这个链接只能由本人签署"))
    check_code(link, signing.code, at=at)
    drawing = redrawn(signing.drawing) if signing.drawing else None
    return _decide(link.document.placement, token, signing, choice, drawing, reason, at, on)


@transaction.atomic
def _decide(
    placement: Placement,
    token: str,
    signing: Signing,
    choice: Choice,
    drawing: bytes | None,
    reason: str,
    at: datetime,
    on: date,
) -> Signature:
    # The placement first, as whoever edits it or makes a link does: what the paper is of cannot
    # change between being compared and being consented to, and nobody waits for the other.
    lock(placement)
    link = read_link(token, at=at, locked=True)
    approval = _move(link, choice, reason, at, on)
    link.used_at = at
    link.save(update_fields=["used_at"])
    row = uuid6.uuid7()
    signature = Signature.objects.create(
        public_id=row,
        link=link,
        choice=choice,
        approval=approval,
        typed_name=link.name,
        reason="" if approval else words_needed(reason),
        drawing_sealed=_sealed(drawing, row),
        place_index=blind_index(signing.place, purpose="internships_signature.place"),
        device_index=blind_index(signing.device, purpose="internships_signature.device"),
        on=on,
        at=at,
    )
    signals = raise_signals(signature, at=at)
    audit.record(
        "signing.sign" if approval else "signing.decline",
        subject=f"signing-link:{link.public_id}",
        by=None,
        at=at,
        school=link.document.placement.school_id,
        facts={
            "by": "link",
            "party": str(link.party),
            "document": str(link.document.public_id),
            "drawn": int(drawing is not None),
            "signals": [str(signal.kind) for signal in signals],
        },
    )
    return signature


def _move(
    link: SigningLink, choice: Choice, reason: str, at: datetime, on: date
) -> Approval | None:
    """The move of the link's party, by the verb that an account would call."""
    placement, party = link.document.placement, Party(link.party)
    mandate = Mandate(placement.pk, party)
    actor = Actor(ActorKind.LINK, on, reason=f"signing:{link.public_id}", mandate=mandate)
    if choice == Choice.DECLINED:
        decline(placement, message=reason, actor=actor, at=at)
        return None
    verb = consent if link.document.kind == DocumentKind.CONSENT else sign
    verb(placement, actor=actor, at=at)
    given = placement.approvals.filter(party=party, voided_by__isnull=True, actor=str(actor))
    approval = given.order_by("-id").first()
    if approval is None:
        raise NotTheSigner(_("这一方已经签过，不必再签"))
    return approval


def _sealed(drawing: bytes | None, row: UUID) -> bytes | None:
    if drawing is None:
        return None
    return Signature.DRAWING.seal(base64.b64encode(drawing).decode(), row=row)
