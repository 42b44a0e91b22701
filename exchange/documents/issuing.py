"""Issuing a paper: checked, rendered, and kept, or refused with every reason at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.documents.contents import said_of, told
from exchange.documents.layouts import Layout, layout_on
from exchange.documents.rendering import as_pdf
from internships.documents.checks import Fault, faults_of
from internships.documents.issuing import content_for, keep, require_issuable
from internships.documents.wording import wording_of
from internships.life.refusals import LifeRefusal
from internships.models import Document, DocumentKind, Placement
from people.actors import Actor

MARK = 16


class PaperRefused(LifeRefusal):
    """The contents are missing or unlawful; `faults` are all of them."""

    def __init__(self, text: str, faults: Sequence[Fault]) -> None:
        super().__init__(text)
        self.faults = tuple(faults)


def faults_now(placement: Placement) -> list[Fault]:
    """What keeps the placement's papers from being issued as it stands."""
    terms, said, covers = said_of(placement)
    return faults_of(placement, terms, said, covers)


def prepare(
    placement: Placement, kind: DocumentKind, *, on: date
) -> tuple[Layout, str, dict[str, str]]:
    """The layout of the day, the digest of the content, and the words to be set into it.

    Papers are in Chinese, whatever language the reader uses.
    """
    layout = layout_on(kind, on)
    content = content_for(placement, kind)
    wording = wording_of(placement)
    with override("zh-hans"):
        words = told(placement, *said_of(placement))
    own = {
        "mark": content[:MARK],
        "template": layout.version,
        "dated": f"{wording.written_on if wording else placement.starts_on}",
    }
    return layout, content, words | own


def issue(placement: Placement, *, kind: DocumentKind, actor: Actor, at: datetime) -> Document:
    """Issue the paper on what the placement says now; issued already, it is that one.

    A later one takes the place of an earlier. Raises NotPermitted but for the school's coordinator,
    TransitionNotAllowed, and PaperRefused with everything that is missing or unlawful.
    """
    require_issuable(placement, actor)
    if faults := faults_now(placement):
        raise PaperRefused(_("协议内容不全或不合法，不能出具"), faults)
    layout, content, words = prepare(placement, kind, on=actor.on)
    return keep(
        placement,
        kind=kind,
        content=content,
        template=layout.version,
        said=words,
        pdf=as_pdf(layout, words),
        actor=actor,
        at=at,
    )
