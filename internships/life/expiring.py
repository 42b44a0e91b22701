"""Each night what was begun and left is called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from audit.outbox import Message, handler, publish
from audit.periods import daily
from internships.life.drafting import expire_stale
from people.actors import system_actor

NIGHT = time(1, 30)


@handler("expire-stale", together=1_000)
def expire_what_is_stale(messages: Sequence[Message], *, at: datetime) -> None:
    """Call off, once for all of `messages`, what is stale on the Shanghai day."""
    expire_stale(actor=system_actor("expire", on=timezone.localdate(at)), at=at)


@daily("expire-stale", due=NIGHT)
def ask_to_expire() -> None:
    """Ask for the night's expiry."""
    publish("expire-stale", {"because": "night"})
