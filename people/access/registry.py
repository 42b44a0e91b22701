"""By which relation each role reaches the rows of each model; nothing registered, nothing seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from people.actors import Actor, Reach
    from people.roles import Role

Row = TypeVar("Row", bound=models.Model)
Condition = Callable[["Reach"], Q]

_conditions: dict[type[models.Model], dict[Role, list[Condition]]] = defaultdict(
    lambda: defaultdict(list)
)


def EVERYTHING(reach: Reach) -> Q:  # noqa: N802 - reads as the constant it is in a table of roles
    """Every row; for the commission, and for what is no secret of anybody."""
    return Q()


def register(model: type[models.Model], conditions: Mapping[Role, Condition]) -> None:
    """Let each role reach the rows of `model` that its condition names.

    A layer above may add to what a layer below registered; a row is seen when one condition holds.
    """
    for role, condition in conditions.items():
        _conditions[model][role].append(condition)


def registered(model: type[models.Model]) -> Mapping[Role, list[Condition]]:
    """What is registered for `model`, by role; empty for a model nobody may see."""
    return _conditions.get(model, {})


def reachable(model: type[Row], role: Role, reach: Reach) -> models.QuerySet[Row]:
    """The rows of `model` that `role` reaches from the records of `reach`, on its day."""
    return _narrow(model._default_manager.all(), [(role, reach)])


def through(path: str, model: type[models.Model], role: Role, *, column: str = "pk") -> Condition:
    """The condition that `path` leads to a row of `model` (its `column`) that `role` reaches."""
    return lambda reach: Q(**{f"{path}__in": reachable(model, role, reach).values(column)})


class VisibleQuerySet(models.QuerySet[Row]):
    """Rows that are narrowed to what somebody may see before anybody reads them."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that `actor` may see on the actor's day; none that nobody registered."""
        return _narrow(self, [(role, actor.reach(role)) for role in sorted(actor.roles)])

    def unscoped(self, *, reason: str) -> Self:
        """All rows, for a sweep, a load or a command that states why nobody's sight bounds it."""
        if not reason.strip():
            raise ValueError("reading everybody's rows needs a reason")
        return self.all()


def _narrow(rows: Any, reaches: list[tuple[Role, Reach]]) -> Any:
    conditions = [
        (condition, reach)
        for role, reach in reaches
        for condition in registered(rows.model).get(role, ())
    ]
    if not conditions:
        return rows.none()
    if any(condition is EVERYTHING for condition, _ in conditions):
        return rows.all()
    first, *others = [condition(reach) for condition, reach in conditions]
    if not others:
        return rows.filter(first)
    # A union keeps each condition on its own index, where OR would read the whole table.
    ways = [rows.model._default_manager.filter(way).values("pk") for way in (first, *others)]
    return rows.filter(pk__in=ways[0].union(*ways[1:]))
