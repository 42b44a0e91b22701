"""Handlers and doorbells of a test alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from audit.outbox import doorbell, topics
from audit.outbox.topics import Handler, Message

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def clock() -> datetime:
    """A moment that stands still: 2026-11-24 11:00 in Shanghai."""
    return NOW


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Message]]:
    """Register a handler that notes what it takes, for this test only; it may raise first."""

    def register(topic: str, take: Handler | None = None, **options: int) -> list[Message]:
        noted: list[Message] = []

        def note(messages: Sequence[Message], *, at: datetime) -> None:
            if take is not None:
                take(messages, at=at)
            noted.extend(messages)

        options = {"together": 1, "most_attempts": 10, **options}
        monkeypatch.setitem(topics._TOPICS, topic, topics.Topic(topic, note, **options))
        return noted

    return register


@pytest.fixture(autouse=True)
def a_fresh_doorbell(monkeypatch: pytest.MonkeyPatch) -> doorbell.Doorbell:
    """A doorbell that no earlier test has silenced."""
    bell = doorbell.Doorbell()
    monkeypatch.setattr(doorbell, "DOORBELL", bell)
    return bell
