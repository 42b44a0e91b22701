"""What schools keep of a host: what is missing, the records, and adding one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Asked, Day, RowId, row_named
from api.doing import KEY_PARAMETER, done_once, plain_json
from api.hosts.views import SeenHosts
from api.problems import Problem, ProblemCode
from audit.answers import Answer
from internships.hosts.keeping import keep_assessment, keep_credit, keep_decision, papers_missing
from internships.models import (
    AssessedPoint,
    CreditRecord,
    HostDecision,
    HostPaper,
    RecordKind,
    SiteAssessment,
)
from internships.models.host_records import LONGEST_FINDING
from people.actors import Actor
from people.models import Enterprise, School
from people.roles import Role


class AssessmentSerializer(serializers.ModelSerializer[SiteAssessment]):
    """A visit of a school to a host: a finding on each of the nine points."""

    school = serializers.IntegerField(source="school_id", read_only=True)
    findings = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = SiteAssessment
        fields = ("id", "school", "visited_on", "visitors", "findings", "passed", "valid_until")
        read_only_fields = fields


class CreditSerializer(serializers.ModelSerializer[CreditRecord]):
    """What a register said of the host's credit or safety."""

    school = serializers.IntegerField(source="school_id", read_only=True)
    record = serializers.CharField(source="kind")

    class Meta:
        model = CreditRecord
        fields = (
            "id",
            "school",
            "record",
            "checked_on",
            "source",
            "violation_on",
            "valid_until",
        )
        read_only_fields = fields


class DecisionSerializer(serializers.ModelSerializer[HostDecision]):
    """The party committee of the school chose the host."""

    school = serializers.IntegerField(source="school_id", read_only=True)

    class Meta:
        model = HostDecision
        fields = ("id", "school", "decided_on", "meeting", "published_on", "published_where")
        read_only_fields = fields


class MissingPapersSerializer(serializers.Serializer[Any]):
    """What one of the actor's schools lacks to place at the host."""

    school = serializers.IntegerField()
    papers = serializers.ListField(child=serializers.ChoiceField(HostPaper.choices))


class RecordsSerializer(serializers.Serializer[Any]):
    """What schools that the actor sees keep of a host; the latest of each kind counts."""

    missing = MissingPapersSerializer(many=True)
    assessments = AssessmentSerializer(many=True)
    checks = CreditSerializer(many=True)
    decisions = DecisionSerializer(many=True)


class OfSchool(Asked):
    """For which school."""

    school = RowId()


class FindingsAsked(Asked):
    """A text for every point."""

    def get_fields(self) -> dict[str, Any]:
        """A field for each point."""
        return {
            point: serializers.CharField(max_length=LONGEST_FINDING)
            for point in AssessedPoint.values
        }


class AssessmentAsked(OfSchool):
    """A visit, with what was found of each point."""

    visited_on = Day()
    visitors = serializers.CharField(max_length=200)
    findings = FindingsAsked()
    passed = serializers.BooleanField()
    valid_until = Day()


class CreditAsked(OfSchool):
    """What a register said."""

    record = serializers.ChoiceField(RecordKind.choices, source="kind")
    checked_on = Day()
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]
    violation_on = Day(required=False, allow_null=True)
    valid_until = Day()


class DecisionAsked(OfSchool):
    """A meeting, and where its decision is published."""

    decided_on = Day()
    meeting = serializers.CharField(max_length=200)
    published_on = Day(required=False, allow_null=True)
    published_where = serializers.CharField(max_length=200, required=False, allow_blank=True)


def records_told(enterprise: Enterprise, actor: Actor) -> Any:
    """The records of the host that the actor sees, and what the actor's own schools lack."""
    own = actor.reach(Role.SCHOOL_COORDINATOR).ids
    missing = [
        {"school": school, "papers": papers_missing(school, enterprise.pk, on=actor.on)}
        for school in own
    ]
    seen = [
        model.objects.visible_to(actor).filter(enterprise=enterprise)
        for model in (SiteAssessment, CreditRecord, HostDecision)
    ]
    told = dict(zip(("assessments", "checks", "decisions"), seen, strict=True))
    return RecordsSerializer({"missing": missing, **told}).data


class RecordsView(SeenHosts):
    """What is kept of one host."""

    @extend_schema(summary=_("实习单位的考察与记录"), tags=["hosts"], responses=RecordsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The records of the actor's schools, for the commission of all; what is missing today."""
        self.check_parameters(frozenset())
        return Response(records_told(self.get_object(), self.actor))


class KeepView(SeenHosts):
    """Adds one record of a school, and answers with all that is kept of the host."""

    keep: ClassVar[Callable[..., Any]]
    asks: ClassVar[type[Asked]]

    def post(self, request: Request, pk: int) -> Response:
        """404 for a host that the actor does not see, 403 for anybody but a coordinator of the
        school, 422 for what contradicts itself."""
        self.check_parameters(frozenset())
        enterprise = self.get_object()
        return done_once(request, lambda: self._kept(enterprise))

    def _kept(self, enterprise: Enterprise) -> Answer:
        if not self.actor.has(Role.SCHOOL_COORDINATOR):
            raise Problem(ProblemCode.NOT_PERMITTED)
        asked = type(self).asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        sent = dict(asked.validated_data)
        school = row_named(School.objects.visible_to(self.actor), "school", sent.pop("school"))
        type(self).keep(school, enterprise, actor=self.actor, at=timezone.now(), **sent)
        return Answer(201, plain_json(records_told(enterprise, self.actor)))


def _described(summary: Any, asks: Any) -> Any:
    return extend_schema_view(
        post=extend_schema(
            summary=summary,
            tags=["hosts"],
            request=asks,
            responses={201: RecordsSerializer},
            parameters=[KEY_PARAMETER],
        )
    )


@_described(_("登记实地考察"), AssessmentAsked)
class AssessView(KeepView):
    """Keep a visit to the host."""

    keep = keep_assessment
    asks = AssessmentAsked


@_described(_("登记信用或安全记录"), CreditAsked)
class CheckView(KeepView):
    """Keep what a register said."""

    keep = keep_credit
    asks = CreditAsked


@_described(_("登记校级决定"), DecisionAsked)
class DecideView(KeepView):
    """Keep that the party committee chose the host."""

    keep = keep_decision
    asks = DecisionAsked
