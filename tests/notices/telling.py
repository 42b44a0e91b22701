"""Cases told as the worker tells them, and a channel that keeps what it is handed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from compliance.channels.letters import Letter
from compliance.models import Alert, AlertStep, Delivery
from compliance.notices.writing import write_notices
from people.models import User
from tests.console.sites import NOW, ON

PHONE = "13800138000"


def clock() -> datetime:
    return datetime.now(UTC)


def opened(alert: Alert) -> int:
    """The step of a case's opening."""
    return AlertStep.objects.create(
        alert=alert,
        kind="opened",
        state="open",
        severity=alert.severity,
        on=ON,
        at=NOW,
        actor="system:sweep",
        facts_digest="0",
    ).pk


def tell(*alerts: Alert) -> None:
    """Have the openings of the cases told, as the worker does."""
    with transaction.atomic():
        write_notices([opened(alert) for alert in alerts], at=NOW)


def wake() -> None:
    """End every rest."""
    Delivery.objects.update(available_at=Now())


class Taker:
    """A channel of a test: notes letters, and does first what it is told."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.first: Callable[[], None] = lambda: None

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)
        self.first()


def coordinator_school(user: User) -> Any:
    """The one school of a coordinator."""
    return user.memberships.get().school
