"""What needs a hand: the narrowings that the page of the day and the list share, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from people.actors import Actor

SOON = timedelta(days=7)
ABOUT_TO_START = timedelta(days=30)
PAY_RULES = ("PAY-04", "PAY-09")


def uninsured(seen: Any, actor: Actor) -> Any:
    """Standing cases of students without liability cover on the very day."""
    return seen.standing().filter(rule="INS-01", facts__today=True)


def unpaid(seen: Any, actor: Actor) -> Any:
    """Standing cases of months not paid, or not in full."""
    return seen.standing().filter(rule__in=PAY_RULES)


def starting(seen: Any, actor: Actor) -> Any:
    """Standing cases of placements that start in the next thirty days."""
    first, last = actor.on + timedelta(days=1), actor.on + ABOUT_TO_START
    return seen.standing().filter(placement__starts_on__range=(first, last))


def mine(seen: Any, actor: Actor) -> Any:
    """Standing cases assigned to the actor."""
    return seen.standing().filter(assigned_to=actor.user_id)


def due(seen: Any, actor: Actor) -> Any:
    """Standing cases whose next deadline has passed or comes within a week."""
    return seen.standing().with_deadlines().filter(due_on__lte=actor.on + SOON)


def overdue(seen: Any, actor: Actor) -> Any:
    """Standing cases whose next deadline has passed."""
    return seen.overdue(actor.on)


HANDS: dict[str, Callable[[Any, Actor], Any]] = {
    "uninsured": uninsured,
    "unpaid": unpaid,
    "starting": starting,
    "mine": mine,
    "due": due,
    "overdue": overdue,
}
