"""What the selects of the filter bar offer: classes, hosts and schools with cases that stand."""

from __future__ import annotations

from typing import Any

from compliance.models import Alert
from internships.models import Terms
from people.actors import Actor
from people.models import Enterprise, LearnerIdentity, School
from people.roles import Role

MOST = 300


def choices(actor: Actor) -> dict[str, list[Any]]:
    """Classes for who looks after one school, schools for the commission, hosts for both."""
    standing = Alert.objects.visible_to(actor).standing().order_by()
    placed = standing.filter(placement__isnull=False).values("placement")
    judged = Terms.objects.visible_to(actor).judged(actor.on)
    hosts = judged.filter(placement__in=placed).values("enterprise")
    offered: dict[str, list[Any]] = {
        "enterprises": list(
            Enterprise.objects.visible_to(actor)
            .filter(pk__in=hosts)
            .order_by("name")
            .values_list("pk", "name")[:MOST]
        )
    }
    if actor.has(Role.COMMISSION):
        schools = School.objects.visible_to(actor).order_by("name").values_list("pk", "name")
        return offered | {"schools": list(schools[:MOST]), "classes": []}
    classes = (
        LearnerIdentity.objects.visible_to(actor)
        .filter(placements__in=placed)
        .exclude(class_name="")
        .order_by("class_name")
        .values_list("class_name", flat=True)
        .distinct()[:MOST]
    )
    return offered | {"schools": [], "classes": list(classes)}
