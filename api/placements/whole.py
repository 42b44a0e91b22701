"""How a placement is written by itself: what it needs, what is open from here, its mark."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from api.placements.moves import KEYS, key_of
from api.placements.rows import PlacementSerializer, mark_pay
from internships.life.as_of import as_of
from internships.life.content import OF_TERMS
from internships.life.openings import Opening, approvals_needed, openings
from internships.models import (
    Placement,
    PlacementState,
    PlacementStatus,
    PlacementStep,
    Terms,
)
from internships.models.moves import ApprovalKind, Party, PlacementMove
from internships.models.placements import STATUS_OF_STATE
from people.access.registry import registered
from people.actors import Actor

# Where a move has an address of another form than the placement's own and its word.
ADDRESSES = {
    PlacementMove.EDIT: ("placement", "PATCH"),
    PlacementMove.PROPOSE: ("placement-amendments", "POST"),
    PlacementMove.AGREE: ("amendment-agree", "POST"),
    PlacementMove.TURN_DOWN: ("amendment-turn-down", "POST"),
}


class ApprovalSerializer(serializers.Serializer[Any]):
    """A word that the placement needs before it starts, and whether it stands now."""

    kind = serializers.ChoiceField(ApprovalKind.choices)
    party = serializers.ChoiceField(Party.choices)
    is_given = serializers.BooleanField()


class OpenMoveSerializer(serializers.Serializer[Any]):
    """What the actor may do with it now: where and how it is sent, and in whose names."""

    key = serializers.ChoiceField(KEYS)
    name = serializers.CharField()
    method = serializers.ChoiceField(["POST", "PATCH"])
    href = serializers.CharField()
    parties = serializers.ListField(child=serializers.ChoiceField(Party.choices))


class ClosedMoveSerializer(serializers.Serializer[Any]):
    """What is the actor's to do with it, but not now, and why."""

    key = serializers.ChoiceField(KEYS)
    name = serializers.CharField()
    why = serializers.CharField()


class WholePlacementSerializer(PlacementSerializer):
    """A placement by itself; `approvals` is null for who does not see how it came about.

    Asked `as_of` a day, it is told as it was then: `state` is null before anybody had begun it, and
    nothing is open.
    """

    state = serializers.ChoiceField(PlacementState.choices, allow_null=True, read_only=True)
    status = serializers.ChoiceField(PlacementStatus.choices, allow_null=True, read_only=True)
    follows = serializers.IntegerField(source="follows_id", read_only=True, allow_null=True)
    instead_of = serializers.IntegerField(source="instead_of_id", read_only=True, allow_null=True)
    as_of = serializers.DateField(read_only=True, allow_null=True)
    known_at = serializers.DateTimeField(read_only=True, allow_null=True)
    approvals = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()
    closed_moves = serializers.SerializerMethodField()

    class Meta(PlacementSerializer.Meta):
        fields: tuple[str, ...] = (
            *PlacementSerializer.Meta.fields,
            "safety_trained_on",
            "student_consented_on",
            "guardian_consented_on",
            "follows",
            "instead_of",
            "as_of",
            "known_at",
            "approvals",
            "moves",
            "closed_moves",
        )
        read_only_fields = fields

    @extend_schema_field(ApprovalSerializer(many=True, allow_null=True))
    def get_approvals(self, placement: Any) -> Any:
        """Every word that it needs."""
        told = placement.told_approvals
        return None if told is None else ApprovalSerializer(told, many=True).data

    @extend_schema_field(OpenMoveSerializer(many=True))
    def get_moves(self, placement: Any) -> Any:
        """What the actor may do now."""
        return [
            {
                "key": key_of(opening.move),
                "name": str(opening.move.name.label),
                "method": ADDRESSES.get(opening.move.name, ("", "POST"))[1],
                "href": address_of(placement, opening),
                "parties": sorted(opening.parties),
            }
            for opening in placement.told_openings
            if not opening.why
        ]

    @extend_schema_field(ClosedMoveSerializer(many=True))
    def get_closed_moves(self, placement: Any) -> Any:
        """What is the actor's, and closed."""
        return [
            {
                "key": key_of(opening.move),
                "name": str(opening.move.name.label),
                "why": opening.why,
            }
            for opening in placement.told_openings
            if opening.why
        ]


def address_of(placement: Placement, opening: Opening) -> str:
    """Where the move is sent."""
    name, _method = ADDRESSES.get(opening.move.name, (f"placement-{key_of(opening.move)}", ""))
    key = placement.pk if opening.amendment is None else opening.amendment
    return reverse(f"api:{name}", kwargs={"pk": key})


def whole(placement: Any, actor: Actor) -> Any:
    """The placement as it is now, with all that is told of it."""
    mark_pay([placement], actor)
    placement.as_of = placement.known_at = None
    shown = history_is_shown(placement, actor)
    placement.told_approvals = approvals_needed(placement) if shown else None
    placement.told_openings = openings(placement, actor)
    return placement


def whole_as_of(placement: Any, actor: Actor, *, day: date, known_at: datetime | None) -> Any:
    """The placement as it was on the day, with what was agreed for it; nothing is open there."""
    was = as_of(placement, day=day, known_at=known_at)
    placement.judged_terms = [was.terms]
    mark_pay([placement], actor)
    placement.state, placement.ends_on, placement.ended_on = was.state, was.ends_on, was.ended_on
    placement.last_on = was.last_on
    placement.status = STATUS_OF_STATE[was.state] if was.state else None
    placement.as_of, placement.known_at = day, known_at
    placement.told_approvals, placement.told_openings = None, []
    return placement


def history_is_shown(placement: Placement, actor: Actor) -> bool:
    """Whether the actor sees how the placement came about: in a role that steps are shown to."""
    readers = registered(PlacementStep)
    if actor.roles and actor.roles <= set(readers):
        return True
    return PlacementStep.objects.visible_to(actor).filter(placement=placement).exists()


def mark_of(placement: Placement) -> str:
    """The placement's ETag: another one as soon as anything of it is another, whoever reads it."""
    reason = "a digest of it, which tells nothing"
    steps = PlacementStep.objects.unscoped(reason=reason).filter(placement=placement)
    terms = Terms.objects.unscoped(reason=reason).filter(placement=placement).order_by("period")
    row = Placement.objects.unscoped(reason=reason).filter(pk=placement.pk).values().get()
    told = [
        *sorted(row.items()),
        *terms.values_list("period", *OF_TERMS),
        steps.aggregate(last=Max("pk"))["last"],
    ]
    text = json.dumps(told, default=str)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
