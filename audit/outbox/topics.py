"""Who takes which topic; a topic nobody registered is parked, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a handler's hands. `id` is stable over retries: a key for outside services."""

    id: int
    payload: Mapping[str, Any]
    created_at: datetime


class Handler(Protocol):
    """Takes messages of one topic inside the transaction that marks them done."""

    def __call__(self, messages: Sequence[Message], *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Topic:
    """How messages of a topic are taken: by whom, how many together, how often before parking."""

    name: str
    take: Handler
    together: int
    most_attempts: int


_TOPICS: dict[str, Topic] = {}


class TopicTaken(Exception):
    """A topic has one handler."""


def handler(
    topic: str, *, together: int = 1, most_attempts: int = 10
) -> Callable[[Handler], Handler]:
    """Register the decorated function for `topic`; call from a module that `ready()` imports.

    It is called as `take(messages, at=moment)` with at most `together` messages, in one
    transaction with their being marked done: raise, and nothing of it remains; a batch that fails
    is tried again message by message. After `most_attempts` a message is parked with its reason.
    What leaves the database (mail, web) must bear being sent twice.
    """

    def register(take: Handler) -> Handler:
        if topic in _TOPICS:
            raise TopicTaken(topic)
        _TOPICS[topic] = Topic(topic, take, together, most_attempts)
        return take

    return register


def topic_named(name: str) -> Topic | None:
    """The topic of that name, if somebody takes it."""
    return _TOPICS.get(name)


def known_topics() -> frozenset[str]:
    """The names of all topics that somebody takes."""
    return frozenset(_TOPICS)
