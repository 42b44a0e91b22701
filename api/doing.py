"""Requests that change something: each is done once by its key, and only on what was seen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import actor_of
from api.problems import Problem, ProblemCode
from audit.answers import LONGEST_KEY, Answer, KeyReused, answered_once

KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
KEY_PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "A new one, such as a UUID, for each thing to be done; the same one when it is sent again. "
        "The same request under the same key is answered as the first time."
    ),
)
MATCH_PARAMETER = OpenApiParameter(
    "If-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    required=True,
    description="The `ETag` of the answer that this is decided on; `*` for whatever stands now.",
)


def done_once(request: Request, act: Callable[[], Answer]) -> Response:
    """The answer of `act`, which is done once for who asks and the key that came with it.

    Problem without a key, and for a key that another request came with.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise Problem(ProblemCode.KEY_REQUIRED)
    asked = json.dumps(request.data, sort_keys=True)
    try:
        answer = answered_once(
            actor=str(actor_of(request)),
            key=key,
            request=f"{request.method} {request.path}\n{asked}",
            at=timezone.now(),
            run=act,
        )
    except KeyReused as refusal:
        raise Problem(ProblemCode.KEY_REUSED) from refusal
    headers = answer.headers | ({"Idempotency-Replayed": "true"} if answer.is_replayed else {})
    return Response(answer.body, answer.status, headers=headers)


def plain_json(told: Any) -> Any:
    """What a serializer gave, as JSON holds it."""
    return json.loads(JSONRenderer().render(told))


def check_match(request: Request, mark: str, *, required: bool) -> None:
    """Problem when the request was decided on anything but what is marked so."""
    asked = request.headers.get("If-Match")
    if asked is None:
        if required:
            raise Problem(ProblemCode.MATCH_REQUIRED)
        return
    marks = [word.strip() for word in asked.split(",")]
    if "*" not in marks and mark not in marks:
        raise Problem(ProblemCode.CHANGED_MEANWHILE, headers={"ETag": mark})
