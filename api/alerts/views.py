"""The list of cases, one of them, and what is done to one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.alerts.filters import AlertFilters
from api.alerts.moves import (
    ACKNOWLEDGE,
    ASSIGN,
    END_WAIVER,
    NOTE,
    WAIVE,
    AlertMove,
    given,
    open_moves,
)
from api.alerts.rows import JOINED, AlertSerializer, WholeAlertSerializer, mark_of, prepared, whole
from api.doing import KEY_PARAMETER, MATCH_PARAMETER, check_match, done_once, plain_json
from api.problems import Problem, ProblemCode
from api.views import RowsView, RowView, SeenRows
from audit.answers import Answer
from compliance.cases.policies import may_hold
from compliance.models import Alert
from people.actors import Actor


class SeenAlerts(SeenRows):
    """The cases that the actor sees."""

    lookup_field = "public_id"

    def seen(self, actor: Actor) -> Any:
        """The actor's cases, with what their rows speak of."""
        return Alert.objects.visible_to(actor).with_deadlines().select_related(*JOINED)


@extend_schema_view(get=extend_schema(summary=_("预警"), tags=["alerts"]))
class AlertsView(SeenAlerts, RowsView):
    """The cases that the actor sees, the newest first."""

    serializer_class = AlertSerializer
    filterset_class = AlertFilters

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The rows with what is asked once for all of them."""
        return prepared(rows, self.actor)


@extend_schema_view(get=extend_schema(summary=_("一件预警"), tags=["alerts"]))
class AlertView(SeenAlerts, RowView):
    """One of them: why in Chinese and English, by which article, its steps, the moves open."""

    serializer_class = WholeAlertSerializer

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The one case with all that is told of it."""
        (alert,) = rows
        self.mark = mark_of(alert)
        return [whole(alert, self.actor, open_moves(alert, self.actor))]


class CandidateSerializer(serializers.Serializer[Any]):
    """Somebody to whom the case may be given."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="display_name")


class CandidatesView(SeenAlerts):
    """Those to whom the actor may give the case."""

    filter_backends: list[Any] = []
    pagination_class = None
    serializer_class = CandidateSerializer

    @extend_schema(
        summary=_("可以指定的负责人"), tags=["alerts"], responses=CandidateSerializer(many=True)
    )
    def get(self, request: Request, public_id: Any) -> Response:
        """Their ids and names; 403 for who gives nothing away."""
        self.check_parameters(frozenset())
        alert = self.get_object()
        if not ASSIGN.move.may(self.actor, alert):
            raise Problem(ProblemCode.NOT_PERMITTED)
        people = may_hold(alert, actor=self.actor)
        return Response(CandidateSerializer(people, many=True).data)


class MoveView(SeenAlerts):
    """Does one thing to one case, and answers with the case as it is then."""

    filter_backends: list[Any] = []
    moved_by: ClassVar[AlertMove]

    def post(self, request: Request, public_id: Any) -> Response:
        """404 for a case the actor does not see, 403 for one that is not the actor's to move, 409
        where its state does not allow it, 412 where it changed meanwhile, 422 for what was sent."""
        self.check_parameters(frozenset())
        alert = self.get_object()
        return done_once(request, lambda: self._moved(alert))

    def _moved(self, alert: Alert) -> Answer:
        """Make the move on the case, locked since before it was compared with what was seen."""
        actor, move = self.actor, self.moved_by
        held = Alert.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=alert.pk)
        if not move.move.may(actor, held):
            raise Problem(ProblemCode.NOT_PERMITTED)
        check_match(self.request, mark_of(held), required=move.needs_match)
        asked = move.asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        move.service(
            held, actor=actor, at=timezone.now(), **given(held, actor, asked.validated_data)
        )
        moved = self.get_object()
        told = whole(moved, actor, open_moves(moved, actor))
        body = WholeAlertSerializer(told, context=self.get_serializer_context()).data
        return Answer(200, plain_json(body), {"ETag": mark_of(moved)})


def _described(move: AlertMove) -> Any:
    """The description of the one operation of a view that makes `move`."""
    return extend_schema_view(
        post=extend_schema(
            summary=move.name,
            tags=["alerts"],
            request=move.asks,
            responses=WholeAlertSerializer,
            parameters=[KEY_PARAMETER, *([MATCH_PARAMETER] if move.needs_match else [])],
        )
    )


@_described(ACKNOWLEDGE)
class AcknowledgeView(MoveView):
    """Say that somebody is on it: whoever says so has it."""

    moved_by = ACKNOWLEDGE


@_described(NOTE)
class NoteView(MoveView):
    """Write down what was done or learnt."""

    moved_by = NOTE


@_described(ASSIGN)
class AssignView(MoveView):
    """Give it to one of its candidates."""

    moved_by = ASSIGN


@_described(WAIVE)
class WaiveView(MoveView):
    """Let a breach of HOST-07 to HOST-10 stand up to a day, for a reason."""

    moved_by = WAIVE


@_described(END_WAIVER)
class EndWaiverView(MoveView):
    """Take a waiver back."""

    moved_by = END_WAIVER
