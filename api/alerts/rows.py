"""How a case is written: in a list, and by itself with its explanation and its steps."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Max
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from api.alerts.moves import KEYS
from api.placements.rows import LearnerSerializer, NamedSerializer
from compliance.cases.explain import days_of, explain, tell
from compliance.cases.policies import names_readable
from compliance.cases.words import StepKind
from compliance.explain.texts import LANGUAGES, spoken
from compliance.findings import Severity
from compliance.models import Alert, AlertState, AlertStep
from compliance.registry import all_rules
from internships.models import Terms
from people.actors import Actor

# What a row speaks of, read with the cases.
JOINED = (
    "placement__learner__school",
    "learner__school",
    "apprentice__learner__school",
    "apprentice__enterprise",
    "enterprise",
    "post__enterprise",
    "assigned_to",
)


def prepared(alerts: list[Any], actor: Actor) -> list[Any]:
    """The cases with their learner, host and sentence; two queries more at most, for all of them.

    The host of a placement is that of its terms of the day.
    """
    placements = {alert.placement_id for alert in alerts if alert.placement_id}
    terms = Terms.objects.visible_to(actor).judged(actor.on).filter(placement__in=placements)
    hosts = {row.placement_id: row.enterprise for row in terms.select_related("enterprise")}
    rules = {rule.id: rule for rule in all_rules()}
    readable = names_readable(alerts, actor)
    for alert in alerts:
        rule = rules[alert.rule]
        about = alert.placement or alert.apprentice
        alert.who = about.learner if about else alert.learner
        place = alert.post or alert.apprentice
        alert.host = hosts.get(alert.placement_id) or (
            place.enterprise if place else alert.enterprise
        )
        alert.title = rule.title
        alert.sentence, alert.cure = tell(alert, rule, on=actor.on, language=spoken())
        alert.days = days_of(alert, actor.on)
        alert.names_people = alert.pk in readable
    return alerts


class AlertSerializer(serializers.Serializer[Any]):
    """A case; `sentence` and `cure` are in the reader's language, `due_on` is its next deadline."""

    id = serializers.UUIDField(source="public_id")
    rule = serializers.CharField()
    title = serializers.CharField()
    severity = serializers.ChoiceField(Severity.choices)
    state = serializers.ChoiceField(AlertState.choices)
    subject = serializers.CharField()
    period = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)
    days = serializers.IntegerField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    sentence = serializers.CharField()
    cure = serializers.CharField()
    school = serializers.IntegerField(source="school_id", allow_null=True)
    placement = serializers.IntegerField(source="placement_id", allow_null=True)
    learner = LearnerSerializer(source="who", allow_null=True)
    host = NamedSerializer(allow_null=True)
    assigned_to = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    waived_until = serializers.DateField(allow_null=True)

    def get_assigned_to(self, alert: Any) -> str | None:
        """Who was given the case; null too for who reads no names of its people."""
        shown = alert.assigned_to is not None and alert.names_people
        return str(alert.assigned_to.display_name) if shown else None


class ExplanationSerializer(serializers.Serializer[Any]):
    """What is wrong in one language: by which article, what cures it, where it is held."""

    title = serializers.CharField()
    sentence = serializers.CharField()
    article = serializers.CharField()
    quote = serializers.CharField()
    gloss = serializers.CharField()
    cure = serializers.CharField()
    state = serializers.CharField()
    level = serializers.CharField(allow_blank=True)
    amount = serializers.DecimalField(12, 2, allow_null=True)
    acknowledge_by = serializers.DateField(allow_null=True)
    cure_by = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()


class BothLanguagesSerializer(serializers.Serializer[Any]):
    """The explanation in Chinese and in English."""

    zh = ExplanationSerializer()
    en = ExplanationSerializer()


class StepSerializer(serializers.Serializer[Any]):
    """A step of the case; who took it and what they wrote are null for who may not read it."""

    kind = serializers.ChoiceField(StepKind.choices)
    state = serializers.ChoiceField(AlertState.choices)
    at = serializers.DateTimeField()
    level = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_null=True)
    to = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_null=True)


class MoveSerializer(serializers.Serializer[Any]):
    """Something that the actor may do with the case now, and where it is sent."""

    key = serializers.ChoiceField(KEYS)
    name = serializers.CharField()
    href = serializers.CharField()


class WholeAlertSerializer(AlertSerializer):
    """A case with its explanation in both languages, its steps, and the moves open from here."""

    holder = serializers.CharField(source="told_holder", allow_null=True)
    waive_reason = serializers.CharField(source="told_waive_reason", allow_null=True)
    explanation = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()

    @extend_schema_field(BothLanguagesSerializer)
    def get_explanation(self, alert: Any) -> Any:
        """In Chinese and in English."""
        return BothLanguagesSerializer(alert.told).data

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, alert: Any) -> Any:
        """The steps from the first on."""
        return StepSerializer(alert.told_steps, many=True).data

    @extend_schema_field(MoveSerializer(many=True))
    def get_moves(self, alert: Any) -> Any:
        """What the actor may do now."""
        return MoveSerializer(alert.moves, many=True).data


def whole(alert: Any, actor: Actor, moves: list[Any]) -> Any:
    """The one case with all that is told of it."""
    prepared([alert], actor)
    alert.told = {word: explain(alert, on=actor.on, language=word) for word in LANGUAGES}
    alert.told_holder = alert.told[spoken()].holder if alert.names_people else None
    alert.told_waive_reason = alert.waive_reason if alert.names_people else None
    alert.told_steps = [step_said(step, alert) for step in steps_of(alert, actor)]
    alert.moves = [
        {
            "key": move.key,
            "name": move.name,
            "href": reverse(f"api:alert-{move.key}", kwargs={"public_id": alert.public_id}),
        }
        for move in moves
    ]
    return alert


def mark_of(alert: Alert) -> str:
    """The case's ETag: another one as soon as anything of it is another, whoever reads it."""
    steps = AlertStep.objects.unscoped(reason="a number, which tells nothing of the step")
    told = [
        *(alert.state, alert.severity, alert.since, alert.rule_version, alert.facts),
        *(alert.school_id, alert.assigned_to_id, alert.waived_until, alert.deadlines_from),
        steps.filter(alert=alert).aggregate(last=Max("pk"))["last"],
    ]
    text = json.dumps([str(alert.public_id), *told], default=str, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def steps_of(alert: Alert, actor: Actor) -> Any:
    """The steps of the case that the actor sees, from the first on."""
    seen = AlertStep.objects.visible_to(actor).filter(alert=alert)
    return seen.select_related("user", "assignee").order_by("pk")


def step_said(step: AlertStep, alert: Any) -> dict[str, Any]:
    """The step, without names and notes where those are not the reader's."""
    named = alert.names_people
    return {
        "kind": step.kind,
        "state": step.state,
        "at": step.at,
        "level": step.level,
        "by": step.user.display_name if named and step.user else None,
        "to": step.assignee.display_name if named and step.assignee else None,
        "note": (step.note or None) if named else None,
    }
