"""Who may move a placement, and in whose name: a role that the flow names and that reaches it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from internships.life.flow import MOVES, Move
from internships.life.refusals import NotPermitted
from internships.models import Placement
from internships.models.moves import Party, PlacementMove
from people.actors import Actor, Mandate
from people.roles import Role

# What somebody with a one-time link may do besides reading: the guardian at any age (第九条).
BY_LINK = (PlacementMove.CONSENT, PlacementMove.DECLINE, PlacementMove.SIGN)


def parties_of(actor: Actor, move: Move, placement: Placement) -> frozenset[Party]:
    """In whose names the actor may make the move with this placement, whatever its state."""
    named: frozenset[Party] = frozenset()
    if actor.mandate is not None:
        return _mandated(actor.mandate, move, placement)
    for role in sorted(actor.roles):
        parties = move.parties_of(role)
        if parties - named and reaches(actor, role, placement):
            named |= parties
    return named


def _mandated(mandate: Mandate, move: Move, placement: Placement) -> frozenset[Party]:
    """The party that a link is for, where it is of this placement and of a move made by links."""
    party = Party(mandate.party)
    ways = {given for _role, given in move.who}
    if mandate.placement_id != placement.pk or move.name not in BY_LINK or party not in ways:
        return frozenset()
    return frozenset({party})


def reaches(actor: Actor, role: Role, placement: Placement) -> bool:
    """Whether the actor reaches the placement in that one role, on the actor's day."""
    held = tuple(held for held in actor.memberships if held.role == role)
    own = Placement.objects.visible_to(replace(actor, memberships=held))
    return own.filter(pk=placement.pk).exists()


def require_party(
    actor: Actor, move: Move, placement: Placement, party: Party | None = None
) -> Party:
    """The party in whose name the actor moves: the one named, or the only one there is.

    Raises NotPermitted where there is none, or several and none named.
    """
    parties = parties_of(actor, move, placement)
    if party is None and len(parties) == 1:
        return next(iter(parties))
    if party is None and parties:
        raise NotPermitted(_("请说明代表哪一方"))
    if party is None or party not in parties:
        raise NotPermitted(_("您不能对这个实习安排做这一操作"))
    return party


def roles_reaching(actor: Actor, placement: Placement) -> frozenset[Role]:
    """The roles in which the actor reaches the placement, on the actor's day."""
    return frozenset(role for role in sorted(actor.roles) if reaches(actor, role, placement))


def moves_of(placement: Placement, actor: Actor) -> list[tuple[Move, frozenset[Party]]]:
    """The moves that are the actor's whatever the placement's state, and in whose names.

    Asked once a role, not once a move.
    """
    if actor.mandate is not None:
        found = [(move, parties_of(actor, move, placement)) for move in MOVES.values()]
    else:
        roles = roles_reaching(actor, placement)
        found = [
            (move, frozenset[Party]().union(*(move.parties_of(role) for role in roles)))
            for move in MOVES.values()
        ]
    return [(move, parties) for move, parties in found if parties]


def moves_open(placement: Placement, actor: Actor) -> list[tuple[Move, frozenset[Party]]]:
    """The moves that the placement's state leaves open to the actor, and in whose names."""
    found = moves_of(placement, actor)
    return [(move, parties) for move, parties in found if placement.state in move.sources]
