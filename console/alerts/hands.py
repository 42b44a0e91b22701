"""What needs a hand: the narrowings that the page of the day and the list share, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.cases.holding import is_held_by, weighed
from people.actors import Actor

SOON = timedelta(days=7)
ABOUT_TO_START = timedelta(days=30)
PAY_RULES = ("PAY-04", "PAY-09")


def uninsured(actor: Actor) -> Q:
    """Students without liability cover on the very day."""
    return Q(rule="INS-01", facts__today=True)


def unpaid(actor: Actor) -> Q:
    """Months not paid, or not in full."""
    return Q(rule__in=PAY_RULES)


def starting(actor: Actor) -> Q:
    """Placements that start in the next thirty days."""
    first, last = actor.on + timedelta(days=1), actor.on + ABOUT_TO_START
    return Q(placement__starts_on__range=(first, last))


def mine(actor: Actor) -> Q:
    """What the calendar says the actor holds."""
    return is_held_by(actor, actor.on)


def due(actor: Actor) -> Q:
    """The next deadline has passed or comes within a week."""
    return Q(due_on__lte=actor.on + SOON)


def due_today(actor: Actor) -> Q:
    """The next deadline is this very day."""
    return Q(due_on=actor.on)


def overdue(actor: Actor) -> Q:
    """The next deadline has passed."""
    return Q(due_on__lt=actor.on)


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

# Conditions on cases that `needing` has prepared.
HANDS: dict[str, Callable[[Actor], Q]] = {
    "uninsured": uninsured,
    "unpaid": unpaid,
    "starting": starting,
    "mine": mine,
    "due": due,
    "due-today": due_today,
    "overdue": overdue,
}


def needing(seen: Any, actor: Actor) -> Any:
    """The standing cases among those seen, with what the conditions of HANDS ask of them."""
    return weighed(seen.standing(), actor.on)


def in_hand(seen: Any, actor: Actor, hand: str) -> Any:
    """The standing cases among those seen that need this hand."""
    return needing(seen, actor).filter(HANDS[hand](actor))
