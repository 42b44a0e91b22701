"""One call to a provider: no redirects, bounded in time and size, and its failures in our words."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from compliance.channels.letters import Unavailable

SECONDS_OF_SILENCE = 5.0
SECONDS_IN_ALL = 10.0
LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered."""

    status: int
    body: bytes


def call(
    url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None, method: str = "POST"
) -> Answer:
    """Send one request and read its answer.

    Raises Unavailable when the provider cannot be reached, is silent for five seconds, takes
    longer than ten, or answers with more than 64 KB. A redirect is an answer like another.
    """
    parts = urlsplit(url)
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    end = time.monotonic() + SECONDS_IN_ALL
    try:
        connection.request(method, target, body=body, headers=dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, _read(answer, end))
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(f"http {type(error).__name__}") from None
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=SECONDS_OF_SILENCE, context=context)
    return http.client.HTTPConnection(host, port, timeout=SECONDS_OF_SILENCE)


def _read(answer: http.client.HTTPResponse, end: float) -> bytes:
    read = b""
    while chunk := answer.read1(8192):
        read += chunk
        if len(read) > LONGEST_ANSWER:
            raise Unavailable("answer too long")
        if time.monotonic() > end:
            raise TimeoutError
    return read
