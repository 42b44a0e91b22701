"""How values are written: yuan, days, spans of days, masked names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from people.access.masking import shown_name
from people.actors import Actor

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """`3650` as 3,650.00; nothing for an amount that is not there."""
    return "" if amount is None else f"{amount:,.2f}"


@register.filter
def plain(number: Decimal | None) -> str:
    """A number without needless zeros: 20.5, 22."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def on_day(day: date | None) -> str:
    """A day as 2026-11-24; a dash where there is none."""
    return f"{day:%Y-%m-%d}" if day else "—"


@register.filter
def name_for(name: str, actor: Actor) -> str:
    """The name as `actor` may see it."""
    return shown_name(name, actor=actor)


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """What a mapping holds under a key; nothing where it holds nothing."""
    return mapping.get(key, "")
