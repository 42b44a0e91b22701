"""What the commission reads first: covered today, paid last month, old cases, and where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from compliance.findings import URGENT, Severity
from compliance.models import Alert
from console.alerts.hands import PAY_RULES
from internships.models import Placement, PlacementKind, PlacementStatus, Terms
from people.actors import Actor
from people.models import Enterprise, School

AGES = ((0, 3), (4, 7), (8, 30), (31, None))
HOSTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Share:
    """Some of all; the share in per cent with one decimal, rounded down so that 100 is all."""

    part: int
    whole: int

    @property
    def missing(self) -> int:
        """Those who are not among the part."""
        return self.whole - self.part

    @property
    def percent(self) -> str:
        """The share; a dash of nobody."""
        return f"{self.part * 1000 // self.whole / 10:.1f}%" if self.whole else "—"


@dataclass(frozen=True, slots=True)
class Age:
    """Red cases by days since the fault began, both included; open at the end."""

    first: int
    last: int | None
    cases: int


def covered_today(actor: Actor, school: int | None) -> Share:
    """Placements running today, and those of them without a case of no cover today."""
    running = _running(actor, school)
    bare = (
        Alert.objects.visible_to(actor)
        .standing()
        .filter(rule="INS-01", facts__today=True, placement__in=running.values("pk"))
    )
    whole = running.count()
    return Share(whole - bare.values("placement").distinct().count(), whole)


def paid_last_month(actor: Actor, school: int | None) -> Share:
    """岗位实习 of last month, and those of them without a case of unpaid pay for it."""
    last = actor.on.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    placed = _seen(actor, school).filter(
        kind=PlacementKind.PRODUCTION,
        status__in=(PlacementStatus.ACTIVE, PlacementStatus.ENDED),
        starts_on__lte=last,
        last_on__gte=first,
    )
    owed = (
        Alert.objects.visible_to(actor)
        .standing()
        .filter(rule__in=PAY_RULES, period=f"{first:%Y-%m}")
        .filter(placement__in=placed.values("pk"))
    )
    whole = placed.count()
    return Share(whole - owed.values("placement").distinct().count(), whole)


def _seen(actor: Actor, school: int | None) -> Any:
    rows = Placement.objects.visible_to(actor)
    return rows.filter(school=school) if school else rows


def _running(actor: Actor, school: int | None) -> Any:
    return _seen(actor, school).filter(
        status=PlacementStatus.ACTIVE, starts_on__lte=actor.on, last_on__gte=actor.on
    )


def grave_cases(actor: Actor, school: int | None) -> Any:
    """Standing cases of severity block or critical."""
    rows = Alert.objects.visible_to(actor).standing().filter(severity__in=URGENT)
    return rows.filter(school=school) if school else rows


def ages(actor: Actor, school: int | None) -> list[Age]:
    """Red cases by age since the fault began."""
    spans = {}
    for first, last in AGES:
        span = Q(since__lte=actor.on - timedelta(days=first)) if first else Q()
        if last is not None:
            span &= Q(since__gte=actor.on - timedelta(days=last))
        spans[f"from_{first}"] = Count("pk", filter=span)
    found = grave_cases(actor, school).aggregate(**spans)
    return [Age(first, last, found[f"from_{first}"]) for first, last in AGES]


@dataclass(frozen=True, slots=True)
class Square:
    """A school's cases at a host: how many, and the worst of them."""

    cases: int
    worst: str


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host with a square for each school; None where the school has no case there."""

    host: Enterprise
    squares: list[tuple[School, Square | None]]
    cases: int


def matrix(actor: Actor, school: int | None) -> tuple[list[School], list[HostRow]]:
    """The hosts with the most grave cases, by school; three queries."""
    schools = list(
        School.objects.visible_to(actor)
        .filter(**({"pk": school} if school else {}))
        .order_by("name")
    )
    hosts = _host_of_placement(actor)
    squares: dict[int, dict[int, Square]] = defaultdict(dict)
    cases = (
        Alert.objects.visible_to(actor)
        .standing()
        .filter(placement__isnull=False)
        .values("placement_id", "school_id", "severity")
        .annotate(cases=Count("pk"))
    )
    ranks = [level.value for level in Severity]
    for row in cases:
        host = hosts.get(row["placement_id"])
        if host is None:
            continue
        old = squares[host].get(row["school_id"], Square(0, Severity.INFO))
        worst = min(old.worst, row["severity"], key=ranks.index)
        squares[host][row["school_id"]] = Square(old.cases + row["cases"], worst)
    order = sorted(squares, key=lambda host: _badness(squares[host].values(), ranks))
    named = Enterprise.objects.visible_to(actor).in_bulk(order[:HOSTS_SHOWN])
    rows = [
        HostRow(
            named[host],
            [(each, squares[host].get(each.pk)) for each in schools],
            sum(square.cases for square in squares[host].values()),
        )
        for host in order[:HOSTS_SHOWN]
        if any(each.pk in squares[host] for each in schools)
    ]
    return schools, rows


def _badness(squares: Any, ranks: list[str]) -> tuple[int, int]:
    found = list(squares)
    return min(ranks.index(square.worst) for square in found), -sum(row.cases for row in found)


def _host_of_placement(actor: Actor) -> dict[int, int]:
    standing = Alert.objects.visible_to(actor).standing().filter(placement__isnull=False)
    terms = (
        Terms.objects.visible_to(actor)
        .filter(placement__in=standing.values("placement"))
        .order_by("placement", "period")
        .values_list("placement", "post__enterprise", "period")
    )
    return {
        placement: host
        for placement, host, period in terms
        if period.lower is None or period.lower <= actor.on
    }


def oldest(actor: Actor, school: int | None) -> date | None:
    """Since when the oldest red case stands."""
    first: date | None = grave_cases(actor, school).aggregate(first=Min("since"))["first"]
    return first
