"""Links by which a paper is signed without an account: made, listed and taken back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Asked
from api.documents import SeenDocuments
from api.doing import KEY_PARAMETER, done_once, plain_json
from api.views import SeenRows
from audit.answers import Answer
from internships.models import SigningLink
from internships.models.moves import Party
from internships.models.signing import LINKED_PARTIES
from internships.signing.links import LONGEST_NAME, make_link, withdraw_link
from people.actors import Actor

PARTIES = [(str(party), party.label) for party in LINKED_PARTIES]


class LinkAsked(Asked):
    """For whom: the guardian is the one of the roster, a host's signatory is named here."""

    party = serializers.ChoiceField(PARTIES)
    name = serializers.CharField(required=False, default="", max_length=LONGEST_NAME)
    phone = serializers.CharField(required=False, default="", max_length=20)


class SigningLinkSerializer(serializers.ModelSerializer[SigningLink]):
    """A link and what became of it; `url` is told once, to who made it, and null ever after."""

    id = serializers.UUIDField(source="public_id")
    document = serializers.UUIDField(source="document.public_id")
    party = serializers.ChoiceField(PARTIES)
    phone = serializers.CharField()
    decided = serializers.SerializerMethodField()
    drawn = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = SigningLink
        fields = (
            *("id", "document", "party", "name", "phone", "made_at", "expires_at"),
            *("withdrawn_at", "used_at", "decided", "drawn", "url"),
        )
        read_only_fields = fields

    def get_decided(self, link: SigningLink) -> str | None:
        """What was decided by it."""
        signature = getattr(link, "signature", None)
        return str(signature.choice) if signature else None

    def get_drawn(self, link: SigningLink) -> bool:
        """Whether a signature was drawn besides the name and the code."""
        signature = getattr(link, "signature", None)
        return signature is not None and signature.drawing_sealed is not None

    def get_url(self, link: SigningLink) -> str | None:
        """Where it leads."""
        told: str | None = self.context.get("url")
        return told


class DocumentLinksView(SeenDocuments):
    """The links of one paper."""

    filter_backends: list[Any] = []
    pagination_class = None
    serializer_class = SigningLinkSerializer

    @extend_schema(
        summary=_("文书的签署链接"), tags=["documents"], responses=SigningLinkSerializer(many=True)
    )
    def get(self, request: Request, public_id: Any) -> Response:
        """Those that the actor made or could have made, the newest first; phones masked."""
        self.check_parameters(frozenset())
        rows = SigningLink.objects.visible_to(self.actor).filter(document=self.get_object())
        found = rows.select_related("document", "signature").order_by("-pk")
        return Response(SigningLinkSerializer(found, many=True).data)

    @extend_schema(
        summary=_("发出签署链接"),
        tags=["documents"],
        request=LinkAsked,
        responses=SigningLinkSerializer,
        parameters=[KEY_PARAMETER],
    )
    def post(self, request: Request, public_id: Any) -> Response:
        """A link for seven days; an earlier one of the same party ends."""
        self.check_parameters(frozenset())
        document = self.get_object()

        def made() -> Answer:
            asked = LinkAsked(data=self.request.data)
            asked.is_valid(raise_exception=True)
            sent = asked.validated_data
            link, token = make_link(
                document,
                party=Party(sent["party"]),
                name=sent["name"],
                phone=sent["phone"],
                actor=self.actor,
                at=timezone.now(),
            )
            url = request.build_absolute_uri(reverse("sign-paper", args=[token]))
            told = SigningLinkSerializer(link, context={"url": url}).data
            return Answer(200, plain_json(told))

        return done_once(request, made)


class WithdrawLinkView(SeenRows):
    """Takes a link back."""

    filter_backends: list[Any] = []
    lookup_field = "public_id"
    serializer_class = SigningLinkSerializer

    def seen(self, actor: Actor) -> Any:
        """The actor's links."""
        return SigningLink.objects.visible_to(actor).select_related("document__placement")

    @extend_schema(
        summary=_("撤回签署链接"), tags=["documents"], request=None, parameters=[KEY_PARAMETER]
    )
    def post(self, request: Request, public_id: Any) -> Response:
        """Nobody signs by it any more; 409 once somebody did."""
        self.check_parameters(frozenset())
        link = self.get_object()

        def withdrawn() -> Answer:
            held = withdraw_link(link, actor=self.actor, at=timezone.now())
            return Answer(200, plain_json(SigningLinkSerializer(held).data))

        return done_once(request, withdrawn)
