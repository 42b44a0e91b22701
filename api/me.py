"""Who is signed in, and for whom they act today."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import actor_of
from api.permissions import SignedIn
from api.views import Endpoint
from people.actors import Held
from people.models import User
from people.roles import TIE_OF_ROLE, Role


class HeldSerializer(serializers.Serializer[Any]):
    """A role held today, and the record it is for; `tie` is null for the commission."""

    role = serializers.ChoiceField(Role.choices)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    tie = serializers.SerializerMethodField()
    tie_id = serializers.SerializerMethodField()

    def get_label(self, held: Held) -> str:
        """The role in the reader's language."""
        return str(held.role.label)

    def get_tie(self, held: Held) -> str | None:
        """What kind of record it is."""
        return TIE_OF_ROLE[held.role]

    def get_tie_id(self, held: Held) -> int | None:
        """Which one."""
        return held.tie_id if TIE_OF_ROLE[held.role] else None


class MeSerializer(serializers.Serializer[Any]):
    """The account that asks, on the day of the request (Asia/Shanghai)."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    on = serializers.DateField()
    sees_masked = serializers.BooleanField()
    memberships = HeldSerializer(many=True)


class MeView(Endpoint):
    """Who am I."""

    permission_classes = [SignedIn]

    @extend_schema(summary=_("我是谁"), tags=["me"], responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """The account, its roles of today and whether it sees names masked."""
        actor, user = actor_of(request), cast(User, request.user)
        said = {
            "id": user.public_id,
            "username": user.username,
            "display_name": user.display_name,
            "on": actor.on,
            "sees_masked": actor.sees_masked,
            "memberships": actor.memberships,
        }
        return Response(MeSerializer(said).data)
