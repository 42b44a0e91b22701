"""The papers of a placement: what they say beyond the terms, those issued, and their bytes."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Asked
from api.doing import KEY_PARAMETER, MATCH_PARAMETER, check_match, done_once, plain_json
from api.views import RowView, SeenRows
from audit.answers import Answer
from exchange.documents.issuing import faults_now, issue
from internships.documents.checks import Fault
from internships.documents.issuing import standing, stands
from internships.documents.wording import NAMES, Said, said_by
from internships.documents.writing import write_wording
from internships.models import Document, DocumentKind, Placement, Wording
from people.actors import Actor
from people.roles import Role

LONGEST = 1000


class WordingAsked(Asked):
    """The contents to be changed; those that are not sent stay as they are."""

    notice_days = serializers.IntegerField(required=False, min_value=0, max_value=365)

    def get_fields(self) -> dict[str, Any]:
        """A field for each content."""
        texts = {
            name: serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
            for name in NAMES
            if name != "notice_days"
        }
        return texts | super().get_fields()


class FaultSerializer(serializers.Serializer[Any]):
    """What is missing (AGR-02) or unlawful (AGR-03), and in which of the nine contents."""

    check = serializers.CharField()
    content = serializers.IntegerField()
    field = serializers.CharField()
    sentence = serializers.CharField()


class SaidSerializer(serializers.Serializer[Any]):
    """The contents, by name."""

    def get_fields(self) -> dict[str, Any]:
        """All of them."""
        texts: dict[str, Any] = {name: serializers.CharField() for name in NAMES}
        return texts | {"notice_days": serializers.IntegerField()}


class WordingSerializer(serializers.Serializer[Any]):
    """What the papers say beyond the terms (第十五条); version 0 where nothing was written yet.

    `faults` keep the papers from being issued; they are null for all but the school.
    `voided` names the approvals that the change made void, where this answers a change.
    """

    version = serializers.IntegerField()
    said = SaidSerializer()
    faults = FaultSerializer(many=True, allow_null=True)
    voided = serializers.ListField(child=serializers.CharField())


class DocumentSerializer(serializers.ModelSerializer[Document]):
    """A paper as it was issued; void once `stands` is false, and there may be a later one."""

    id = serializers.UUIDField(source="public_id")
    placement = serializers.IntegerField(source="placement_id")
    template = serializers.CharField()
    stands = serializers.SerializerMethodField()
    href = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = (
            *("id", "placement", "kind", "template", "content", "sha256"),
            *("issued_on", "issued_at", "stands", "href"),
        )
        read_only_fields = fields

    def get_stands(self, document: Document) -> bool:
        """Whether the placement still says so."""
        known = self.context.get("standing")
        return stands(document) if known is None else document.pk in known

    def get_href(self, document: Document) -> str:
        """Where its bytes are."""
        return f"/api/v1/documents/{document.public_id}/pdf"


class IssueAsked(Asked):
    """Which paper."""

    kind = serializers.ChoiceField(DocumentKind.choices)


class OfPlacement(SeenRows):
    """What belongs to one placement that the actor sees."""

    filter_backends: list[Any] = []
    pagination_class = None

    def seen(self, actor: Actor) -> Any:
        """The actor's placements."""
        return Placement.objects.visible_to(actor).select_related("learner", "school")


