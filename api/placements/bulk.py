"""The same move of many placements at once: each item is done or refused by itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import Asked, RowId
from api.doing import KEY_PARAMETER, done_once
from api.handling import problem_of
from api.placements.changing import ChangedPlacement
from api.placements.moves import MOVES, MoveOfPlacement
from api.placements.whole import mark_of
from api.problems import Problem, ProblemCode, document
from api.schema import ProblemSerializer
from audit.answers import Answer
from internships.life.policies import parties_of
from internships.life.refusals import LifeRefusal
from internships.life.steps import require_state
from internships.models import Placement, PlacementState

MOST_AT_ONCE = 100


class ItemAsked(Asked):
    """One placement, and the `ETag` on which it is decided; `*` for whatever stands now."""

    id = RowId()
    etag = serializers.CharField(max_length=100)


class ManyAsked(Asked):
    """Up to a hundred placements."""

    items = serializers.ListField(child=ItemAsked(), min_length=1, max_length=MOST_AT_ONCE)


class ResultSerializer(serializers.Serializer[Any]):
    """What became of one: its new state and mark, or the problem that it met."""

    id = serializers.IntegerField()
    status = serializers.IntegerField()
    state = serializers.ChoiceField(PlacementState.choices, allow_null=True)
    etag = serializers.CharField(allow_null=True)
    problem = ProblemSerializer(allow_null=True)


class ResultsSerializer(serializers.Serializer[Any]):
    """A result for each item, in the order in which they were sent."""

    results = ResultSerializer(many=True)


class ManyView(ChangedPlacement):
    """Makes one move of each placement."""

    pagination_class = None
    moved_by: ClassVar[MoveOfPlacement]

    def post(self, request: Request) -> Response:
        """200 with a result for each item: refused ones leave the others done. Sent again under the
        same key nothing is done again."""
        self.check_parameters(frozenset())
        return done_once(request, self._all)

    def _all(self) -> Answer:
        asked = ManyAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        items = list(enumerate(asked.validated_data["items"]))
        schools = self._schools_of_all({item["id"] for _number, item in items})
        done = {
            number: self._one(item)
            for number, item in sorted(
                items, key=lambda each: (schools.get(each[1]["id"], 0), each[1]["id"], each[0])
            )
        }
        return Answer(200, {"results": [done[number] for number, _item in items]})

    def _schools_of_all(self, ids: set[int]) -> dict[int, int]:
        """The school of each placement that is seen, all of them locked before the first is moved.

        A move ends with its event, which holds its school's chain: who held one and waited for a
        placement could wait for ever. So placements first, by id, then chains, by school.
        """
        seen = Placement.objects.visible_to(self.actor).filter(pk__in=ids).order_by("pk")
        return {held.pk: held.school_id for held in seen.select_for_update(of=("self",))}

    def _one(self, item: dict[str, Any]) -> dict[str, Any]:
        """The result of one, which is undone by itself where it is refused."""
        try:
            with transaction.atomic():
                state, mark = self._moved(item)
        except (LifeRefusal, APIException) as error:
            problem = problem_of(error, within="body")
            if problem is None:
                raise
            said = document(problem, instance=reverse("api:placement", kwargs={"pk": item["id"]}))
            status = problem.code.status
            return {**_blank(item), "status": status, "problem": said}
        return {**_blank(item), "status": 200, "state": state, "etag": mark}

    def _moved(self, item: dict[str, Any]) -> tuple[str, str]:
        known = self.moved_by
        held = self.held(item["id"])
        if not parties_of(self.actor, known.move, held):
            raise Problem(ProblemCode.NOT_PERMITTED)
        if item["etag"] not in ("*", mark_of(held)):
            raise Problem(ProblemCode.CHANGED_MEANWHILE)
        require_state(known.move, held)
        known.service(held, actor=self.actor, at=timezone.now())
        held.refresh_from_db(fields=["state"])
        return str(held.state), mark_of(held)


def _blank(item: dict[str, Any]) -> dict[str, Any]:
    return {"id": item["id"], "status": 0, "state": None, "etag": None, "problem": None}


def view_of_many(known: MoveOfPlacement) -> Any:
    """The view of the one address at which the move is made of many."""
    made: Any = type(f"Many{known.key.title()}View", (ManyView,), {"moved_by": known})
    made.__doc__ = ManyView.__doc__
    described = extend_schema(
        summary=known.move.name.label,
        tags=["placements"],
        operation_id=f"placements_{known.key}_many",
        request=ManyAsked,
        responses=ResultsSerializer,
        parameters=[KEY_PARAMETER],
        filters=False,
    )
    return extend_schema_view(post=described)(made)


MANY_VIEWS = {known.key: view_of_many(known) for known in MOVES if known.to_many}
