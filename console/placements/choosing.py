"""Who is placed and where: students of a class, and a host found by name or credit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from common.plain_text import plain
from internships.models import Placement, PlacementStatus
from people.actors import Actor
from people.models import Enterprise, LearnerIdentity
from people.roles import Role

LONGEST_SEARCH = 60
STUDENTS_SHOWN, HOSTS_SHOWN = 200, 20


@dataclass(frozen=True, slots=True)
class Row:
    """A student who may be ticked, and the placement that they have already, if any."""

    learner: LearnerIdentity
    placed: Placement | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses: a class or a search, and a host or those it could be."""

    class_name: str
    search: str
    host_search: str
    classes: list[str]
    rows: list[Row]
    host: Enterprise | None
    hosts: list[Enterprise]
    rows_named: list[LearnerIdentity] = field(default_factory=list)


def chosen_of(actor: Actor, query: QueryDict) -> Chosen:
    """The students and the host that the query string asks for, of those the actor places."""
    schools = actor.reach(Role.SCHOOL_COORDINATOR).ids
    own: Any = LearnerIdentity.objects.visible_to(actor).filter(
        school__in=schools, status="enrolled"
    )
    class_name = plain(query.get("class", "")).strip()[:100]
    search = plain(query.get("q", "")).strip()[:LONGEST_SEARCH]
    host_search = plain(query.get("host", "")).strip()[:LONGEST_SEARCH]
    host, hosts = hosts_named(actor, host_search)
    rows = list(_narrowed(own, class_name, search)) if class_name or search else []
    placed = _placed(actor, rows)
    return Chosen(
        class_name=class_name,
        search=search,
        host_search=host_search,
        classes=sorted(own.exclude(class_name="").values_list("class_name", flat=True).distinct()),
        rows=[Row(learner, placed.get(learner.pk)) for learner in rows],
        host=host,
        hosts=hosts,
        rows_named=rows if search and len(rows) == 1 else [],
    )


def _narrowed(own: Any, class_name: str, search: str) -> Any:
    if class_name:
        own = own.filter(class_name=class_name)
    if search:
        own = own.filter(Q(name__contains=search) | Q(student_number__startswith=search))
    return own.order_by("student_number", "pk")[:STUDENTS_SHOWN]


def _placed(actor: Actor, rows: list[LearnerIdentity]) -> dict[int, Placement]:
    """The latest placement of each that is being prepared, or is not over yet."""
    found = (
        Placement.objects.visible_to(actor)
        .filter(learner__in=[row.pk for row in rows], last_on__gte=actor.on)
        .exclude(status__in=(PlacementStatus.ENDED, PlacementStatus.CANCELLED))
        .order_by("starts_on", "pk")
    )
    return {placement.learner_id: placement for placement in found}


def hosts_named(actor: Actor, search: str) -> tuple[Enterprise | None, list[Enterprise]]:
    """The host of just that name or credit code; else those whose name has it, twenty at most."""
    if not search:
        return None, []
    seen: Any = Enterprise.objects.visible_to(actor)
    exact = list(seen.filter(Q(credit_code=search) | Q(name=search)).order_by("pk")[:2])
    if len(exact) == 1:
        return exact[0], []
    found = list(seen.filter(name__contains=search).order_by("name", "pk")[:HOSTS_SHOWN])
    return (found[0], []) if len(found) == 1 else (None, found)
