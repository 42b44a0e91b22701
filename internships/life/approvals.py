"""Approvals: who has given word to what the placement says now, and what that amounts to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from internships.life.content import TOUCHES, content_of, digest_of
from internships.models import Agreement, Placement, PlacementKind, PlacementState
from internships.models.life import Approval, PlacementStep
from internships.models.moves import GIVERS, ApprovalKind, Party
from law.legal_values import value_on
from law.reckoning import is_minor_on
from people.actors import Actor

Given = tuple[ApprovalKind, Party]

CONSENT_COLUMNS = {
    Party.STUDENT: "student_consented_on",
    Party.GUARDIAN: "guardian_consented_on",
}
SIGNERS = GIVERS[ApprovalKind.SIGNATURE]


def consents_needed(placement: Placement) -> frozenset[Party]:
    """Whose consent it needs: the student's, and those the law names for a 岗位实习 that day.

    The guardian's besides wherever the student is a minor on the first day, whatever the kind.
    """
    needed = {Party.STUDENT}
    if placement.kind == PlacementKind.PRODUCTION:
        signers = value_on("consent_signers", placement.starts_on)
        assert isinstance(signers, tuple)
        needed |= {Party(str(code)) for code in signers}
    if is_minor_on(placement.learner.student.born_on, placement.starts_on):
        needed.add(Party.GUARDIAN)
    return frozenset(needed)


def standing_approvals(placement: Placement) -> set[Given]:
    """What was given to just what the placement says now, and not voided since."""
    content = content_of(placement)
    digests = {kind: digest_of(content, TOUCHES[kind]) for kind in ApprovalKind}
    return {
        (ApprovalKind(row.kind), Party(row.party))
        for row in placement.approvals.filter(voided_by__isnull=True)
        if row.digest == digests[ApprovalKind(row.kind)]
    }


def agreed_state(placement: Placement, given: Iterable[Given]) -> PlacementState:
    """Where a submitted placement is, by the approvals that stand."""
    held = set(given)
    if (ApprovalKind.ACCEPTANCE, Party.ENTERPRISE) not in held:
        return PlacementState.SUBMITTED
    consents = {party for kind, party in held if kind == ApprovalKind.CONSENT}
    if consents_needed(placement) - consents:
        return PlacementState.ACCEPTED
    return PlacementState.CONSENTED


def signatures_missing(given: Iterable[Given]) -> tuple[Party, ...]:
    """Who has not signed what the placement says now."""
    held = set(given)
    return tuple(party for party in SIGNERS if (ApprovalKind.SIGNATURE, party) not in held)


def why_not_agreed(placement: Placement, given: Iterable[Given]) -> str:
    """Why nobody may sign what the placement says now; empty where all consents stand."""
    if agreed_state(placement, given) == PlacementState.CONSENTED:
        return ""
    return _("内容在各方同意之后变了，请先退回重新征求同意")


def why_not_signed(placement: Placement, given: Iterable[Given]) -> str:
    """Why what the placement says now is not agreed and signed by all three; empty where it is."""
    missing = signatures_missing(given)
    if (changed := why_not_agreed(placement, given)) or not missing:
        return changed
    return _("尚未签署：%(names)s") % {"names": "、".join(str(party.label) for party in missing)}


def approve(
    placement: Placement,
    kind: ApprovalKind,
    party: Party,
    *,
    step: PlacementStep,
    actor: Actor,
    at: datetime,
) -> Approval:
    """Write the party's word to what the placement says now; an older one of its gives way."""
    placement.approvals.filter(kind=kind, party=party, voided_by__isnull=True).update(
        voided_by=step
    )
    return Approval.objects.create(
        placement=placement,
        kind=kind,
        party=party,
        digest=digest_of(content_of(placement), TOUCHES[kind]),
        on=actor.on,
        at=at,
        actor=str(actor),
        user_id=actor.user_id,
    )


def touched_by(placement: Placement, changed: Iterable[str]) -> list[Approval]:
    """The approvals not voided yet that are of one of the changed names."""
    names = set(changed)
    kinds = [kind for kind in ApprovalKind if TOUCHES[kind] & names]
    return list(placement.approvals.filter(kind__in=kinds, voided_by__isnull=True))


def named(approvals: Iterable[Approval]) -> list[str]:
    """Approvals as a step's detail names them: `signature school`."""
    return [f"{approval.kind} {approval.party}" for approval in approvals]


def cleared(approvals: Iterable[Approval]) -> dict[str, Any]:
    """The days of consent that a placement no longer has without these approvals."""
    return {
        CONSENT_COLUMNS[Party(approval.party)]: None
        for approval in approvals
        if approval.kind == ApprovalKind.CONSENT
    }


def void(placement: Placement, approvals: list[Approval], *, step: PlacementStep) -> None:
    """Void the approvals by the step, and take the signatures among them off the agreement."""
    Approval.objects.filter(pk__in=[row.pk for row in approvals]).update(voided_by=step)
    unsigned = {
        f"{row.party}_signed_on": None for row in approvals if row.kind == ApprovalKind.SIGNATURE
    }
    if unsigned:
        Agreement.objects.filter(code=agreement_code(placement)).update(**unsigned)


def agreement_code(placement: Placement) -> str:
    """The code of the one agreement that is signed here; files bring others under theirs."""
    return f"AGR-{placement.pk}"
