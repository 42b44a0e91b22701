"""What is refused of a placement's life, named for what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from internships.life.verdicts import Reason


class LifeRefusal(Exception):
    """Something that may not be done with a placement; its text says why, to whoever asked."""


class NotPermitted(LifeRefusal):
    """The actor may not do this with the placement, or not in that name."""


class TransitionNotAllowed(LifeRefusal):
    """The placement is not in a state, or not at a day, from which this can be done."""


class WordsRefused(LifeRefusal):
    """A message or a reason is empty, or longer than is kept: nothing is cut off unsaid."""


class TermsRefused(LifeRefusal):
    """What is to be agreed contradicts itself, or names people of another house."""


class GateClosed(LifeRefusal):
    """The judgement found `reasons`, every one of them, or is not of this placement now."""

    def __init__(self, text: str, reasons: Sequence[Reason] = ()) -> None:
        super().__init__(text)
        self.reasons = tuple(reasons)
