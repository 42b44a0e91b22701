"""Who came in and went out, on record before it happens: without the event, nobody comes in."""

from __future__ import annotations

from datetime import datetime

from audit import chain
from people.models import User


def came_in(user: User, *, way: str, at: datetime) -> None:
    """Record that `user` signs in: `way` is "password", "code" or "demo"."""
    told: dict[str, chain.Fact] = {"way": way}
    chain.record("account.sign_in", subject=f"user:{user.pk}", by=user.pk, at=at, facts=told)


def went_out(user: User, *, at: datetime) -> None:
    """Record that `user` ends the session."""
    chain.record("account.sign_out", subject=f"user:{user.pk}", by=user.pk, at=at)
