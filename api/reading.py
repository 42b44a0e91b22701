"""Reads bodies: JSON in UTF-8 of at most a mebibyte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from api.problems import Problem, ProblemCode

MOST_BYTES = 1024 * 1024


class JsonAlone(BaseParser):
    """JSON as RFC 8259 has it: UTF-8 whatever is claimed, no NaN, nested only so far."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value; Problem for what is no JSON, or too much of it."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Problem(ProblemCode.TOO_LARGE)
        try:
            return json.loads(body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise Problem(ProblemCode.MALFORMED) from error


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")
