"""Saved views as the list shows them: two that everybody has, and those somebody named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from console.alerts.filters import RED, Filters
from people.actors import Actor
from people.models import SavedView

BUILT_IN: tuple[tuple[Any, Filters], ...] = (
    (_("红色未处理"), Filters(severity=RED, state="open")),
    (_("今天到期"), Filters(hand="due-today")),
)


@dataclass(frozen=True, slots=True)
class View:
    """A view as the list shows it; `number` is None for one that everybody has."""

    name: Any
    query: str
    is_current: bool
    number: int | None = None


def views_shown(actor: Actor, filters: Filters) -> list[View]:
    """The views that everybody has, then the actor's own, the one that is open marked."""
    shown = [View(name, asked.query, asked == filters) for name, asked in BUILT_IN]
    for row in SavedView.objects.visible_to(actor):
        shown.append(View(row.name, row.query, row.query == filters.query, row.pk))
    return shown
