"""Making, reading and taking back the links by which one paper is signed once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import uuid6
from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain as audit
from audit.reveal import reveal
from common.phones import BadPhone, parse_mobile
from common.tokens import digest_of, new_token
from internships.documents.issuing import stands
from internships.life.refusals import NotPermitted, WordsRefused
from internships.models import Document, DocumentKind, Placement, SigningLink
from internships.models.moves import Party
from internships.signing.refusals import LinkRefused
from people.actors import Actor
from people.models import Guardian
from people.roles import Role

LIFETIME = timedelta(days=7)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# Which paper each party signs by a link.
PAPER_OF = {Party.GUARDIAN: DocumentKind.CONSENT, Party.ENTERPRISE: DocumentKind.AGREEMENT}
LONGEST_NAME = 100


@transaction.atomic
def make_link(
    document: Document,
    *,
    party: Party,
    actor: Actor,
    at: datetime,
    name: str = "",
    phone: str = "",
) -> tuple[SigningLink, str]:
    """A link for seven days and its token, which is kept nowhere; an earlier one of the party ends.

    The guardian is the one of the roster, by the name and the phone that stand there: whoever makes
    the link cannot say another. Of a host, `name` and `phone` are its signatory's. Raises
    NotPermitted, WordsRefused, and LinkRefused for a paper that does not stand.
    """
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=document.placement_id)
    maker = _require_maker(actor, placement, party)
    if PAPER_OF.get(party) != document.kind or not stands(document):
        raise LinkRefused(_("这份文书已作废，或不由这一方签署"))
    if party == Party.GUARDIAN:
        name, number = _guardian_of(placement, actor, at)
    else:
        name, number = name.strip(), _mobile(phone)
    if not name or len(name) > LONGEST_NAME:
        raise WordsRefused(_("请写明签署人的姓名"))
    open_links(document, party).update(withdrawn_at=at)
    token, row = new_token(), uuid6.uuid7()
    link = SigningLink.objects.create(
        public_id=row,
        token_digest=digest_of(token),
        document=document,
        party=party,
        name=name,
        phone_sealed=SigningLink.PHONE.seal(number, row=row),
        phone_index=SigningLink.PHONE.index(number),
        made_by_id=maker,
        made_at=at,
        expires_at=at + LIFETIME,
    )
    _tell("signing.link", link, actor, at)
    return link, token


@transaction.atomic
def withdraw_link(link: SigningLink, *, actor: Actor, at: datetime) -> SigningLink:
    """Let nobody sign by it any more; used, the paper is signed and LinkRefused is raised."""
    held = SigningLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    _require_maker(actor, held.document.placement, Party(held.party))
    if held.used_at is not None:
        raise LinkRefused(_("已经用这个链接签署，不能撤回"))
    if held.withdrawn_at is None:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        _tell("signing.withdraw", held, actor, at)
    return held


def read_link(token: str, *, at: datetime, locked: bool = False) -> SigningLink:
    """The link behind the token, which stays unused. Raises LinkRefused, and says why.

    Of a token that never was nothing more is said than that there is no such link.
    """
    rows: Any = SigningLink.objects.select_related("document__placement")
    if locked:
        rows = rows.select_for_update(of=("self",))
    found: SigningLink | None = None
    if _TOKEN.fullmatch(token):
        found = rows.filter(token_digest=digest_of(token)).first()
    if found is None:
        raise LinkRefused(_("没有这个链接，请检查是否完整，或联系学校"))
    if found.used_at is not None:
        raise LinkRefused(_("这个链接已经用过，不必再签。如有疑问请联系学校"))
    if found.withdrawn_at is not None:
        raise LinkRefused(_("学校已撤回这个链接，请使用新的链接"))
    if at >= found.expires_at:
        raise LinkRefused(_("这个链接已过期，请联系学校重新发出"))
    if not stands(found.document):
        raise LinkRefused(_("安排的内容已有变化，这份文书作废，请联系学校"))
    return found


def open_links(document: Document, party: Party) -> Any:
    """Links of the placement's party that somebody could still use, whichever paper they are of."""
    return SigningLink.objects.filter(
        document__placement=document.placement_id,
        document__kind=document.kind,
        party=party,
        used_at__isnull=True,
        withdrawn_at__isnull=True,
    )


def _require_maker(actor: Actor, placement: Placement, party: Party) -> int:
    """The school's coordinator who makes the link; NotPermitted for everybody else."""
    if actor.user_id is None or not actor.has(Role.SCHOOL_COORDINATOR, placement.school_id):
        raise NotPermitted(_("签署链接由学校发出"))
    if party not in PAPER_OF:
        raise NotPermitted(_("这一方用自己的账号签署"))
    return actor.user_id


def _guardian_of(placement: Placement, actor: Actor, at: datetime) -> tuple[str, str]:
    guardian = Guardian.objects.filter(learner=placement.learner_id).first()
    if guardian is None or guardian.phone is None or not guardian.name:
        raise LinkRefused(_("名册里没有这名学生的监护人，或没有其手机号码"))
    reason = "a signing link goes to the guardian's own phone"
    (number,) = reveal([guardian.phone], by=str(actor), reason=reason, at=at)
    return guardian.name, number


def _mobile(phone: str) -> str:
    try:
        return parse_mobile(phone.strip())
    except BadPhone as bad:
        raise WordsRefused(_("请填写签署人本人的 11 位手机号码")) from bad


def _tell(what: str, link: SigningLink, actor: Actor, at: datetime) -> None:
    audit.record(
        what,
        subject=f"signing-link:{link.public_id}",
        by=actor.user_id,
        at=at,
        school=link.document.placement.school_id,
        facts={"party": str(link.party), "document": str(link.document.public_id)},
    )
