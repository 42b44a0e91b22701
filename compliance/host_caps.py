"""How many students a host has against how many it may have, over all schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from compliance.rules.host import interning_on
from internships.life.flow import PREPARED
from internships.models import PlacementKind, PlacementState, Post
from law.legal_values import value_on
from people.models import Enterprise

# Offered to the host and not begun: they come, if nothing comes between.
COMING = (*PREPARED, PlacementState.APPROVED)


@dataclass(frozen=True, slots=True)
class Cap:
    """Interns of all schools: at work today, coming, and the most that the staff allows.

    `post` is None for the host as a whole.
    """

    interns: int
    coming: int
    staff: int
    most: int
    post: Post | None = None

    @property
    def left(self) -> int:
        """How many more may come; none where there are as many, or more."""
        return max(self.most - self.interns - self.coming, 0)

    @property
    def is_over(self) -> bool:
        """Whether there are more than may be, with those who come."""
        return self.interns + self.coming > self.most


def caps_of(enterprise: Enterprise, *, on: date) -> list[Cap]:
    """The host's own cap (HOST-08) and those of its posts (HOST-09) on the day, in two queries."""
    whole = Enterprise.objects.filter(pk=enterprise.pk)
    (host,) = _counted(whole, on, "posts__terms")
    posts = _counted(Post.objects.filter(enterprise=enterprise.pk), on, "terms")
    of_host = value_on("interns_share_of_staff", on)
    of_post = value_on("interns_share_of_post", on)
    return [
        Cap(host.interns, host.coming, host.staff_count, int(host.staff_count * of_host)),
        *(
            Cap(post.interns, post.coming, post.headcount, int(post.headcount * of_post), post)
            for post in posts
        ),
    ]


def _counted(rows: Any, on: date, terms: str) -> Any:
    """The rows with the students at work on the day, and those who are to come."""
    coming = Q(
        **{
            f"{terms}__placement__kind": PlacementKind.PRODUCTION,
            f"{terms}__placement__state__in": COMING,
            f"{terms}__placement__last_on__gte": on,
        }
    )
    placed = f"{terms}__placement"
    return rows.annotate(
        interns=Count(placed, filter=interning_on(on, terms), distinct=True),
        coming=Count(placed, filter=coming, distinct=True),
    ).order_by("pk")
