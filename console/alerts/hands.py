"""What needs a hand: the narrowings that the page of the day and the list share, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.cases.holding import held_by
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
    """Standing cases that the calendar says the actor holds."""
    return seen.filter(pk__in=held_by(actor, actor.on).values("pk"))


def due(seen: Any, actor: Actor) -> Any:
    """Standing cases whose next deadline has passed or comes within a week."""
    return seen.standing().with_deadlines().filter(due_on__lte=actor.on + SOON)


def due_today(seen: Any, actor: Actor) -> Any:
    """Standing cases whose next deadline is this very day."""
    return seen.standing().with_deadlines().filter(due_on=actor.on)


def overdue(seen: Any, actor: Actor) -> Any:
    """Standing cases whose next deadline has passed."""
    return seen.overdue(actor.on)


# What each is called where it is chosen.
HAND_NAMES: dict[str, Any] = {
    "mine": _("等我处理"),
    "uninsured": _("无保险"),
    "unpaid": _("未发报酬"),
    "starting": _("即将开始未就绪"),
    "due-today": _("今天到期"),
    "due": _("即将到期"),
    "overdue": _("已逾期"),
}

HANDS: dict[str, Callable[[Any, Actor], Any]] = {
    "uninsured": uninsured,
    "unpaid": unpaid,
    "starting": starting,
    "mine": mine,
    "due": due,
    "due-today": due_today,
    "overdue": overdue,
}
