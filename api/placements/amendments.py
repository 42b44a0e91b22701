"""Changes of what was agreed: the list of a placement's, proposing one, deciding on one."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Asked, Day, RowId
from api.doing import KEY_PARAMETER, MATCH_PARAMETER, done_once, plain_json
from api.placements.changing import ChangedPlacement
from api.placements.drafting import AgreedAsked, read_rows
from api.placements.gate import GateSerializer, gate_told
from api.placements.moves import (
    InAName,
    MayMessageInAName,
    MustMessageInAName,
    WaiversAsked,
    given_to,
)
from api.placements.of_one import HistoryOfOne
from api.placements.whole import mark_of
from api.problems import Problem, ProblemCode
from api.schema import ANY_MEMBERS
from api.views import RowView, SeenRows
from api.words import Word
from audit.answers import Answer
from compliance.start_gate import agree_amendment, amended_verdict
from internships.life import flow
from internships.life.amending import propose, turn_down
from internships.life.policies import parties_of
from internships.models import Amendment, AmendmentState, Placement
from internships.models.moves import Party
from people.actors import Actor

TAGS = ["amendments"]


class ChangesAsked(AgreedAsked):
    """The new values; all but the end hold from a day to come."""

    post = RowId(required=False)
    ends_on = Day(required=False)


class ProposeAsked(MayMessageInAName):
    """What is to be other, from which day; a change of the end alone needs no day."""

    from_day = Day(allow_null=True, required=False)
    changes = ChangesAsked()


class AgreeAsked(InAName, WaiversAsked):
    """In whose name, and what of the judgement is let stand."""


class AmendmentSerializer(serializers.Serializer[Any]):
    """A change of pay, hours, post, stage, mentors or end, proposed by one side.

    `changes` are the new values by the names of terms, `was` those they replaced once agreed; posts
    and people by their ids. `message` is null where it is not the reader's to read.
    """

    id = serializers.IntegerField(source="pk")
    placement = serializers.IntegerField(source="placement_id")
    state = serializers.ChoiceField(AmendmentState.choices)
    from_day = serializers.DateField(allow_null=True)
    changes = serializers.SerializerMethodField()
    was = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()
    proposed_for = serializers.ChoiceField(Party.choices)
    proposed_at = serializers.DateTimeField()
    decided_for = Word(Party.choices)
    decided_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(ANY_MEMBERS)
    def get_changes(self, amendment: Amendment) -> dict[str, Any]:
        """The new values."""
        return dict(amendment.changes)

    @extend_schema_field(ANY_MEMBERS)
    def get_was(self, amendment: Amendment) -> dict[str, Any]:
        """What they replaced."""
        return dict(amendment.was)

    def get_message(self, amendment: Amendment) -> str | None:
        """What was written, which may name people."""
        masked = self.context["view"].actor.sees_masked
        return None if masked else amendment.message or None


class AmendmentFilters(django_filters.FilterSet):
    """What a list of amendments may be asked."""

    state = django_filters.ChoiceFilter(choices=AmendmentState.choices, help_text=_("状态"))


class AnsweredByAmendment(ChangedPlacement):
    """A change of a placement that is answered with an amendment of it."""

    def amended(self, amendment: Amendment, *, status: int = 200) -> Answer:
        """The amendment as it is now, with the placement's mark."""
        seen = Amendment.objects.visible_to(self.actor).select_related("placement")
        kept = seen.filter(pk=amendment.pk).first()
        if kept is None:
            return Answer(204)
        body = AmendmentSerializer(kept, context=self.get_serializer_context()).data
        return Answer(status, plain_json(body), {"ETag": mark_of(kept.placement)})


