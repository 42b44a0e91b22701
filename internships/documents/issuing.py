"""Keeping what was issued: the bytes, their hash, and of exactly which content they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain as audit
from internships.life.content import TOUCHES, content_of, digest_of
from internships.life.refusals import NotPermitted, TransitionNotAllowed
from internships.life.steps import lock
from internships.models import OFFERED_STATES, Document, DocumentKind, Placement
from internships.models.moves import ApprovalKind
from people.actors import Actor
from people.roles import Role

APPROVED_BY: dict[DocumentKind, ApprovalKind] = {
    DocumentKind.AGREEMENT: ApprovalKind.SIGNATURE,
    DocumentKind.CONSENT: ApprovalKind.CONSENT,
}


def content_for(placement: Placement, kind: DocumentKind) -> str:
    """The digest of what a document of that kind would be of now."""
    return digest_of(content_of(placement), TOUCHES[APPROVED_BY[kind]])


def require_issuable(placement: Placement, actor: Actor) -> None:
    """Raise NotPermitted but for the school, TransitionNotAllowed where nothing is agreed."""
    if not actor.has(Role.SCHOOL_COORDINATOR, placement.school_id):
        raise NotPermitted(_("文书由学校出具"))
    if placement.state not in OFFERED_STATES:
        raise TransitionNotAllowed(
            _("实习安排现在是“%(state)s”，不能出具文书") % {"state": placement.get_state_display()}
        )


@transaction.atomic
def keep(
    placement: Placement,
    *,
    kind: DocumentKind,
    content: str,
    template: str,
    said: Mapping[str, Any],
    pdf: bytes,
    actor: Actor,
    at: datetime,
) -> Document:
    """Keep the rendered bytes as evidence; the same ones again are the same document.

    `content` is the digest they were rendered of: TransitionNotAllowed when the placement says
    something else by now.
    """
    held = lock(placement)
    require_issuable(held, actor)
    if content_for(held, kind) != content:
        raise TransitionNotAllowed(_("内容刚刚变了，请重新出具"))
    sha256 = hashlib.sha256(pdf).hexdigest()
    last = last_issued(held, kind)
    if last is not None and (last.sha256, last.content) == (sha256, content):
        return last
    issued = Document.objects.create(
        placement=held,
        kind=kind,
        content=content,
        template=template,
        said=dict(said),
        sha256=sha256,
        pdf=pdf,
        issued_by_id=actor.user_id,
        issued_on=actor.on,
        issued_at=at,
    )
    audit.record(
        "document.issue",
        subject=f"document:{issued.public_id}",
        by=actor.user_id,
        at=at,
        school=held.school_id,
        facts={"kind": str(kind), "placement": held.pk, "sha256": sha256, "template": template},
    )
    return issued


def last_issued(placement: Placement, kind: DocumentKind) -> Document | None:
    """The last document of the kind, whether it stands or not."""
    return placement.documents.filter(kind=kind).defer("pdf", "said").order_by("-id").first()


def standing(placement: Placement) -> frozenset[int]:
    """The ids of the placement's documents that stand: at most one of each kind."""
    last = [last_issued(placement, kind) for kind in DocumentKind]
    return frozenset(
        document.pk
        for document in last
        if document and content_for(placement, DocumentKind(document.kind)) == document.content
    )


def template_of(placement: Placement) -> str:
    """The layout of the agreement that stands, which is what is signed; empty where none was
    issued."""
    known = placement.documents.filter(pk__in=standing(placement), kind=DocumentKind.AGREEMENT)
    return known.values_list("template", flat=True).first() or ""


def stands(document: Document) -> bool:
    """Whether the placement still says what the document is of, and no later one took its place."""
    return document.pk in standing(document.placement)
