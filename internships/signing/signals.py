"""Signals that somebody signed for another: raised with the signature, judged by a person.

A signal proves nothing: families share phones, and a village shares an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain as audit
from audit.reveal import reveal
from internships.life.refusals import NotPermitted, TransitionNotAllowed
from internships.life.steps import words_needed
from internships.models import ProxySignal, SignalKind, SignalVerdict, Signature, SigningLink
from internships.models.moves import Party
from people.actors import Actor
from people.models import LearnerIdentity, Membership, User
from people.roles import Role

STAFF = (
    Role.SCHOOL_COORDINATOR,
    Role.SCHOOL_TEACHER,
    Role.ENTERPRISE_HR,
    Role.ENTERPRISE_MENTOR,
    Role.COMMISSION,
)
BY, REASON = "system:signing", "whose phone it is that somebody signed with"


def raise_signals(signature: Signature, *, at: datetime) -> list[ProxySignal]:
    """Write down every signal of the signature; nothing is held up by any."""
    found = dict.fromkeys((*_shared(signature), *_phones(signature, at)))
    return [
        ProxySignal.objects.create(signature=signature, kind=kind, raised_at=at) for kind in found
    ]


def _shared(signature: Signature) -> Iterator[SignalKind]:
    """What it shares with the signatures, or the links, of other people."""
    link = signature.link
    school = link.document.placement.school_id
    others = Signature.objects.filter(link__document__placement__school=school).exclude(
        link__phone_index=link.phone_index, link__name=link.name
    )
    if others.filter(device_index=signature.device_index).exists():
        yield SignalKind.SAME_DEVICE
    beside = others.filter(link__document__placement=link.document.placement_id)
    if beside.filter(place_index=signature.place_index).exists():
        yield SignalKind.SAME_PLACE
    links = SigningLink.objects.filter(phone_index=link.phone_index).exclude(name=link.name)
    if links.exists():
        yield SignalKind.SAME_PHONE


def _phones(signature: Signature, at: datetime) -> Iterator[SignalKind]:
    """Whose the phone is besides: a member of a staff, or the student."""
    link = signature.link
    assert link.phone is not None
    (number,) = reveal([link.phone], by=BY, reason=REASON, at=at)
    learner = link.document.placement.learner
    if bytes(learner.phone_index or b"") == LearnerIdentity.PHONE.index(number):
        yield SignalKind.STUDENT_PHONE
    if link.party != Party.GUARDIAN:
        return
    owners = User.objects.filter(phone_index=User.PHONE.index(number))
    staff = Membership.objects.filter(
        user__in=owners, role__in=STAFF, period__contains=signature.on
    )
    if staff.exists():
        yield SignalKind.STAFF_PHONE


@transaction.atomic
def judge_signal(
    signal: ProxySignal, *, verdict: SignalVerdict, note: str, actor: Actor, at: datetime
) -> ProxySignal:
    """Say what it was and how that was found out, once; the school's coordinator does.

    Raises NotPermitted, WordsRefused, and TransitionNotAllowed for one that was judged.
    """
    held = ProxySignal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    school = held.signature.link.document.placement.school_id
    if actor.user_id is None or not actor.has(Role.SCHOOL_COORDINATOR, school):
        raise NotPermitted(_("代签信号由学校核实"))
    if held.verdict:
        raise TransitionNotAllowed(_("这一信号已经有人核实"))
    held.verdict, held.note = verdict, words_needed(note)
    held.judged_by_id, held.judged_at = actor.user_id, at
    held.save(update_fields=["verdict", "note", "judged_by", "judged_at"])
    audit.record(
        "signing.judge",
        subject=f"proxy-signal:{held.pk}",
        by=actor.user_id,
        at=at,
        school=school,
        facts={"kind": str(held.kind), "verdict": str(verdict)},
    )
    return held
