"""The parties' verbs: accept, consent, decline, sign, send back, refuse."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from internships.documents.issuing import template_of
from internships.hosts.freezing import require_open_host
from internships.life import flow
from internships.life.approvals import (
    CONSENT_COLUMNS,
    agreed_state,
    agreement_code,
    approve,
    cleared,
    named,
    standing_approvals,
    void,
    why_not_agreed,
)
from internships.life.content import first_terms
from internships.life.flow import Move
from internships.life.policies import require_party
from internships.life.refusals import TransitionNotAllowed
from internships.life.steps import lock, put_on_record, record, require_state, words, words_needed
from internships.models import Agreement, Placement
from internships.models.moves import ApprovalKind, Party
from people.actors import Actor


@transaction.atomic
def accept(placement: Placement, *, actor: Actor, at: datetime, message: str = "") -> Placement:
    """The host takes the student on what the placement says now."""
    held = lock(placement)
    party = require_party(actor, flow.ACCEPT, held)
    require_state(flow.ACCEPT, held)
    host = first_terms(held).enterprise_id
    require_open_host(host, starts_on=held.starts_on, actor=actor)
    given = standing_approvals(held) | {(ApprovalKind.ACCEPTANCE, party)}
    step = record(
        held,
        flow.ACCEPT,
        to=agreed_state(held, given),
        actor=actor,
        at=at,
        party=party,
        message=words(message),
    )
    approve(held, ApprovalKind.ACCEPTANCE, party, step=step, actor=actor, at=at)
    put_on_record(held, step)
    return held


@transaction.atomic
def consent(
    placement: Placement,
    *,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    message: str = "",
) -> Placement:
    """Student or guardian consents to what the placement says now (Art. 9), dated the actor's day.

    A coordinator records a guardian's paper under `party=Party.GUARDIAN`; the step names who did.
    """
    held = lock(placement)
    side = require_party(actor, flow.CONSENT, held, party)
    require_state(flow.CONSENT, held)
    if (ApprovalKind.CONSENT, side) in standing_approvals(held):
        return held
    given = standing_approvals(held) | {(ApprovalKind.CONSENT, side)}
    step = record(
        held,
        flow.CONSENT,
        to=agreed_state(held, given),
        actor=actor,
        at=at,
        party=side,
        message=words(message),
        values={CONSENT_COLUMNS[side]: actor.on},
    )
    approve(held, ApprovalKind.CONSENT, side, step=step, actor=actor, at=at)
    put_on_record(held, step)
    return held


@transaction.atomic
def decline(
    placement: Placement,
    *,
    message: str,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
) -> Placement:
    """Student or guardian does not consent, or no more: refused, with the self-choice route open.

    Up to the start; later a placement is ended. Nothing else about the student changes by it.
    """
    return _turn_down(flow.DECLINE, placement, message, actor, at, party)


@transaction.atomic
def send_back(
    placement: Placement,
    *,
    message: str,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
) -> Placement:
    """Either side sends it back to the drawing board; every approval is void."""
    return _turn_down(flow.SEND_BACK, placement, message, actor, at, party)


@transaction.atomic
def refuse(placement: Placement, *, message: str, actor: Actor, at: datetime) -> Placement:
    """The host does not take the student."""
    return _turn_down(flow.REFUSE, placement, message, actor, at, None)


def _turn_down(
    move: Move,
    placement: Placement,
    message: str,
    actor: Actor,
    at: datetime,
    party: Party | None,
) -> Placement:
    """Move to the target, with a reason; what was approved is approved no more."""
    held = lock(placement)
    side = require_party(actor, move, held, party)
    require_state(move, held)
    assert move.target is not None
    approvals = list(held.approvals.filter(voided_by__isnull=True))
    step = record(
        held,
        move,
        to=move.target,
        actor=actor,
        at=at,
        party=side,
        message=words_needed(message),
        detail={"voided": named(approvals)},
        values=cleared(approvals),
    )
    void(held, approvals, step=step)
    put_on_record(held, step)
    return held


@transaction.atomic
def sign(
    placement: Placement, *, actor: Actor, at: datetime, party: Party | None = None
) -> Placement:
    """Sign the three-party agreement on what the placement says now, dated the actor's day.

    Everybody signs after the consents are there; signed already, nothing is changed.
    """
    held = lock(placement)
    side = require_party(actor, flow.SIGN, held, party)
    require_state(flow.SIGN, held)
    given = standing_approvals(held)
    if why := why_not_agreed(held, given):
        raise TransitionNotAllowed(why)
    if (ApprovalKind.SIGNATURE, side) in given:
        return held
    step = record(held, flow.SIGN, to=held.state, actor=actor, at=at, party=side)
    approve(held, ApprovalKind.SIGNATURE, side, step=step, actor=actor, at=at)
    Agreement.objects.update_or_create(
        code=agreement_code(held),
        defaults={
            "placement": held,
            f"{side}_signed_on": actor.on,
            "template_version": template_of(held),
        },
    )
    put_on_record(held, step)
    return held
