"""Whom a rule judges on a day, and which of them a school is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from apprenticeship.models import ApprenticeIdentity
from internships.models import Placement, Post
from people.models import Enterprise, LearnerIdentity, School

Rows = QuerySet[Any]

# What makes a placement a standing one.
STANDING = ("standing_ahead_days", "standing_behind_days")


@dataclass(frozen=True)
class Scope:
    """The subjects of a rule: all rows of `model`, narrowed by `judged` to those it looks at.

    `words` says in English who they are, `numbers` which legal values decide it.

    `shown_to` narrows rows to those whose alerts a school reads; it never changes what is counted.
    """

    words: str
    model: type[Model]
    judged: Callable[[Any, date], Rows]
    shown_to: Callable[[Rows, School, date], Rows]
    numbers: tuple[str, ...] = ()

    def subjects(
        self, on: date, *, among: Rows | None = None, school: School | None = None
    ) -> Rows:
        """Who is judged on `on`, of the rows in `among` where given, as far as `school` sees."""
        rows = self.model._default_manager.all() if among is None else among
        rows = self.judged(rows, on)
        return rows if school is None else self.shown_to(rows, school, on)


def _of_its_school(rows: Rows, school: School, on: date) -> Rows:
    return rows.filter(school=school)


def _placing_at(**relation: Any) -> Callable[[Rows, School, date], Rows]:
    """Rows at which the school has a standing placement, of either kind."""

    def shown_to(rows: Rows, school: School, on: date) -> Rows:
        there = Placement.objects.standing(on).with_judged_terms(on)
        return rows.filter(Exists(there.filter(school=school, **relation)))

    return shown_to


standing_placements = Scope(
    "standing placements", Placement, lambda rows, on: rows.standing(on), _of_its_school, STANDING
)

standing_production = Scope(
    "standing 岗位实习",
    Placement,
    lambda rows, on: rows.standing(on).production(),
    _of_its_school,
    STANDING,
)

begun_production = Scope(
    "begun 岗位实习",
    Placement,
    lambda rows, on: rows.begun(on).production(),
    _of_its_school,
    STANDING,
)

hosts = Scope(
    "enterprises",
    Enterprise,
    lambda rows, on: rows,
    _placing_at(judged__post__enterprise=OuterRef("pk")),
)

posts = Scope("posts", Post, lambda rows, on: rows, _placing_at(judged__post=OuterRef("pk")))

learners_placed = Scope(
    "students with a standing 岗位实习",
    LearnerIdentity,
    lambda rows, on: rows.filter(
        Exists(Placement.objects.standing(on).production().filter(learner=OuterRef("pk")))
    ),
    _of_its_school,
    STANDING,
)

running_apprentices = Scope(
    "apprentices on their days as such",
    ApprenticeIdentity,
    lambda rows, on: rows.filter(period__contains=on),
    _of_its_school,
)
