"""How the API describes itself: every operation may also answer with a problem."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from api.problems import MEDIA_TYPE, ProblemCode

# An object whose members are named by what it is of.
ANY_MEMBERS = {"type": "object", "additionalProperties": True}


class PlaceSerializer(serializers.Serializer[Any]):
    """One thing wrong in what was sent: `place` is a parameter (`/rule`) or a JSON pointer."""

    within = serializers.ChoiceField(["query", "body", "header"])
    place = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        """The same, where the first is called by a word that Python keeps for itself."""
        fields = super().get_fields()
        return {"in": fields.pop("within"), **fields}


class ReasonSerializer(serializers.Serializer[Any]):
    """One thing that stands against a start, a change or a settlement, and what cures it.

    `waivable` ones may be let stand with a reason up to a day; `waived_until` is that day already.
    """

    rule = serializers.CharField()
    severity = serializers.CharField()
    subject = serializers.CharField()
    period = serializers.CharField(allow_blank=True)
    article = serializers.CharField()
    sentence = serializers.CharField()
    cure = serializers.CharField()
    waivable = serializers.BooleanField()
    waived_until = serializers.DateField(allow_null=True)


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal (RFC 9457); `code` stays whatever the language of `title` and `detail`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.ChoiceField([code.word for code in ProblemCode])
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = PlaceSerializer(many=True, required=False)  # type: ignore[assignment]
    reasons = ReasonSerializer(many=True, required=False)


class Described(AutoSchema):
    """Adds to each operation the answer that every refusal has."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        refusal = self._get_response_for_code(ProblemSerializer, "default", [MEDIA_TYPE])
        return bodies | {"default": refusal | {"description": "A refusal, as a problem document"}}


class PhoneTokenScheme(OpenApiAuthenticationExtension):
    """The access token of a phone, as the description names it."""

    target_class = "api.authentication.PhoneToken"
    name = "phone"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token, which says nothing to who carries it."""
        return {"type": "http", "scheme": "bearer"}


class ConsoleSessionScheme(OpenApiAuthenticationExtension):
    """The console's session, as the description names it."""

    target_class = "api.authentication.ConsoleSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A cookie, and for unsafe requests the token beside it."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
