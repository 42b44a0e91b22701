"""Programs that speak to the API from a session of the console."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from people.models import User
from tests.console.sites import signed_in as browser_of

ROOT = "/api/v1"


def with_key(headers: dict[str, Any]) -> dict[str, Any]:
    """The headers with a new key, unless they have one."""
    keyed = {"idempotency_key": uuid4().hex} | headers
    return {name: value for name, value in keyed.items() if value}


class Browser:
    """A signed-in client that speaks JSON, and reads it."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, address: str, **headers: Any) -> Any:
        return self.client.get(f"{ROOT}{address}", headers=headers)

    def post(self, address: str, body: Any = None, **headers: Any) -> Any:
        """Sent under a key of its own; an empty `idempotency_key` sends none."""
        return self.client.post(
            f"{ROOT}{address}",
            json.dumps({} if body is None else body),
            content_type="application/json",
            headers=with_key(headers),
        )

    def patch(self, address: str, body: Any, **headers: Any) -> Any:
        return self.client.patch(
            f"{ROOT}{address}",
            json.dumps(body),
            content_type="application/json",
            headers=with_key(headers),
        )

    def delete(self, address: str, **headers: Any) -> Any:
        return self.client.delete(f"{ROOT}{address}", headers=with_key(headers))

    def mark(self, address: str) -> str:
        """The ETag of what stands there."""
        return str(self.get(address).headers["ETag"])

    def codes(self, address: str, name: str = "code") -> list[Any]:
        """What the rows of a list are called, in the order of their names."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.content
        return sorted(row[name] for row in answer.json()["results"])


def signed_in(user: User) -> Browser:
    """The user, as the sign-in page would have let them in."""
    return Browser(browser_of(user))


def stranger() -> Browser:
    """Nobody."""
    return Browser(Client())
