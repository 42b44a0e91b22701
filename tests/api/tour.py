"""A story told over HTTP, written down as it is played: requests, answers, words between them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.api.clients import Browser

# Where a number stands for a row of which kind, whatever its name in the answer.
NUMBERED = {
    **{name: name for name in ("placement", "post", "school", "teacher", "mentor", "enterprise")},
    "host": "enterprise",
    "follows": "placement",
    "instead_of": "placement",
    "tie_id": "enterprise",
}
PLURALS = {
    "placements": "placement",
    "learners": "learner",
    "teachers": "teacher",
    "mentors": "mentor",
    "posts": "post",
    "amendments": "amendment",
}
SECRET = {"access": "access token", "refresh": "refresh token"}


class Names:
    """What differs from play to play, called the same each time: by kind and order of meeting."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[int, int]] = defaultdict(dict)
        self._marks: dict[str, dict[str, int]] = defaultdict(dict)

    def number(self, kind: str, value: int) -> int:
        """1 for the first of the kind, 2 for the second."""
        known = self._numbers[kind]
        return known.setdefault(value, len(known) + 1)

    def mark(self, kind: str, value: str) -> str:
        """`<kind-1>` for the first of the kind."""
        known = self._marks[kind]
        return f"<{kind}-{known.setdefault(value, len(known) + 1)}>"

    def of(self, text: str) -> str:
        """A text without what differs."""
        text = re.sub(r"20\d\d-[0-9a-f]{32}", lambda met: self.mark("code", met[0]), text)
        text = re.sub(
            r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
            lambda met: self.mark("uuid", met[0]),
            text,
        )
        text = re.sub(r"cursor=[^&]+", "cursor=<cursor>", text)
        text = re.sub(r'^"[0-9a-f]{32}"$', lambda met: self.mark("etag", met[0]), text)
        return re.sub(
            r"/(placements|amendments)/(\d+)",
            lambda met: f"/{met[1]}/{self.number(PLURALS[met[1]], int(met[2]))}",
            text,
        )

    def within(self, value: Any, kind: str) -> Any:
        """The value likewise, with the numbers of rows; `kind` is what an `id` in it is of."""
        if isinstance(value, dict):
            return {name: self._member(name, one, kind) for name, one in value.items()}
        if isinstance(value, list):
            return [self.within(one, kind) for one in value]
        return self.of(value) if isinstance(value, str) else value

    def _member(self, name: str, value: Any, kind: str) -> Any:
        of = kind if name == "id" else NUMBERED.get(name, "")
        if of and type(value) is int:
            return self.number(of, value)
        if name in SECRET:
            return f"<{SECRET[name]}>"
        if name == "username" and isinstance(value, str):
            return re.sub(r"-\d{4}$", "-0000", value)
        return self.within(value, NUMBERED.get(name, kind))


class Tour:
    """What was played so far, as Markdown."""

    def __init__(self, title: str) -> None:
        self.names = Names()
        self.parts = [f"# {title}\n"]

    def say(self, words: str) -> None:
        """Words between two requests."""
        self.parts.append(f"{words}\n")

    def ask(
        self,
        browser: Browser,
        method: str,
        address: str,
        body: Any = None,
        *,
        status: int = 200,
        show: Iterable[str] = (),
        **headers: Any,
    ) -> Any:
        """Make the request and write it down; of the answer the members of `show`, or all."""
        send = getattr(browser, method.lower())
        answer = send(address, **headers) if method == "GET" else send(address, body, **headers)
        assert answer.status_code == status, answer.content
        said = answer.json() if answer.content else None
        kind = PLURALS.get(address.partition("?")[0].split("/")[1], "")
        self.parts.append(self._request(method, address, body, headers, kind))
        self.parts.append(self._answer(answer, said, kind, tuple(show)))
        return said

    def _request(
        self, method: str, address: str, body: Any, headers: dict[str, Any], kind: str
    ) -> str:
        lines = [f"{method} {self.names.of('/api/v1' + address)}"]
        if "authorization" in headers:
            lines.append("Authorization: Bearer <access token>")
        if method != "GET" and not address.startswith("/tokens"):
            lines.append("Idempotency-Key: <a new one>")
        if "if_match" in headers:
            lines.append(f"If-Match: {self.names.of(headers['if_match'])}")
        if body is not None:
            lines += ["", _json(self.names.within(body, kind))]
        return _fenced("http", lines)

    def _answer(self, answer: Any, said: Any, kind: str, show: tuple[str, ...]) -> str:
        lines = [f"{answer.status_code} {answer.reason_phrase}"]
        if "ETag" in answer.headers:
            lines.append(f"ETag: {self.names.of(answer.headers['ETag'])}")
        if said is not None:
            named = self.names.within(said, kind)
            shown = {name: named[name] for name in show} if show else named
            lines += ["", _json(shown)]
        return _fenced("http", lines)

    def text(self) -> str:
        """All of it."""
        return "\n".join(self.parts)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _fenced(language: str, lines: list[str]) -> str:
    return "\n".join([f"```{language}", *lines, "```", ""])
