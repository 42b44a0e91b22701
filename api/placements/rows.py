"""How a placement is written in a list: who, where, with whom, and what was agreed."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.words import Word
from insurance.models import InsuredPeriod
from internships.models import (
    Gate,
    Placement,
    PlacementStatus,
    Terms,
)
from people.access.masking import shown_name
from people.access.registry import registered
from people.actors import Actor


class NamedSerializer(serializers.Serializer[Any]):
    """A row by its id and its name."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class LearnerSerializer(serializers.Serializer[Any]):
    """A student as the school knows them; the name masked for who sees it so."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.SerializerMethodField()
    student_number = serializers.CharField()
    major_code = serializers.CharField()
    major_name = serializers.CharField(allow_blank=True)
    class_name = serializers.CharField(allow_blank=True)
    status = serializers.CharField()

    def get_name(self, learner: Any) -> str:
        """The name as the actor may read it."""
        return shown_name(learner.name, actor=self.context["view"].actor)


class TermsSerializer(serializers.ModelSerializer[Terms]):
    """What was agreed for the day, or for the nearest day of the placement.

    Pay, in yuan a month, day or hour, is null for who does not see the papers of the placement.
    """

    post = serializers.IntegerField(source="post_id", read_only=True)
    post_title = serializers.CharField(source="post.title", read_only=True)
    host = NamedSerializer(source="enterprise", read_only=True)
    teacher = serializers.SerializerMethodField()
    mentor = serializers.SerializerMethodField()
    pay_basis = serializers.SerializerMethodField()
    agreed_pay = serializers.SerializerMethodField()
    pay_day = serializers.SerializerMethodField()

    class Meta:
        model = Terms
        fields: tuple[str, ...] = (
            "post",
            "post_title",
            "host",
            "teacher",
            "mentor",
            "stage",
            "pay_basis",
            "agreed_pay",
            "pay_day",
            "daily_hours",
        )
        read_only_fields = fields

    def get_teacher(self, terms: Terms) -> str | None:
        """校内导师, by name."""
        return terms.teacher.name if terms.teacher else None

    def get_mentor(self, terms: Terms) -> str | None:
        """企业师傅, by name."""
        return terms.mentor.name if terms.mentor else None

    def get_pay_basis(self, terms: Any) -> str | None:
        """By the month, day or hour."""
        return str(terms.pay_basis) if terms.shows_pay else None

    @extend_schema_field({"type": ["string", "null"], "format": "decimal"})
    def get_agreed_pay(self, terms: Any) -> str | None:
        """Yuan by the basis."""
        return str(terms.agreed_pay) if terms.shows_pay and terms.agreed_pay is not None else None

    def get_pay_day(self, terms: Any) -> int | None:
        """The day of the following month on which it is due."""
        return int(terms.pay_day) if terms.shows_pay else None


class PlacementSerializer(serializers.ModelSerializer[Placement]):
    """One student at work from `starts_on` to `last_on`, both included."""

    school = NamedSerializer(read_only=True)
    learner = LearnerSerializer(read_only=True)
    status = serializers.ChoiceField(PlacementStatus.choices, read_only=True)
    last_on = serializers.DateField(read_only=True)
    gate = Word(Gate.choices)
    terms = serializers.SerializerMethodField()

    class Meta:
        model = Placement
        fields: tuple[str, ...] = (
            "id",
            "code",
            "school",
            "learner",
            "kind",
            "arrangement",
            "starts_on",
            "ends_on",
            "ended_on",
            "last_on",
            "state",
            "status",
            "gate",
            "terms",
        )
        read_only_fields = fields

    @extend_schema_field(TermsSerializer(allow_null=True))
    def get_terms(self, placement: Any) -> Any:
        """The terms of the day."""
        terms = placement.judged_terms[0] if placement.judged_terms else None
        return TermsSerializer(terms, context=self.context).data if terms else None


def placements_seen(actor: Actor) -> Any:
    """The placements that the actor sees, with their terms of the day in one query more."""
    terms = Terms.objects.visible_to(actor).judged(actor.on)
    joined = terms.select_related("post", "enterprise", "teacher", "mentor")
    return (
        Placement.objects.visible_to(actor)
        .select_related("school", "learner")
        .prefetch_related(Prefetch("terms", queryset=joined, to_attr="judged_terms"))
    )


def mark_pay(placements: list[Any], actor: Actor) -> list[Any]:
    """Say of all terms whether the actor sees their pay: in a role that papers are shown to."""
    readers = registered(InsuredPeriod)
    held = tuple(row for row in actor.memberships if row.role in readers)
    keys = {placement.pk for placement in placements} if held else set()
    if held and len(held) < len(actor.memberships):
        reading = dataclasses.replace(actor, memberships=held)
        seen = Placement.objects.visible_to(reading).filter(pk__in=keys)
        keys = set(seen.values_list("pk", flat=True))
    for placement in placements:
        for terms in placement.judged_terms:
            terms.shows_pay = placement.pk in keys
    return placements
