"""What is refused of a signing link, named for what it was."""

from __future__ import annotations

from internships.life.refusals import LifeRefusal


class LinkRefused(LifeRefusal):
    """The link does nothing any more, or never did; its text says why."""


class NotTheSigner(LifeRefusal):
    """The name or the code is not that of who is to sign; nothing was done."""


class DrawingRefused(LifeRefusal):
    """The drawn signature is no plain picture, too big, or empty."""
