"""Whatever is sent to any operation by anybody: no fault of ours, and answers as described."""

from __future__ import annotations

import json
import logging
from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from tests.api.fuzzing import Operation, Sent, operations_of, requests_to
from tests.console.sites import NOW
from tests.walk.sights import Viewer
from tests.walk.world import World

ASKING = ("school_coordinator-a", "enterprise_hr-e")
# Written anew for each request, so that they are made of more than one kind of thing.
MOST_CHANGED = (
    ("post", "/api/v1/placements"),
    ("patch", "/api/v1/placements/{id}"),
    ("post", "/api/v1/placements/{id}/end"),
    ("post", "/api/v1/placements/{id}/amendments"),
    ("post", "/api/v1/placements/submit"),
)
# Signed in by them, every other request would be refused.
NOT_ASKED = ("/api/v1/tokens",)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    settings.API_REQUESTS_A_MINUTE = {"read": 10**6, "write": 10**6}
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return World()


def described_to(viewer: Viewer) -> dict[str, Any]:
    described: dict[str, Any] = viewer.client.get("/api/v1/schema").json()
    return described


def answered(client: Client, operation: Operation, sent: Sent) -> Any:
    """The answer; nothing of it stays, and what the database puts off to the end is judged."""
    with transaction.atomic():
        answer = client.generic(
            operation.method.upper(),
            sent.address,
            "" if sent.body is None else json.dumps(sent.body),
            content_type="application/json",
            headers=sent.headers,
        )
        if answer.status_code < 400:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    return answer


def check(operation: Operation, answer: Any, described: dict[str, Any]) -> None:
    """The answer is one that the operation says it gives."""
    assert answer.status_code < 500, (str(operation), answer.content)
    responses = operation.said["responses"]
    status = str(answer.status_code)
    assert answer.status_code >= 400 or status in responses, (str(operation), status)
    told = responses.get(status, responses["default"]).get("content", {})
    if not told:
        assert not answer.content
        return
    media_type = answer.headers["Content-Type"].partition(";")[0]
    assert media_type in told, (str(operation), media_type)
    if not media_type.endswith("json"):
        return
    schema = told[media_type]["schema"] | {"components": described["components"]}
    found = list(Draft202012Validator(schema).iter_errors(answer.json()))
    assert found == [], (str(operation), found[:2])


def tried(
    viewer: Viewer,
    operations: list[Operation],
    described: dict[str, Any],
    world: World,
    *,
    times: int,
) -> Counter[str]:
    """How often each kind of answer came, of so many requests to each operation."""
    keys = [thing.key for thing in world.things]
    seen: Counter[str] = Counter()
    for operation in operations:
        attempt(viewer, operation, described, keys, seen, times=times)
    return seen


def attempt(
    viewer: Viewer,
    operation: Operation,
    described: dict[str, Any],
    keys: list[Any],
    seen: Counter[str],
    *,
    times: int,
) -> None:
    """So many requests to the one operation, the same each time this is run."""

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests_to(operation, described, keys))
    def once(sent: Sent) -> None:
        answer = answered(viewer.client, operation, sent)
        check(operation, answer, described)
        seen[f"{answer.status_code // 100}xx"] += 1

    once()


def test_what_is_drafted_edited_and_ended_is_described_and_never_a_fault(world: World) -> None:
    school = next(one for one in world.viewers if one.name == "school_coordinator-a")
    described = described_to(school)
    asked = [one for one in operations_of(described) if (one.method, one.path) in MOST_CHANGED]

    seen = tried(school, asked, described, world, times=20)

    assert len(asked) == len(MOST_CHANGED)
    assert set(seen) >= {"4xx"}
    assert sum(seen.values()) >= 90


@pytest.mark.deep
@pytest.mark.parametrize("name", sorted(ASKING))
def test_whatever_is_sent_to_any_operation_is_answered_as_described(
    world: World, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    viewer = next(one for one in world.viewers if one.name == name)
    described = described_to(viewer)
    asked = [one for one in operations_of(described) if not one.path.startswith(NOT_ASKED)]

    seen = tried(viewer, asked, described, world, times=3)

    with capsys.disabled():
        print(f"\nany request of {name}: {len(asked)} operations, {dict(seen)}")  # noqa: T201
    assert seen["2xx"] >= 20
    assert seen["5xx"] == 0
