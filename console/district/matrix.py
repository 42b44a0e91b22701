"""Which school's students are in trouble at which host: the hosts with the worst cases first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Coalesce

from compliance.cases.words import STANDING_STATES
from compliance.findings import Severity
from compliance.models import Alert
from console.alerts.filters import OF_HOSTS
from internships.models import Terms
from people.actors import Actor
from people.models import Enterprise, School

HOSTS_SHOWN = 20
RANKS = [level.value for level in Severity]


@dataclass(frozen=True, slots=True)
class Square:
    """A school's cases at a host, or the host's own: how many, and the worst of them."""

    cases: int
    worst: str


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host with its own cases, a square for each school, None where there is none, and all."""

    host: Enterprise
    own: Square | None
    squares: list[tuple[School, Square | None]]
    cases: int


def matrix(actor: Actor, school: int | None) -> tuple[list[School], list[HostRow]]:
    """The hosts with the gravest cases, by school; of one school alone, its cases alone."""
    schools = list(
        School.objects.visible_to(actor)
        .filter(**({"pk": school} if school else {}))
        .order_by("name")
    )
    squares: dict[int, dict[int, Square]] = defaultdict(dict)
    for host, place, severity, cases in _cells(actor):
        if school in (None, place):
            old = squares[host].get(place, Square(0, RANKS[-1]))
            worst = min(old.worst, severity, key=RANKS.index)
            squares[host][place] = Square(old.cases + cases, worst)
    order = sorted(squares, key=lambda host: (_badness(squares[host].values()), host))
    named = Enterprise.objects.visible_to(actor).in_bulk(order[:HOSTS_SHOWN])
    rows = [
        HostRow(
            named[host],
            squares[host].get(OF_HOSTS),
            [(each, squares[host].get(each.pk)) for each in schools],
            sum(square.cases for square in squares[host].values()),
        )
        for host in order[:HOSTS_SHOWN]
    ]
    return schools, rows


def _badness(squares: Any) -> tuple[int, int]:
    found = list(squares)
    return min(RANKS.index(square.worst) for square in found), -sum(row.cases for row in found)


def _cells(actor: Actor) -> Iterator[tuple[int, int, str, int]]:
    """(host, school or the hosts' own, severity, cases): of placements, apprentices and hosts."""
    placed = (
        Terms.objects.visible_to(actor)
        .judged(actor.on)
        .filter(placement__alerts__state__in=STANDING_STATES)
        .values_list("enterprise", "placement__alerts__school", "placement__alerts__severity")
        .annotate(cases=Count("placement__alerts"))
    )
    standing = Alert.objects.visible_to(actor).standing().order_by()
    apprentices = (
        standing.filter(apprentice__isnull=False)
        .values_list("apprentice__enterprise", "school", "severity")
        .annotate(cases=Count("pk"))
    )
    hosts = (
        standing.annotate(host=Coalesce(F("enterprise"), F("post__enterprise")))
        .filter(host__isnull=False)
        .values_list("host", "school", "severity")
        .annotate(cases=Count("pk"))
    )
    for found in (placed, apprentices, hosts):
        for host, school, severity, cases in found:
            yield host, school or OF_HOSTS, severity, cases
