"""Placements found by number, name, code or host: fifty at a time."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from internships.models import Placement, Terms
from people.actors import Actor
from people.models import Enterprise

PAGE = 50
LONGEST_SEARCH = 60


def placements(actor: Actor, *, search: str, after: str) -> tuple[list[Any], str]:
    """The placements that the actor sees and the text names, newest first, and the next mark."""
    rows = Placement.objects.visible_to(actor).select_related("school", "learner")
    if search:
        rows = rows.filter(_named(search, actor))
    if after.isascii() and after.isdigit() and len(after) < 16:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return shown, str(shown[-1].pk) if len(found) > PAGE else ""


def _named(text: str, actor: Actor) -> Q:
    named = Q(learner__student_number__istartswith=text) | Q(code__istartswith=text)
    if not actor.sees_masked:
        named |= Q(learner__name__contains=text)
    hosts = Enterprise.objects.visible_to(actor).filter(name__contains=text).values("pk")
    at_host = Terms.objects.visible_to(actor).filter(post__enterprise__in=hosts)
    return named | Q(pk__in=at_host.values("placement"))
