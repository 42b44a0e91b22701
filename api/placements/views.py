"""The list of placements with drafting, one of them with editing, and what is done to one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Day
from api.doing import KEY_PARAMETER, MATCH_PARAMETER, done_once
from api.placements.changing import CHANGED, ChangedPlacement, SeenPlacements
from api.placements.drafting import DraftAsked, EditAsked, drafted, edited
from api.placements.filters import PlacementFilters
from api.placements.moves import MOVES, MoveOfPlacement, given_to
from api.placements.rows import PlacementSerializer, mark_pay
from api.placements.whole import WholePlacementSerializer, mark_of, whole, whole_as_of
from api.problems import Problem, ProblemCode, places_of
from api.views import RowsView, RowView
from audit.answers import Answer
from internships.life import flow
from internships.life.drafting import draft_placement, edit
from internships.life.steps import require_state
from internships.models import Placement

TAGS = ["placements"]
AS_OF = (
    OpenApiParameter(
        "as_of", OpenApiTypes.DATE, description="A day: the placement as it was on that day."
    ),
    OpenApiParameter(
        "known_at",
        OpenApiTypes.DATETIME,
        description="With `as_of`: by what was known at that moment, inclusive, and not by now's.",
    ),
)


class AsOfAsked(serializers.Serializer[Any]):
    """As of which day, and by what was known when."""

    as_of = Day(required=False)
    known_at = serializers.DateTimeField(required=False)


@extend_schema_view(get=extend_schema(summary=_("实习安排"), tags=TAGS))
class PlacementsView(SeenPlacements, RowsView):
    """The placements that the actor sees."""

    serializer_class = PlacementSerializer
    filterset_class = PlacementFilters

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The rows, with whether their pay is shown."""
        return mark_pay(rows, self.actor)

    @extend_schema(
        summary=_("起草实习安排"),
        tags=TAGS,
        request=DraftAsked,
        responses={201: WholePlacementSerializer},
        parameters=[KEY_PARAMETER],
        filters=False,
    )
    def post(self, request: Request) -> Response:
        """Draft one: the coordinator of the student's school, or the student instead of one that
        was declined. 403 for anybody else, 422 for what contradicts itself."""
        self.check_parameters(frozenset())
        return done_once(request, self._drafted)

    def _drafted(self) -> Answer:
        asked = DraftAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        given = drafted(asked.validated_data, self.actor)
        placement = draft_placement(**given, actor=self.actor, at=timezone.now())
        return self.told(placement.pk, status=201)


@extend_schema_view(get=extend_schema(summary=_("一份实习安排"), tags=TAGS, parameters=list(AS_OF)))
class PlacementView(ChangedPlacement, RowView):
    """One of them."""

    serializer_class = WholePlacementSerializer

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The row with all that is told of it, now or as of the day that is asked."""
        (placement,) = rows
        self.mark = mark_of(placement)
        asked = AsOfAsked(data=self.request.query_params)
        if not asked.is_valid():
            raise Problem(ProblemCode.INVALID, places=places_of(asked.errors, within="query"))
        if not asked.validated_data:
            return [whole(placement, self.actor)]
        known_at = asked.validated_data.get("known_at")
        day = asked.validated_data.get("as_of", self.actor.on)
        return [whole_as_of(placement, self.actor, day=day, known_at=known_at)]

    def check_parameters(self, known: frozenset[str]) -> None:
        """ValidationError for a parameter that is not understood."""
        of_reading = frozenset({"as_of", "known_at"}) if self.request.method != "PATCH" else known
        super().check_parameters(known | of_reading)

    @extend_schema(
        summary=_("修改实习安排"),
        tags=TAGS,
        request=EditAsked,
        responses=CHANGED,
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change what it says before it is approved; approvals that this touches are
        void. Answered as every move is."""
        return self.change(
            pk,
            flow.EDIT,
            EditAsked,
            self._edited,
        )

    def _edited(self, held: Placement, asked: dict[str, Any]) -> None:
        edit(held, **edited(asked, self.actor), actor=self.actor, at=timezone.now())


class MoveView(ChangedPlacement):
    """Makes one move of one placement."""

    moved_by: ClassVar[MoveOfPlacement]

    def post(self, request: Request, pk: int) -> Response:
        """404 for a placement the actor does not see, 403 for one that is not the actor's to move,
        409 where its state does not allow it or a gate stays closed, 412 where it changed
        meanwhile, 422 for what was sent."""
        known = self.moved_by
        return self.change(pk, known.move, known.asks, self._moved, judged=known.judged)

    def _moved(self, held: Placement, asked: dict[str, Any]) -> None:
        known = self.moved_by
        require_state(known.move, held)
        known.service(held, **given_to(asked), actor=self.actor, at=timezone.now())


def view_of(known: MoveOfPlacement) -> Any:
    """The view of the one address at which the move is made, as the description has it."""
    made: Any = type(f"{known.key.title()}View", (MoveView,), {"moved_by": known})
    made.__doc__ = MoveView.__doc__
    described = extend_schema(
        summary=known.move.name.label,
        tags=TAGS,
        request=known.asks,
        responses=CHANGED,
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
    )
    return extend_schema_view(post=described)(made)


MOVE_VIEWS = {known.key: view_of(known) for known in MOVES}
