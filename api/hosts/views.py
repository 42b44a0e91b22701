"""Endpoints of hosts: one with its state and its caps, the decisions, and deciding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.doing import KEY_PARAMETER, MATCH_PARAMETER, check_match, done_once, plain_json
from api.filtering import RowNumber
from api.hosts.rows import FreezeAsked, FreezeSerializer, HostSerializer, host_told, mark_of
from api.problems import Problem, ProblemCode
from api.views import RowsView, SeenRows
from audit.answers import Answer
from internships.hosts.freezing import freeze, may_freeze, unfreeze
from internships.hosts.reading import READERS
from internships.models import FreezeMove, HostFreeze
from people.actors import Actor
from people.models import Enterprise


class FreezeFilters(django_filters.FilterSet):
    """What the list of decisions may be asked."""

    enterprise = RowNumber(field_name="enterprise", help_text=_("企业的 id"))
    move = django_filters.ChoiceFilter(
        choices=FreezeMove.choices, help_text=_("暂停接收或恢复接收")
    )


@extend_schema_view(get=extend_schema(summary=_("暂停接收决定"), tags=["hosts"]))
class FreezesView(RowsView):
    """The commission's decisions on the hosts that the actor sees, the newest first."""

    serializer_class = FreezeSerializer
    filterset_class = FreezeFilters

    def seen(self, actor: Actor) -> Any:
        """The decisions that the actor sees."""
        return HostFreeze.objects.visible_to(actor)


class SeenHosts(SeenRows):
    """Hosts, for those who place students, have them or watch over it."""

    filter_backends: list[Any] = []
    serializer_class = HostSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's hosts; none for who is there to learn or to teach."""
        rows = Enterprise.objects.visible_to(actor)
        return rows if actor.roles & READERS else rows.none()


class HostView(SeenHosts):
    """One host as it stands today."""

    @extend_schema(summary=_("一家实习单位"), tags=["hosts"], responses=HostSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The host, with the mark that a decision on it names."""
        self.check_parameters(frozenset())
        told = host_told(self.get_object(), self.actor)
        return Response(HostSerializer(told).data, headers={"ETag": mark_of(told)})


class DecisionView(SeenHosts):
    """Decides on one host, and answers with it as it is then."""

    decide: ClassVar[Callable[..., HostFreeze]]

    def post(self, request: Request, pk: int) -> Response:
        """404 for a host that the actor does not see, 403 for anybody but the commission, 409 where
        it is so already, 412 where somebody decided meanwhile."""
        self.check_parameters(frozenset())
        enterprise = self.get_object()
        return done_once(request, lambda: self._decided(enterprise))

    def _decided(self, enterprise: Enterprise) -> Answer:
        actor = self.actor
        if not may_freeze(actor):
            raise Problem(ProblemCode.NOT_PERMITTED)
        rows = Enterprise.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
        held = rows.get(pk=enterprise.pk)
        check_match(self.request, mark_of(host_told(held, actor)), required=True)
        asked = FreezeAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        type(self).decide(held, actor=actor, at=timezone.now(), **asked.validated_data)
        told = host_told(held, actor)
        body = plain_json(HostSerializer(told).data)
        return Answer(200, body, {"ETag": mark_of(told)})


def _described(summary: Any) -> Any:
    return extend_schema_view(
        post=extend_schema(
            summary=summary,
            tags=["hosts"],
            request=FreezeAsked,
            responses=HostSerializer,
            parameters=[KEY_PARAMETER, MATCH_PARAMETER],
        )
    )


@_described(_("暂停接收实习生"))
class FreezeView(DecisionView):
    """Keep the host from taking students, over all schools."""

    decide = freeze


@_described(_("恢复接收实习生"))
class UnfreezeView(DecisionView):
    """Let the host take students again."""

    decide = unfreeze