@extend_schema_view(get=extend_schema(summary=_("一份实习安排的变更"), tags=TAGS))
class AmendmentsView(AnsweredByAmendment, HistoryOfOne):
    """The amendments of a placement, the latest first."""

    serializer_class = AmendmentSerializer
    filterset_class = AmendmentFilters
    filter_backends = [DjangoFilterBackend]

    def seen(self, actor: Actor) -> Any:
        """The amendments that the actor sees."""
        return Amendment.objects.visible_to(actor).filter(placement=self.kwargs.get("pk"))

    @extend_schema(
        summary=_("提出变更"),
        tags=TAGS,
        request=ProposeAsked,
        responses={201: AmendmentSerializer},
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
        filters=False,
    )
    def post(self, request: Request, pk: int) -> Response:
        """School or host proposes other terms from a day to come; the other side decides."""
        return self.change(pk, flow.PROPOSE, ProposeAsked, self._proposed)

    def _proposed(self, held: Placement, asked: dict[str, Any]) -> Answer:
        given = given_to(asked) | {"changes": read_rows(asked["changes"], self.actor)}
        return self.amended(propose(held, **given, actor=self.actor, at=timezone.now()), status=201)


class SeenAmendments(SeenRows):
    """The amendments that the actor sees."""

    serializer_class = AmendmentSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's amendments."""
        return Amendment.objects.visible_to(actor).select_related("placement")


@extend_schema_view(get=extend_schema(summary=_("一项变更"), tags=TAGS))
class AmendmentView(SeenAmendments, RowView):
    """One of them."""

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The row; its mark is the placement's."""
        self.mark = mark_of(rows[0].placement)
        return rows


class AmendmentGateView(SeenAmendments):
    """What would stand against an amendment."""

    filter_backends: list[Any] = []
    pagination_class = None

    @extend_schema(summary=_("变更前的检查"), tags=TAGS, responses=GateSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """What it would bring that does not stand against the placement without it; for the two
        sides. 409 for one that is decided."""
        self.check_parameters(frozenset())
        amendment = self.get_object()
        if not parties_of(self.actor, flow.AGREE, amendment.placement):
            raise Problem(ProblemCode.NOT_PERMITTED)
        found = amended_verdict(amendment, on=self.actor.on, at=timezone.now())
        return Response(GateSerializer(gate_told(found)).data)


class DecideView(AnsweredByAmendment):
    """Decides on one amendment."""

    serializer_class = AmendmentSerializer

    def amendment(self, pk: int) -> Amendment:
        """The amendment; 404 for one that the actor does not see."""
        found = Amendment.objects.visible_to(self.actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def decided(self, pk: int, move: flow.Move, asks: type[Asked], service: Any) -> Response:
        """The amendment decided by `service`, done once."""
        self.check_parameters(frozenset())

        def act() -> Answer:
            amendment = self.amendment(pk)
            held = self.held(amendment.placement_id, judged=True)
            return self.changed(
                held, move, asks, lambda _held, asked: self._by(service, amendment, asked)
            )

        answer = done_once(self.request, act)
        if "Idempotency-Replayed" in answer.headers and answer.data:
            self.amendment(pk)
        return answer

    def _by(self, service: Any, amendment: Amendment, asked: dict[str, Any]) -> Answer:
        given = given_to(asked)
        return self.amended(service(amendment, **given, actor=self.actor, at=timezone.now()))


DECIDED = {200: AmendmentSerializer, 204: None}


class AgreeView(DecideView):
    """The other side agrees to one."""

    @extend_schema(
        summary=_("同意变更"),
        tags=TAGS,
        request=AgreeAsked,
        responses=DECIDED,
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
    )
    def post(self, request: Request, pk: int) -> Response:
        """From its day on the terms are others. 403 for the side that proposed it, 409 where it
        was decided meanwhile or would bring a breach, with every reason."""
        return self.decided(pk, flow.AGREE, AgreeAsked, agree_amendment)


class TurnDownView(DecideView):
    """The other side does not agree to one, or the proposing one takes it back."""

    @extend_schema(
        summary=_("不同意变更"),
        tags=TAGS,
        request=MustMessageInAName,
        responses=DECIDED,
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
    )
    def post(self, request: Request, pk: int) -> Response:
        """The terms stay as they are."""
        return self.decided(pk, flow.TURN_DOWN, MustMessageInAName, turn_down)