class WordingView(OfPlacement):
    """What the papers say beyond the terms."""

    serializer_class = WordingSerializer

    @extend_schema(summary=_("协议内容（第十五条）"), tags=["documents"])
    def get(self, request: Request, pk: int) -> Response:
        """The last version, with its mark."""
        self.check_parameters(frozenset())
        placement = self.get_object()
        return self._answer(placement)

    @extend_schema(
        summary=_("填写协议内容"),
        tags=["documents"],
        request=WordingAsked,
        parameters=[KEY_PARAMETER, MATCH_PARAMETER],
    )
    def post(self, request: Request, pk: int) -> Response:
        """A new version with the contents that were sent; void what was given to the old one."""
        self.check_parameters(frozenset())
        placement = self.get_object()
        return done_once(request, lambda: self._written(placement))

    def _written(self, placement: Placement) -> Answer:
        Placement.objects.visible_to(self.actor).select_for_update(of=("self",)).get(
            pk=placement.pk
        )
        check_match(self.request, _mark(self._last(placement)), required=True)
        asked = WordingAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        _wording, voided = write_wording(
            placement, changes=asked.validated_data, actor=self.actor, at=timezone.now()
        )
        told = self._answer(placement, voided)
        return Answer(200, plain_json(told.data), {"ETag": told.headers["ETag"]})

    def _last(self, placement: Placement) -> Wording | None:
        rows = Wording.objects.visible_to(self.actor).filter(placement=placement)
        return rows.order_by("-version").first()

    def _answer(self, placement: Placement, voided: list[str] | None = None) -> Response:
        last = self._last(placement)
        faults: list[Fault] | None = None
        if self.actor.has(Role.SCHOOL_COORDINATOR, placement.school_id):
            faults = faults_now(placement)
        told = {
            "version": last.version if last else 0,
            "said": said_by(last) if last else Said(),
            "faults": faults,
            "voided": voided or [],
        }
        return Response(WordingSerializer(told).data, headers={"ETag": _mark(last)})


def _mark(wording: Wording | None) -> str:
    return f'"{wording.version if wording else 0}"'


class DocumentsView(OfPlacement):
    """The papers of a placement."""

    serializer_class = DocumentSerializer

    @extend_schema(
        summary=_("一份实习安排的文书"), tags=["documents"], responses=DocumentSerializer(many=True)
    )
    def get(self, request: Request, pk: int) -> Response:
        """Those that the actor sees, the newest first, void ones with them."""
        self.check_parameters(frozenset())
        placement = self.get_object()
        rows = Document.objects.visible_to(self.actor).filter(placement=placement)
        found = rows.defer("pdf", "said").order_by("-pk")
        told = DocumentSerializer(found, many=True, context={"standing": standing(placement)})
        return Response(told.data)

    @extend_schema(
        summary=_("出具文书"),
        tags=["documents"],
        request=IssueAsked,
        responses=DocumentSerializer,
        parameters=[KEY_PARAMETER],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Issue a paper on what the placement says now, or say everything that is wrong with it."""
        self.check_parameters(frozenset())
        placement = self.get_object()
        return done_once(request, lambda: self._issued(placement))

    def _issued(self, placement: Placement) -> Answer:
        asked = IssueAsked(data=self.request.data)
        asked.is_valid(raise_exception=True)
        kind = DocumentKind(asked.validated_data["kind"])
        document = issue(placement, kind=kind, actor=self.actor, at=timezone.now())
        return Answer(200, plain_json(DocumentSerializer(document).data))


class SeenDocuments(SeenRows):
    """The papers that the actor sees."""

    lookup_field = "public_id"
    serializer_class: type[serializers.BaseSerializer[Any]] = DocumentSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's papers."""
        return Document.objects.visible_to(actor).select_related("placement")


@extend_schema_view(get=extend_schema(summary=_("一份文书"), tags=["documents"]))
class DocumentView(SeenDocuments, RowView):
    """One of them."""

    def seen(self, actor: Actor) -> Any:
        """The actor's papers, without their bytes."""
        return super().seen(actor).defer("pdf", "said")


class Pdf(BaseRenderer):
    """Bytes as they are; a refusal as the problem document it is."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """The problem document, for a request that was refused."""
        return json.dumps(data, ensure_ascii=False).encode()


class DocumentPdfView(SeenDocuments):
    """The bytes of record, to be kept and compared by their SHA-256."""

    filter_backends: list[Any] = []
    renderer_classes = [Pdf, JSONRenderer]

    @extend_schema(
        summary=_("文书的 PDF"),
        tags=["documents"],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, public_id: Any) -> HttpResponse:
        """As an attachment, never to be kept by what is on the way."""
        self.check_parameters(frozenset())
        document = self.get_object()
        name = f"{document.kind}-{document.sha256[:12]}.pdf"
        answer = HttpResponse(bytes(document.pdf), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer
