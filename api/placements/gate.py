"""What stands against a start, a settlement or a change, with every reason at once."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.placements.changing import SeenPlacements
from api.problems import Problem, ProblemCode
from api.refusing import reasons_told
from api.schema import ReasonSerializer
from compliance.start_gate import settlement, verdict
from internships.life import flow
from internships.life.policies import roles_reaching
from internships.life.verdicts import Verdict
from internships.models import Placement
from people.roles import Role

# Reasons tell of the student's age, consents and cover: those who look after the student.
ASKERS = frozenset({Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER})
BEFORE_WORK = frozenset((*flow.EXPIRE.sources, *flow.ACTIVATE.sources, *flow.RESUME.sources))


class GateSerializer(serializers.Serializer[Any]):
    """What a gate says, judged as of `judged_on`: every reason, and whether any stands unwaived.

    `last_waiver_on` is the latest day up to which one that can be waived may be.
    """

    is_open = serializers.BooleanField()
    judged_on = serializers.DateField()
    last_waiver_on = serializers.DateField(allow_null=True)
    reasons = ReasonSerializer(many=True)


def gate_told(found: Verdict) -> dict[str, Any]:
    """The verdict as an answer has it."""
    return {
        "is_open": found.is_open,
        "judged_on": found.judged_on,
        "last_waiver_on": found.last_waiver_on,
        "reasons": reasons_told(found.reasons),
    }


class JudgedPlacement(SeenPlacements):
    """One placement, judged for somebody who looks after its student."""

    filter_backends: list[Any] = []
    pagination_class = None

    def judged(self) -> Placement:
        """The placement; 404 for one that the actor does not see, 403 for who only sees it."""
        self.check_parameters(frozenset())
        placement: Placement = self.get_object()
        if not roles_reaching(self.actor, placement) & ASKERS:
            raise Problem(ProblemCode.NOT_PERMITTED)
        return placement


class GateView(JudgedPlacement):
    """What would stand against the start of a placement."""

    @extend_schema(summary=_("开始前的检查"), tags=["placements"], responses=GateSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Judged as it would stand on its first day, with itself counted at its host; of a draft,
        too. 409 for one that has begun and is not suspended, or is over."""
        placement = self.judged()
        if placement.state not in BEFORE_WORK:
            raise Problem(ProblemCode.NOT_IN_THIS_STATE)
        found = verdict(placement, on=self.actor.on, at=timezone.now())
        return Response(GateSerializer(gate_told(found)).data)


class SettlementView(JudgedPlacement):
    """What is still owed to the student of an ended placement."""

    @extend_schema(summary=_("结清前的检查"), tags=["placements"], responses=GateSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Every month unpaid, underpaid or not due yet. 409 for one that has not ended."""
        placement = self.judged()
        if placement.state not in flow.SETTLE.sources:
            raise Problem(ProblemCode.NOT_IN_THIS_STATE)
        found = settlement(placement, on=self.actor.on, at=timezone.now())
        return Response(GateSerializer(gate_told(found)).data)
