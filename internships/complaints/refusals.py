"""What is refused of a complaint, named for what it was."""

from __future__ import annotations


class ComplaintRefusal(Exception):
    """Something that may not be done with a complaint; its text says why, to whoever asked."""


class NotPermitted(ComplaintRefusal):
    """The actor may not complain of this, or not handle it."""


class NotInThisState(ComplaintRefusal):
    """The complaint is not where this can be done."""


class ComplaintInvalid(ComplaintRefusal):
    """What was written contradicts itself, is empty, or too long."""
