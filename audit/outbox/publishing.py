"""Writing a message in the caller's transaction, and ringing once it is committed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from audit.outbox.doorbell import ring
from audit.outbox.rows import Outbox
from common.checkpoints import checkpoint

# A word of ours, a day, a uuid. No run of digits as text: that is how numbers and phones look
PLAIN_TEXT = re.compile(
    r"[a-z][a-z0-9_.:-]{0,39}|\d{4}-\d{2}(-\d{2})?|[0-9a-f]{8}(-[0-9a-f]{4,12}){4}"
)


class PayloadRefused(Exception):
    """A payload carries ids and words of ours; anything else could be somebody's data."""


def publish(topic: str, payload: Mapping[str, Any]) -> None:
    """Write one message, which exists when the caller's transaction commits and only then.

    `payload` holds ids, days and words, in lists and objects; raises PayloadRefused for other
    texts. Ringing may fail without anybody's notice: the poller finds the row.
    """
    publish_many(topic, [payload])


def publish_many(topic: str, payloads: Iterable[Mapping[str, Any]]) -> None:
    """Write a message for each payload, and ring once."""
    rows = [Outbox(topic=topic, payload=dict(payload)) for payload in payloads]
    for row in rows:
        _refuse_personal(row.payload)
    if not rows:
        return
    Outbox.objects.bulk_create(rows)
    checkpoint("after-publish")
    transaction.on_commit(ring, robust=True)


def _refuse_personal(payload: Mapping[str, Any]) -> None:
    for name, leaf in _leaves(payload):
        if leaf is None or isinstance(leaf, int):
            continue
        if not (isinstance(leaf, str) and PLAIN_TEXT.fullmatch(leaf)):
            raise PayloadRefused(f"{name}: a payload carries ids, days and words of ours only")


def _leaves(value: Any, name: str = "payload") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, key)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _leaves(part, name)
    else:
        yield name, value
