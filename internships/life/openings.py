"""What is open from here: each move of the actor's, and why those that are closed are so."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from internships.life import flow
from internships.life.approvals import (
    Given,
    consents_needed,
    standing_approvals,
    why_not_agreed,
    why_not_signed,
)
from internships.life.flow import Move
from internships.life.policies import moves_of
from internships.life.steps import why_not_from_here
from internships.models import Amendment, Placement, PlacementState
from internships.models.amendments import AmendmentState
from internships.models.moves import GIVERS, ApprovalKind, Party, PlacementMove
from people.actors import Actor

# Begun by nobody's hand here: a new one is drafted elsewhere, and approving is part of starting.
ELSEWHERE = (flow.DRAFT, flow.EXPIRE, flow.APPROVE)
OF_AN_AMENDMENT = (PlacementMove.AGREE, PlacementMove.TURN_DOWN)
GIVEN_BY = {
    PlacementMove.ACCEPT: ApprovalKind.ACCEPTANCE,
    PlacementMove.CONSENT: ApprovalKind.CONSENT,
    PlacementMove.SIGN: ApprovalKind.SIGNATURE,
}


@dataclass(frozen=True, slots=True)
class Opening:
    """A move that is the actor's to make, and in whose names; `why` it is closed, empty if open.

    `amendment` is the proposed change that it decides on, where it does.
    """

    move: Move
    parties: frozenset[Party]
    why: str = ""
    amendment: int | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """A word that the placement needs: of which kind, of whom, and whether it stands."""

    kind: ApprovalKind
    party: Party
    is_given: bool


def openings(placement: Placement, actor: Actor) -> list[Opening]:
    """The moves that are the actor's to make with the placement, open ones and closed ones."""
    given = standing_approvals(placement)
    proposed = placement.amendments.filter(state=AmendmentState.PROPOSED).first()
    found = []
    for move, parties in moves_of(placement, actor):
        if move in ELSEWHERE:
            continue
        of_amendment = move.name in OF_AN_AMENDMENT
        if of_amendment and proposed is None:
            continue
        still = _still(move, parties, given, proposed)
        why = _why(move, placement, still, given, proposed)
        amendment = proposed.pk if proposed is not None and of_amendment else None
        found.append(Opening(move, still or parties, why, amendment))
    return found


def approvals_needed(placement: Placement) -> list[Approved]:
    """Every word the placement needs before it starts, in the order in which they are given."""
    given = standing_approvals(placement)
    consents = consents_needed(placement)
    return [
        Approved(kind, party, (kind, party) in given)
        for kind, parties in GIVERS.items()
        for party in parties
        if kind != ApprovalKind.CONSENT or party in consents
    ]


def _still(
    move: Move, parties: frozenset[Party], given: set[Given], proposed: Amendment | None
) -> frozenset[Party]:
    """The parties that have not done it already, or that may decide on what another proposed."""
    if move.name == PlacementMove.AGREE and proposed is not None:
        return parties - {Party(proposed.proposed_for)}
    kind = GIVEN_BY.get(move.name)
    return frozenset(party for party in parties if (kind, party) not in given)


def _why(
    move: Move,
    placement: Placement,
    still: frozenset[Party],
    given: set[Given],
    proposed: Amendment | None,
) -> str:
    """Why it cannot be made now; empty when it can."""
    if elsewhere := why_not_from_here(move, placement):
        return elsewhere
    if not still and move.name == PlacementMove.AGREE:
        return _("变更要由另一方同意")
    if not still:
        return _("您这一方已经表示过了")
    if move.name == PlacementMove.PROPOSE and proposed is not None:
        return _("已有一份变更待对方同意，请先处理")
    if placement.state != PlacementState.CONSENTED:
        return ""
    if move.name == PlacementMove.SIGN:
        return why_not_agreed(placement, given)
    return why_not_signed(placement, given) if move.name == PlacementMove.ACTIVATE else ""
