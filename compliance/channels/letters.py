"""What a channel is handed: a text without anybody's data, and the address it goes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person.

    `key` is the same at every try and unlike any other letter's: what a provider needs to send it
    once. `recipient` is the public id of the account; `address` a phone number in E.164 or a mail
    address, empty for channels that need none. `lines` go below `text` where there is room.
    """

    key: str
    kind: str
    recipient: str
    text: str
    link: str
    cases: int
    urgent: int
    at: datetime
    address: str = field(default="", repr=False)
    lines: tuple[str, ...] = ()


class Channel(Protocol):
    """A way out of the site."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over: returns when it was taken.

        Raises Unavailable when another try may succeed, Refused when none will.
        """


class Unavailable(Exception):
    """The provider did not take it now; its text is a word of ours or a code, never an answer."""


class Refused(Exception):
    """The provider will not take this letter, however often it is handed over."""


def spoken(error: Exception) -> str:
    """The reason to keep of a failed try: kind and code; never a provider's text."""
    return f"{type(error).__name__}: {error}"[:200]


Settings = dict[str, Any]
