"""Endpoints of complaints: the list, raising, one whole, its moves, what was done afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Asked, row_named
from api.complaints.rows import (
    ChangeAfterSerializer,
    ComplaintAsked,
    ComplaintSerializer,
    WholeComplaintSerializer,
    WordsMayBeSaid,
    WordsNeeded,
    whole,
)
from api.doing import KEY_PARAMETER, done_once, plain_json
from api.problems import Problem, ProblemCode
from api.views import RowsView, RowView, SeenRows
from audit.answers import Answer
from internships.complaints.flow import waiting_for
from internships.complaints.handling import answer, close, look_into
from internships.complaints.raising import raise_complaint
from internships.complaints.reading import complaints_seen, read_complaint
from internships.complaints.watching import changes_after
from internships.models import Complaint, ComplaintKind, ComplaintState, Placement
from people.actors import Actor
from people.roles import Role


class ComplaintFilters(django_filters.FilterSet):
    """What a list of complaints may be asked."""

    state = django_filters.ChoiceFilter(choices=ComplaintState.choices, help_text=_("状态"))
    kind = django_filters.ChoiceFilter(choices=ComplaintKind.choices, help_text=_("问题"))
    mine = django_filters.BooleanFilter(method="to_handle", help_text=_("现在由我处理的"))

    def to_handle(self, rows: Any, name: str, wanted: bool) -> Any:
        """Those that wait for the actor, or the others."""
        waiting = waiting_for(rows, self.request.actor)
        return waiting if wanted else rows.exclude(pk__in=waiting.values("pk"))


class SeenComplaints(SeenRows):
    """Complaints, for who raised them and who handles them."""

    serializer_class = ComplaintSerializer
    lookup_field = "public_id"

    def seen(self, actor: Actor) -> Any:
        """The complaints that the actor may know of."""
        return complaints_seen(actor)

    def told(self, complaint: Complaint) -> Any:
        """The complaint with its words, which are opened on record."""
        read = read_complaint(complaint, actor=self.actor, at=timezone.now())
        said = whole(read, self.actor)
        return WholeComplaintSerializer(said, context=self.get_serializer_context()).data


@extend_schema_view(get=extend_schema(summary=_("投诉"), tags=["complaints"]))
class ComplaintsView(SeenComplaints, RowsView):
    """One's own complaints, or those of one's students."""

    filterset_class = ComplaintFilters

    @extend_schema(
        summary=_("提出投诉"),
        tags=["complaints"],
        request=ComplaintAsked,
        responses={201: WholeComplaintSerializer},
        parameters=[KEY_PARAMETER],
    )
    def post(self, request: Request) -> Response:
        """For the student, and the guardian of a minor; 403 for anybody else who sees the
        placement, 422 for what nobody placed."""
        self.check_parameters(frozenset())
        return done_once(request, self._raised)

    def _raised(self) -> Answer:
        asked = ComplaintAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        sent = dict(asked.validated_data)
        seen = Placement.objects.visible_to(self.actor)
        placement = row_named(seen, "placement", sent.pop("placement"))
        made = raise_complaint(placement, actor=self.actor, at=timezone.now(), **sent)
        row = complaints_seen(self.actor).get(pk=made.pk)
        return Answer(201, plain_json(self.told(row)))


class ComplaintView(SeenComplaints, RowView):
    """One of them, whole; that its words were read is on record."""

    @extend_schema(summary=_("一件投诉"), tags=["complaints"], responses=WholeComplaintSerializer)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The complaint, its answers and the moves open."""
        self.check_parameters(frozenset())
        return Response(self.told(self.get_object()))


class ComplaintMoveView(SeenComplaints):
    """Moves one complaint on, and answers with it as it is then."""

    filter_backends: list[Any] = []
    service: ClassVar[Callable[..., Complaint]]
    asks: ClassVar[type[Asked]] = WordsNeeded

    def post(self, request: Request, public_id: Any) -> Response:
        """404 for a complaint that the actor does not see, 403 for one that is not the actor's to
        handle, 409 where it is in another state."""
        self.check_parameters(frozenset())
        complaint = self.get_object()
        return done_once(request, lambda: self._moved(complaint))

    def _moved(self, complaint: Complaint) -> Answer:
        asked = type(self).asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        type(self).service(complaint, actor=self.actor, at=timezone.now(), **asked.validated_data)
        return Answer(200, plain_json(self.told(self.get_object())))


def _described(summary: Any, asks: Any = WordsNeeded) -> Any:
    return extend_schema_view(
        post=extend_schema(
            summary=summary,
            tags=["complaints"],
            request=asks,
            responses=WholeComplaintSerializer,
            parameters=[KEY_PARAMETER],
        )
    )


@_described(_("开始调查投诉"), WordsMayBeSaid)
class LookIntoView(ComplaintMoveView):
    """Say that somebody looks into it."""

    service = look_into
    asks = WordsMayBeSaid


@_described(_("答复投诉"))
class AnswerView(ComplaintMoveView):
    """Tell the student what was found and what is done about it."""

    service = answer


@_described(_("办结投诉"))
class CloseView(ComplaintMoveView):
    """Close an answered complaint, saying why."""

    service = close


class ChangesAfterView(SeenRows):
    """What schools and hosts did to placements after complaints."""

    filter_backends: list[Any] = []
    pagination_class = None
    serializer_class = ChangeAfterSerializer

    @extend_schema(
        summary=_("投诉之后的变更"),
        tags=["complaints"],
        responses=ChangeAfterSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """For the commission, the latest first; 403 for anybody else."""
        self.check_parameters(frozenset())
        if not self.actor.has(Role.COMMISSION):
            raise Problem(ProblemCode.NOT_PERMITTED)
        return Response(ChangeAfterSerializer(changes_after(self.actor), many=True).data)
