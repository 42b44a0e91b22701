"""What is overdue, by where it is held: at which school, and how far it has climbed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min

from compliance.cases.holding import at_level
from compliance.models import Alert, HolderLevel
from console.alerts.filters import OF_HOSTS
from people.actors import Actor
from people.models import School


@dataclass(frozen=True, slots=True)
class Overdue:
    """Overdue cases at one level of one school: how many, and the longest past its deadline."""

    level: str
    cases: int
    days: int


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school, None for the cases of hosts; its cells by level, in order; all, and the oldest."""

    number: int
    school: School | None
    cells: list[Overdue | None]
    cases: int
    days: int


def overdue_by_holder(actor: Actor, school: int | None) -> list[SchoolRow]:
    """Schools with overdue cases, the most of them first; two queries."""
    late = Alert.objects.visible_to(actor).overdue(actor.on).order_by()
    if school:
        late = late.filter(school=school)
    found = at_level(late, actor.on).values("school", "level")
    cells: dict[int, dict[str, Overdue]] = defaultdict(dict)
    for row in found.annotate(cases=Count("pk"), first=Min("due_on")):
        days = (actor.on - _day(row["first"])).days
        cells[row["school"] or OF_HOSTS][row["level"]] = Overdue(row["level"], row["cases"], days)
    named = School.objects.visible_to(actor).in_bulk([key for key in cells if key])
    rows = [
        SchoolRow(
            number=key,
            school=named.get(key),
            cells=[levels.get(level.value) for level in HolderLevel],
            cases=sum(cell.cases for cell in levels.values()),
            days=max(cell.days for cell in levels.values()),
        )
        for key, levels in cells.items()
    ]
    return sorted(rows, key=lambda row: (-row.cases, -row.days, row.number))


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))
