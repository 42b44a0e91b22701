"""Cases of hosts and posts are of the schools that place there: one definition for all who ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from compliance.cases.alerts import Alert
from internships.models import Placement

# Asked of each case of a post or a host, of which there are few: a school has ten thousand
# placements, and listing where they are took most of a page's time.


def at_posts_of(schools: Any, on: date) -> Any:
    """Cases of posts at which one of the schools, by id or a query of them, has a standing
    placement."""
    there = _placed(on).filter(judged__school__in=schools, judged__post=OuterRef("post"))
    return Alert.objects.filter(Exists(there), post__isnull=False)


def at_hosts_of(schools: Any, on: date) -> Any:
    """Cases of enterprises at which one of the schools has a standing placement."""
    host = OuterRef("enterprise")
    there = _placed(on).filter(judged__school__in=schools, judged__enterprise=host)
    return Alert.objects.filter(Exists(there), enterprise__isnull=False)


def placed_there(on: date) -> Any:
    """Standing placements at the post, or the host, of a case: asked from its row."""
    return _placed(on).filter(
        Q(judged__post=OuterRef("post")) | Q(judged__enterprise=OuterRef("enterprise"))
    )


def of_hosts(schools: Any, on: date, *, path: str = "pk") -> Q:
    """Both; `path` leads to the case."""
    return Q(**{f"{path}__in": at_posts_of(schools, on).values("pk")}) | Q(
        **{f"{path}__in": at_hosts_of(schools, on).values("pk")}
    )


def _placed(on: date) -> Any:
    """Standing placements; their terms name school and host too, and are found by them."""
    return Placement.objects.standing(on).with_judged_terms(on)
