"""Lists of what belongs to one placement: its steps, its terms from the first on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from api.placements.rows import TermsSerializer, mark_pay
from api.placements.whole import history_is_shown
from api.problems import Problem, ProblemCode
from api.schema import ANY_MEMBERS
from api.views import RowsView
from api.words import Word
from internships.models import Placement, PlacementState, PlacementStep, Terms
from internships.models.moves import Party, PlacementMove
from people.access.masking import shown_name
from people.actors import Actor
from people.roles import Role

ONE_DAY = timedelta(days=1)
# People of the student's house are known to the host by what they do, not by name.
OF_THE_HOST = frozenset({Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR})


class OfOnePlacement(RowsView):
    """Rows of one placement that the actor sees; 404 for any other placement."""

    def placement(self) -> Placement:
        """The placement."""
        seen = Placement.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"])
        placement: Placement | None = seen.first()
        if placement is None:
            raise NotFound
        return placement

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The page, once the placement is known to be the actor's to see."""
        self.one = self.placement()
        return super().list(request, *args, **kwargs)


class HistoryOfOne(OfOnePlacement):
    """How one placement came about: 403 for who sees the placement and not its history."""

    def placement(self) -> Placement:
        """The placement."""
        placement = super().placement()
        if not history_is_shown(placement, self.actor):
            raise Problem(ProblemCode.NOT_PERMITTED)
        return placement


class PlacementStepSerializer(serializers.Serializer[Any]):
    """A step: the move, in whose name, by whom, when and why.

    `by` and `message` are null where they are not the reader's to read. `detail` has what else
    belongs to the move: the names of terms that changed, approvals that were voided, reasons of the
    gate that were waived, how a placement ended, which amendment it was.
    """

    id = serializers.IntegerField(source="pk")
    move = serializers.ChoiceField(PlacementMove.choices)
    from_state = Word(PlacementState.choices)
    to_state = serializers.ChoiceField(PlacementState.choices)
    party = Word(Party.choices)
    on = serializers.DateField()
    at = serializers.DateTimeField()
    by = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()
    detail = serializers.SerializerMethodField()

    def get_by(self, step: PlacementStep) -> str | None:
        """Who made it."""
        actor: Actor = self.context["view"].actor
        hidden = step.party == Party.GUARDIAN and bool(actor.roles & OF_THE_HOST)
        if step.user is None or hidden:
            return None
        return shown_name(step.user.display_name, actor=actor)

    def get_message(self, step: PlacementStep) -> str | None:
        """What was written, which may name people."""
        masked = self.context["view"].actor.sees_masked
        return None if masked else step.message or None

    @extend_schema_field(ANY_MEMBERS)
    def get_detail(self, step: PlacementStep) -> dict[str, Any]:
        """Names, words, days and ids; the values of an amendment are told with it."""
        kept = ("changed", "voided", "waived", "judged_on", "how", "last_day", "amendment")
        detail = {name: step.detail[name] for name in kept if name in step.detail}
        if self.context["view"].actor.sees_masked and "waived" in detail:
            detail["waived"] = [{**one, "reason": None} for one in detail["waived"]]
        return detail


class StepFilters(django_filters.FilterSet):
    """What a list of steps may be asked."""

    move = django_filters.ChoiceFilter(choices=PlacementMove.choices, help_text=_("哪一步"))


@extend_schema_view(get=extend_schema(summary=_("一份实习安排的经过"), tags=["placements"]))
class StepsView(HistoryOfOne):
    """The steps of a placement, the latest first."""

    serializer_class = PlacementStepSerializer
    filterset_class = StepFilters

    def seen(self, actor: Actor) -> Any:
        """The steps that the actor sees."""
        steps = PlacementStep.objects.visible_to(actor).filter(placement=self.kwargs.get("pk"))
        return steps.select_related("user")


class EpisodeSerializer(TermsSerializer):
    """Terms with the days for which they hold, both included; null where they are not bounded."""

    from_day = serializers.SerializerMethodField()
    until_day = serializers.SerializerMethodField()

    class Meta(TermsSerializer.Meta):
        fields: tuple[str, ...] = ("from_day", "until_day", *TermsSerializer.Meta.fields)
        read_only_fields = fields

    def get_from_day(self, terms: Terms) -> date | None:
        """The first day."""
        return terms.period.lower

    def get_until_day(self, terms: Terms) -> date | None:
        """The last day."""
        upper = terms.period.upper
        return None if upper is None else upper - ONE_DAY


class EpisodeFilters(django_filters.FilterSet):
    """What a list of terms may be asked."""

    on = django_filters.DateFilter(
        field_name="period", lookup_expr="contains", help_text=_("这一天约定的")
    )


@extend_schema_view(get=extend_schema(summary=_("一份实习安排历次的约定"), tags=["placements"]))
class TermsView(OfOnePlacement):
    """What was agreed, from day to day, the latest first."""

    serializer_class = EpisodeSerializer
    filterset_class = EpisodeFilters

    def seen(self, actor: Actor) -> Any:
        """The terms that the actor sees."""
        terms = Terms.objects.visible_to(actor).filter(placement=self.kwargs.get("pk"))
        return terms.select_related("post", "enterprise", "teacher", "mentor")

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The rows, with whether their pay is shown."""
        self.one.judged_terms = rows  # type: ignore[attr-defined]
        mark_pay([self.one], self.actor)
        return rows
