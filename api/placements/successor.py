"""A change of host over the API: this one ends, the next is drafted and follows it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Day
from api.doing import KEY_PARAMETER, MATCH_PARAMETER
from api.placements.changing import ChangedPlacement
from api.placements.drafting import AgreedAsked, drafted
from api.placements.moves import MustMessage
from api.placements.whole import WholePlacementSerializer
from api.problems import Problem, ProblemCode
from audit.answers import Answer
from internships.life import flow
from internships.life.succeeding import may_succeed, succeed
from internships.models import Placement


class SuccessorAsked(AgreedAsked, MustMessage):
    """The last day here and why, then the days and what is agreed at the next host."""

    last_day = Day()
    starts_on = Day()
    ends_on = Day()


class SuccessorView(ChangedPlacement):
    """Changes the host of one placement."""

    @extend_schema(
        summary=_("换实习单位"),
        tags=["placements"],
        request=SuccessorAsked,
        responses={201: WholePlacementSerializer},
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
    )
    def post(self, request: Request, pk: int) -> Response:
        """End this one and draft the next, both or neither, by the coordinator; answered with the
        draft. Within the same host it is an amendment."""
        return self.change(pk, flow.END, SuccessorAsked, self._succeeded)

    def _succeeded(self, held: Placement, asked: dict[str, Any]) -> Answer:
        if not may_succeed(held, self.actor):
            raise Problem(ProblemCode.NOT_PERMITTED)
        given = drafted(asked, self.actor)
        draft = succeed(held, **given, actor=self.actor, at=timezone.now())
        return self.told(draft.pk, status=201)
