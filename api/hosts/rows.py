"""What is told of a host: its decisions, and how many students it has and may have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rest_framework import serializers

from api.asking import Asked, Day
from compliance.host_caps import Cap, caps_of
from internships.hosts.freezing import freeze_of, last_decision, may_freeze, moves_open
from internships.models import FreezeMove, HostFreeze
from internships.models.life import MOST_CHARACTERS
from people.actors import Actor
from people.models import Enterprise


class FreezeSerializer(serializers.ModelSerializer[HostFreeze]):
    """A decision of the commission on a host, for all schools, from `from_day` on."""

    enterprise = serializers.IntegerField(source="enterprise_id", read_only=True)

    class Meta:
        model = HostFreeze
        fields = ("id", "enterprise", "move", "from_day", "reason", "decided_on")
        read_only_fields = fields


class CapSerializer(serializers.Serializer[Any]):
    """Students of all schools at the host, or at one post; `most` is what the staff allows."""

    post = serializers.SerializerMethodField()
    interns = serializers.IntegerField()
    coming = serializers.IntegerField()
    staff = serializers.IntegerField()
    most = serializers.IntegerField()
    left = serializers.IntegerField()

    def get_post(self, cap: Cap) -> int | None:
        """The id of the post; null for the host as a whole."""
        return cap.post.pk if cap.post else None


class HostSerializer(serializers.Serializer[Any]):
    """A host on a day: whether it may take students, how full it is, what may be decided."""

    id = serializers.IntegerField(source="enterprise.pk")
    name = serializers.CharField(source="enterprise.name")
    credit_code = serializers.CharField(source="enterprise.credit_code")
    on = serializers.DateField()
    frozen = FreezeSerializer(allow_null=True)
    last_decision = FreezeSerializer(allow_null=True)
    caps = CapSerializer(many=True)
    moves = serializers.ListField(child=serializers.CharField())


class FreezeAsked(Asked):
    """From which day on, today or later, and why."""

    from_day = Day()
    reason = serializers.CharField(max_length=MOST_CHARACTERS)


@dataclass(frozen=True, slots=True)
class HostTold:
    """What the serializer reads of one host."""

    enterprise: Enterprise
    on: date
    frozen: HostFreeze | None
    last_decision: HostFreeze | None
    caps: list[Cap]
    moves: list[FreezeMove]


def host_told(enterprise: Enterprise, actor: Actor) -> HostTold:
    """The host as the actor is told of it on the actor's day."""
    last = last_decision(enterprise.pk)
    return HostTold(
        enterprise=enterprise,
        on=actor.on,
        frozen=freeze_of(enterprise.pk, on=actor.on),
        last_decision=last,
        caps=caps_of(enterprise, on=actor.on),
        moves=list(moves_open(last)) if may_freeze(actor) else [],
    )


def mark_of(told: HostTold) -> str:
    """What a decision on the host names: the latest that was made."""
    return f'"{told.last_decision.pk if told.last_decision else 0}"'
