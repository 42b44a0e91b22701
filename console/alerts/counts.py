"""How many cases there are by rule and severity, from the roll-ups where they have the answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from compliance.findings import Severity
from compliance.models import Alert, AlertCount
from compliance.registry import all_rules
from console.alerts.families import FAMILIES, family_of
from console.alerts.filters import SEVERITIES, Filters
from people.actors import Actor
from people.roles import Role

# Roles whose cases are counted by school; the others see few enough to count them.
ROLLED_UP = frozenset({Role.SCHOOL_COORDINATOR, Role.COMMISSION})


@dataclass(frozen=True)
class Counts:
    """Cases by (rule, severity), in the states and the school that the filters ask for."""

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)

    def total(self, *, rule: str = "", severity: str = "") -> int:
        """Cases of a rule or a family, of a severity; of all without either."""
        return sum(
            cases
            for (of_rule, of_severity), cases in self.cells.items()
            if rule in ("", of_rule, family_of(of_rule))
            and (not severity or of_severity in SEVERITIES[severity])
        )

    def families(self, severity: str) -> list[tuple[str, Any, int]]:
        """Each family that has cases: letters, name, and how many of that severity."""
        return [
            (letters, name, number)
            for letters, name in FAMILIES.items()
            if (number := self.total(rule=letters, severity=severity))
        ]

    def rules(self, family: str, severity: str) -> list[tuple[str, Any, int]]:
        """Each rule of a family that has cases: id, title, and how many of that severity."""
        return [
            (rule.id, rule.title, number)
            for rule in all_rules()
            if family and family_of(rule.id) == family_of(family)
            if (number := self.total(rule=rule.id, severity=severity))
        ]

    def severities(self, rule: str) -> list[tuple[str, Any, int]]:
        """Each severity that has cases of the rule or family: code, name, how many."""
        return [
            (severity.value, severity.label, number)
            for severity in Severity
            if (number := self.total(rule=rule, severity=severity.value))
        ]


def counts(filters: Filters, actor: Actor) -> Counts:
    """Cases the actor sees in the filters' states and school, by rule and severity.

    The roll-ups leave out cases of hosts and posts, which have no school: those are counted.
    """
    asked = filters.by_place()
    seen = Alert.objects.visible_to(actor).filter(asked)
    if not actor.roles <= ROLLED_UP:
        return Counts(_counted(seen))
    rolled = AlertCount.objects.visible_to(actor).filter(asked).totals("rule", "severity")
    cells = Counter({(row["rule"], row["severity"]): row["total"] for row in rolled})
    if not actor.has(Role.COMMISSION):
        cells += _counted(seen.filter(school__isnull=True))
    return Counts(cells)


def _counted(seen: Any) -> Counter[tuple[str, str]]:
    rows = seen.order_by().values("rule", "severity").annotate(total=Count("pk"))
    return Counter({(row["rule"], row["severity"]): row["total"] for row in rows})
