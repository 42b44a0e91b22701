"""Cases by the enterprises they speak of: the host's own, its posts', its interns'."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from internships.models import Terms
from people.actors import Actor


def of_enterprises(enterprises: Any, actor: Actor) -> Q:
    """Cases of these enterprises (ids, or a query), their posts, and those at work there."""
    judged = Terms.objects.visible_to(actor).judged(actor.on)
    placed = judged.filter(enterprise__in=enterprises)
    return (
        Q(enterprise__in=enterprises)
        | Q(post__enterprise__in=enterprises)
        | Q(apprentice__enterprise__in=enterprises)
        | Q(placement__in=placed.values("placement"))
    )
