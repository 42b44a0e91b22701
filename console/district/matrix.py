"""Which school's students are in trouble at which host: the hosts with the worst cases first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Min, Value, When

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


def matrix(actor: Actor, school: int | None) -> tuple[list[School], list[HostRow], int]:
    """The hosts with the gravest cases, by school, and how many more there are.

    Of one school alone, its cases alone.
    """
    schools = list(
        School.objects.visible_to(actor)
        .filter(**({"pk": school} if school else {}))
        .order_by("name")
    )
    squares = _squares(actor, school)
    every = sorted(squares, key=lambda host: (*_weight(squares[host]), host))
    order = every[:HOSTS_SHOWN]
    named = Enterprise.objects.visible_to(actor).in_bulk(order)
    rows = [
        HostRow(
            named[host],
            squares[host].get(OF_HOSTS),
            [(each, squares[host].get(each.pk)) for each in schools],
            sum(square.cases for square in squares[host].values()),
        )
        for host in order
    ]
    return schools, rows, len(every) - len(order)


def _squares(actor: Actor, school: int | None) -> dict[int, dict[int, Square]]:
    """Every host's squares, by school or as the host's own."""
    squares: dict[int, dict[int, Square]] = defaultdict(dict)
    for cases in _by_host(actor, school):
        found = cases.rows.values_list(cases.host, cases.school).annotate(
            worst=Min(_rank(cases.severity)), cases=Count(cases.key)
        )
        for host, concerned, worst, number in found:
            place = concerned or OF_HOSTS
            old = squares[host].get(place, Square(0, RANKS[-1]))
            gravest = min(RANKS.index(old.worst), worst)
            squares[host][place] = Square(old.cases + number, RANKS[gravest])
    return squares


def _weight(squares: dict[int, Square]) -> tuple[int, int]:
    """What hosts are sorted by: the gravest of their cases, then how many they have."""
    gravest = min(RANKS.index(square.worst) for square in squares.values())
    return gravest, -sum(square.cases for square in squares.values())


@dataclass(frozen=True, slots=True)
class _CasesByHost:
    """Standing cases, and by which names the rows tell of host, school, severity and case."""

    rows: Any
    host: str
    school: str = "school"
    severity: str = "severity"
    key: str = "pk"


def _by_host(actor: Actor, school: int | None) -> list[_CasesByHost]:
    """Those of placements, of apprentices, of posts and of enterprises themselves."""
    asked = {"school": school} if school is not None else {}
    standing = Alert.objects.visible_to(actor).standing().filter(**asked).order_by()
    of_placements = {"state__in": STANDING_STATES, **asked}
    # In one filter: a second one would ask it of any other case of the placement.
    terms = (
        Terms.objects.visible_to(actor)
        .judged(actor.on)
        .filter(**{f"placement__alerts__{name}": value for name, value in of_placements.items()})
    )
    placed = {word: f"placement__alerts__{word}" for word in ("school", "severity")}
    return [
        _CasesByHost(terms, "enterprise", key="placement__alerts", **placed),
        _CasesByHost(standing.filter(apprentice__isnull=False), "apprentice__enterprise"),
        _CasesByHost(standing.filter(post__isnull=False), "post__enterprise"),
        _CasesByHost(standing.filter(enterprise__isnull=False), "enterprise"),
    ]


def _rank(severity: str) -> Case:
    """The place of a severity among RANKS, 0 the gravest."""
    ranks = (When(**{severity: word}, then=Value(rank)) for rank, word in enumerate(RANKS))
    return Case(*ranks, output_field=IntegerField())
