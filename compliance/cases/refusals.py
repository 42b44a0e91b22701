"""What is refused of a case, named for what it was."""

from __future__ import annotations


class CaseRefusal(Exception):
    """Something that may not be done with a case; its text says why, to whoever asked."""


class NotPermitted(CaseRefusal):
    """The actor may not do this with the case."""


class TransitionNotAllowed(CaseRefusal):
    """The case is not in a state from which this can be done."""


class WordsRefused(CaseRefusal):
    """A note or a reason is empty, or longer than is kept: nothing is cut off unsaid."""


class WaiverRefused(CaseRefusal):
    """The waiver has no end within the law's days, or is of a rule that has none."""
