"""Complaints as answers have them, and what is sent to raise one and to move one on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.asking import Asked, Day, RowId
from api.placements.rows import LearnerSerializer, NamedSerializer
from internships.complaints.flow import due_on, is_overdue, moves_open
from internships.complaints.reading import ComplaintRead
from internships.complaints.watching import ChangeAfter
from internships.models import Complaint, ComplaintKind, ComplaintState
from internships.models.complaints import LONGEST_COMPLAINT
from people.actors import Actor


class ComplaintSerializer(serializers.Serializer[Any]):
    """A complaint by its kind and its state; `due_on` is the last day in time, null when closed."""

    id = serializers.UUIDField(source="public_id")
    placement = serializers.IntegerField(source="placement_id")
    school = NamedSerializer()
    host = NamedSerializer(source="enterprise")
    learner = LearnerSerializer()
    kind = serializers.ChoiceField(ComplaintKind.choices)
    against_school = serializers.BooleanField()
    state = serializers.ChoiceField(ComplaintState.choices)
    raised_on = serializers.DateField()
    happened_on = serializers.DateField(allow_null=True)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    due_on = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()

    def get_due_on(self, complaint: Complaint) -> date | None:
        """The last day on which it is in time to move on."""
        return due_on(complaint)

    def get_is_overdue(self, complaint: Complaint) -> bool:
        """Whether it should have moved on before today."""
        return is_overdue(complaint, on=self.context["view"].actor.on)


class ComplaintStepSerializer(serializers.Serializer[Any]):
    """One step, with what was written to the student."""

    move = serializers.CharField(source="step.move")
    on = serializers.DateField(source="step.on")
    words = serializers.CharField(allow_blank=True)


class WholeComplaintSerializer(ComplaintSerializer):
    """A complaint with its words, its steps and the moves open; `words` is null for who counts."""

    words = serializers.CharField(allow_null=True)
    steps = ComplaintStepSerializer(many=True)
    moves = serializers.ListField(child=serializers.CharField())


@dataclass
class WholeComplaint:
    """What the serializer reads: the row's own columns, and what is told beside them."""

    read: ComplaintRead
    moves: list[str]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.read.complaint, name)

    @property
    def words(self) -> str | None:
        """The words, where the reader may read them."""
        return self.read.words if self.read.is_read else None

    @property
    def steps(self) -> Any:
        """The steps."""
        return self.read.steps


def whole(read: ComplaintRead, actor: Actor) -> WholeComplaint:
    """The complaint as it is told to the actor."""
    moves = [str(flow.name).replace("_", "-") for flow in moves_open(read.complaint, actor)]
    return WholeComplaint(read, moves)


class ComplaintAsked(Asked):
    """What a student complains of; `amount` is yuan."""

    placement = RowId()
    kind = serializers.ChoiceField(ComplaintKind.choices)
    words = serializers.CharField(max_length=LONGEST_COMPLAINT)
    happened_on = Day(required=False, allow_null=True)
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    against_school = serializers.BooleanField(required=False, default=False)


class WordsMayBeSaid(Asked):
    """What was done so far, where there is something to say."""

    words = serializers.CharField(
        max_length=LONGEST_COMPLAINT, required=False, allow_blank=True, default=""
    )


class WordsNeeded(Asked):
    """What the student is told."""

    words = serializers.CharField(max_length=LONGEST_COMPLAINT)


class ChangeAfterSerializer(serializers.Serializer[Any]):
    """What school or host did to a placement of the student, so many days after the complaint."""

    complaint = serializers.UUIDField(source="complaint.public_id")
    placement = serializers.IntegerField(source="step.placement_id")
    move = serializers.CharField(source="step.move")
    party = serializers.CharField(source="step.party")
    on = serializers.DateField(source="step.on")
    days = serializers.IntegerField()
    terms = serializers.SerializerMethodField()

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_terms(self, change: ChangeAfter) -> list[str]:
        """Which terms were changed, or proposed to be."""
        return list(change.terms)
