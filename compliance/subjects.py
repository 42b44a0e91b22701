"""Whom a recheck judges: ids by kind, and how a change of one touches others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from django.db.models import Q

from apprenticeship.models import ApprenticeIdentity
from insurance.models import InsuredPeriod
from internships.models import Placement, Post, Terms
from people.models import LearnerIdentity

Ids = frozenset[int]
NOBODY: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Subjects:
    """Primary keys of those to be judged, by the model of a rule's scope."""

    placements: Ids = NOBODY
    learners: Ids = NOBODY
    posts: Ids = NOBODY
    enterprises: Ids = NOBODY
    apprentices: Ids = NOBODY

    def __len__(self) -> int:
        return sum(len(getattr(self, field.name)) for field in fields(self))

    def __or__(self, other: Subjects) -> Subjects:
        return Subjects(
            **{it.name: getattr(self, it.name) | getattr(other, it.name) for it in fields(self)}
        )

    def widened(self) -> Subjects:
        """These, and the posts, enterprises and students of their placements.

        Those are counted over placements, so a placement that changes changes what they are found
        guilty of; placements beside it at the same post are not touched.
        """
        at = Terms.objects.filter(placement__in=self.placements)
        rows = list(at.values_list("post_id", "post__enterprise_id").distinct())
        students = Placement.objects.filter(pk__in=self.placements)
        return self | Subjects(
            posts=frozenset(post for post, _ in rows),
            enterprises=frozenset(enterprise for _, enterprise in rows),
            learners=frozenset(students.values_list("learner_id", flat=True)),
        )


def touched_by(changes: Iterable[Mapping[str, Iterable[int]]]) -> Subjects:
    """Whoever may be judged otherwise after changes of these rows, ids by kind.

    Beside the kinds of Subjects, a change may name `schools`, `policies` and `students` (persons).
    What hangs on a post, an enterprise or a student is judged by them, so their placements come
    in; and then what is counted over those.
    """
    ids: dict[str, set[int]] = {}
    for change in changes:
        for kind, keys in change.items():
            ids.setdefault(kind, set()).update(keys)
    learners = ids.get("learners", set()) | _learners_of(ids)
    posts = ids.get("posts", set()) | set(
        Post.objects.filter(enterprise__in=ids.get("enterprises", ())).values_list("pk", flat=True)
    )
    placements = ids.get("placements", set()) | _placements_of(learners, posts)
    apprentices = ApprenticeIdentity.objects.filter(learner__in=learners)
    return Subjects(
        placements=frozenset(placements),
        learners=frozenset(learners),
        posts=frozenset(posts),
        enterprises=frozenset(ids.get("enterprises", ())) | _hosts_of(posts),
        apprentices=frozenset(ids.get("apprentices", ()))
        | frozenset(apprentices.values_list("pk", flat=True)),
    ).widened()


def _learners_of(ids: Mapping[str, set[int]]) -> set[int]:
    """Students of changed schools, on rosters of changed policies, identities of persons."""
    insured = InsuredPeriod.objects.filter(policy__in=ids.get("policies", ()))
    known = LearnerIdentity.objects.filter(
        Q(student__in=ids.get("students", ())) | Q(school__in=ids.get("schools", ()))
    )
    return {*insured.values_list("learner_id", flat=True), *known.values_list("pk", flat=True)}


def _hosts_of(posts: set[int]) -> Ids:
    """Enterprises of the posts: that of a post somebody left is named by no terms any more."""
    return frozenset(Post.objects.filter(pk__in=posts).values_list("enterprise_id", flat=True))


def _placements_of(learners: set[int], posts: set[int]) -> set[int]:
    theirs = Placement.objects.filter(learner__in=learners)
    there = Terms.objects.filter(post__in=posts)
    return {*theirs.values_list("pk", flat=True), *there.values_list("placement_id", flat=True)}
