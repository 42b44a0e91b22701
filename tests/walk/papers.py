"""Papers of next year's placements, and what is signed and kept of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from internships.documents.copies import keep_copy
from internships.documents.issuing import content_for
from internships.models import (
    Document,
    DocumentKind,
    PaperCopy,
    Party,
    Placement,
    PlacementState,
    ProxySignal,
    Signature,
    SigningLink,
    Wording,
)
from people.actors import actor_for
from people.models import Guardian
from tests.console.sites import NOW, ON, District
from tests.rules.builders import insure
from tests.signing.papers import SAID


def offered(district: District, name: str) -> Placement:
    """A submitted placement of the student at the same post, its wording whole, insured."""
    held = district.placements[name]
    first, last = date(2027, 5, 3), date(2027, 6, 30)
    made = Placement.objects.create(
        code=f"{name}-2027",
        school=held.school,
        learner=held.learner,
        kind=held.kind,
        arrangement=held.arrangement,
        starts_on=first,
        ends_on=last,
        state=PlacementState.SUBMITTED,
    )
    terms = held.terms.get()
    terms.pk, terms.placement, terms.daily_hours = None, made, Decimal(8)
    terms.agreed_pay = Decimal("3800.00")
    terms.save(force_insert=True)
    Wording.objects.create(
        placement=made,
        version=1,
        said=SAID,
        digest="0" * 64,
        written_on=ON,
        written_at=NOW,
    )
    insure(held.learner, first, last, number=made.code)
    return made


def letter(district: District, name: str) -> Document:
    """The consent of the placement of next year, issued; its guardian has a phone."""
    placement = Placement.objects.get(code=f"{name}-2027")
    guardian = placement.learner.guardian
    guardian.name = "示例家长"
    guardian.phone_sealed = Guardian.PHONE.seal("+8613800138000", row=guardian.public_id)
    guardian.phone_index = Guardian.PHONE.index("+8613800138000")
    guardian.save()
    return Document.objects.create(
        placement=placement,
        kind=DocumentKind.CONSENT,
        content=content_for(placement, DocumentKind.CONSENT),
        template="2026-11",
        said={},
        sha256="0" * 64,
        pdf=b"%PDF-1.7",
        issued_on=ON,
        issued_at=NOW,
    )


def suspect(link: SigningLink) -> ProxySignal:
    """A signal about what somebody declined by the link."""
    signature = Signature.objects.create(
        link=link,
        choice="declined",
        reason="离家太远",
        typed_name=link.name,
        place_index=bytes(32),
        device_index=bytes(32),
        on=ON,
        at=NOW,
    )
    return ProxySignal.objects.create(signature=signature, kind="same_device", raised_at=NOW)


def scan(link: SigningLink) -> PaperCopy:
    """A scan of the consent that the link is of."""
    return keep_copy(
        link.document.placement,
        kind=DocumentKind.CONSENT,
        party=Party.STUDENT,
        content=b"%PDF-1.7\n%%EOF\n",
        actor=actor_for(link.made_by, on=ON),
        at=NOW,
    )
