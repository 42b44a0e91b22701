"""Each night the heads of all chains leave the database, for who looks whether it was rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from audit.chain.verifying import standing_heads, written_heads
from audit.outbox import Message, handler, publish
from audit.periods import daily
from common.appending import append

NIGHT = time(3, 30)


def keep_heads(*, at: datetime) -> Path:
    """Add the heads as they are now to the file of the Shanghai day; its path.

    Many lines of one chain in one file are all true: `verify_audit --heads` holds it to each.
    """
    path = Path(settings.AUDIT_HEADS_DIRECTORY) / f"{timezone.localdate(at):%Y-%m-%d}.jsonl"
    append(written_heads(standing_heads(), at=at), to=path, durably=True)
    return path


@handler("keep-heads", together=1_000)
def keep_heads_of_tonight(messages: Sequence[Message], *, at: datetime) -> None:
    """Keep the heads once for all of `messages`."""
    keep_heads(at=at)


@daily("keep-heads", due=NIGHT)
def ask_to_keep_heads() -> None:
    """Ask for the heads of the night."""
    publish("keep-heads", {"because": "night"})
