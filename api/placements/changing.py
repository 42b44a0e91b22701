"""The form of a change of one placement: on what was seen of it, once, answered with what is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from api.asking import Asked
from api.doing import check_match, done_once, plain_json
from api.placements.rows import placements_seen
from api.placements.whole import WholePlacementSerializer, mark_of, whole
from api.problems import Problem, ProblemCode
from api.views import SeenRows
from audit.answers import Answer
from compliance.start_gate import hold_host
from internships.life.flow import Move
from internships.life.policies import parties_of
from internships.models import Placement
from people.actors import Actor

# 204: done, and the actor does not see the placement any more.
CHANGED = {200: WholePlacementSerializer, 204: None}


class SeenPlacements(SeenRows):
    """The placements that the actor sees."""

    def seen(self, actor: Actor) -> Any:
        """The actor's placements, with their terms of the day."""
        return placements_seen(actor)

    def told(self, pk: int, *, status: int = 200) -> Answer:
        """The placement as it is now, with its mark; nothing where the actor sees it no more."""
        placement = self.seen(self.actor).filter(pk=pk).first()
        if placement is None:
            return Answer(204)
        context = self.get_serializer_context()
        body = WholePlacementSerializer(whole(placement, self.actor), context=context).data
        return Answer(status, plain_json(body), {"ETag": mark_of(placement)})


class ChangedPlacement(SeenPlacements):
    """Changes one placement, on what the actor saw of it, and answers with what it is then."""

    filter_backends: list[Any] = []

    def change(
        self,
        pk: int,
        move: Move,
        asks: type[Asked],
        act: Callable[[Placement, Any], Answer | None],
        *,
        judged: bool = False,
    ) -> Response:
        """`act` on the placement, done once, answered with its answer or with the placement.

        404 for one that the actor does not see, 403 for one that is not the actor's to move, 412
        where it changed meanwhile, 422 for what was sent, 409 where its state does not allow it.
        """
        self.check_parameters(frozenset())
        answer = done_once(
            self.request,
            lambda: self.changed(self.held(pk, judged=judged), move, asks, act),
        )
        replayed = "Idempotency-Replayed" in answer.headers
        if replayed and answer.data and not self.seen(self.actor).filter(pk=pk).exists():
            raise NotFound
        return answer

    def changed(
        self,
        held: Placement,
        move: Move,
        asks: type[Asked],
        act: Callable[[Placement, Any], Answer | None],
    ) -> Answer:
        """The change itself, of the locked placement."""
        if not parties_of(self.actor, move, held):
            raise Problem(ProblemCode.NOT_PERMITTED)
        check_match(self.request, mark_of(held), required=True)
        asked = asks(data=self.request.data, partial=self.request.method == "PATCH")
        asked.is_valid(raise_exception=True)
        answer = act(held, asked.validated_data)
        return answer or self.told(held.pk)

    def held(self, pk: int, *, judged: bool = False) -> Placement:
        """The placement, locked, after its host where it is judged; 404 for one not seen."""
        seen = Placement.objects.visible_to(self.actor).filter(pk=pk)
        if judged and (found := seen.first()) is not None:
            hold_host(found)
        placement: Placement | None = seen.select_for_update(of=("self",)).first()
        if placement is None:
            raise NotFound
        return placement
