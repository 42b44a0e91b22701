"""Who holds a case on a day: asked of the calendar and of the accounts, never nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from apprenticeship.models import ApprenticeIdentity
from compliance.cases.alerts import Alert
from compliance.cases.deadlines import days_to
from compliance.cases.words import HolderLevel
from internships.models import Placement, Terms
from people.models import Membership
from people.roles import Role

Users = tuple[int, ...]
# In these somebody acts on cases; whoever lost the last of them has none any more.
HOLDING_ROLES = frozenset({Role.SCHOOL_TEACHER, Role.SCHOOL_COORDINATOR, Role.COMMISSION})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a case: at which level, and the ids of the users there, ascending.

    The commission holds what nobody else does, whether or not anybody of it has an account.
    """

    level: HolderLevel
    user_ids: Users


def owner_of(alert: Alert, on: date) -> Holder:
    """Who has the case on the day."""
    return owners_of([alert.pk], on=on)[alert.pk]


def owners_of(
    alert_ids: Iterable[int], *, on: date, late_on: date | None = None
) -> dict[int, Holder]:
    """Who has each of the cases on the day, in a fixed number of queries.

    The nearest is whom it was assigned to, as long as that person is one of those who follow; else
    the teacher with an account whom the terms of the day name for the student; then the
    coordinators of the schools it concerns; then the commission. What one of the commission has
    taken stays there, with that person until it is too late for one alone. Days past the deadline
    take it from the nearest to the next; they are those of `late_on` where another day is given.
    Whoever holds a case sees it.
    """
    rows = _rows(alert_ids, late_on or on)
    people = _People(rows, on)
    return {row["pk"]: people.holder(row) for row in rows}


def holders_at(level: HolderLevel, alert_ids: Iterable[int], *, on: date) -> dict[int, Users]:
    """The users at `level` for each of the cases on the day, or at the next one up with anybody."""
    rows = _rows(alert_ids, on)
    people = _People(rows, on)
    return {row["pk"]: people.at(level, row) for row in rows}


def _rows(alert_ids: Iterable[int], on: date) -> list[dict[str, Any]]:
    return list(
        Alert.objects.filter(pk__in=list(alert_ids))
        .with_days_overdue(on)
        .values(
            *("pk", "placement", "learner", "apprentice", "post", "enterprise", "school"),
            *("assigned_to", "days_overdue"),
        )
    )


def teachers_of(alert: Alert, on: date) -> set[int]:
    """The teachers who are named for the student of the case on the day."""
    keys = {name: getattr(alert, f"{name}_id") for name in ("placement", "learner", "apprentice")}
    named = _teachers([keys], on)
    return {teacher for teachers in named.values() for teacher in teachers}


def schools_concerned(alert: Alert, on: date) -> set[int]:
    """The school of the case, or those with a standing placement at its host or post."""
    if alert.school_id:
        return {alert.school_id}
    placing = _schools_of_hosts([{"post": alert.post_id, "enterprise": alert.enterprise_id}], on)
    return placing.get(("post", alert.post_id), set()) | placing.get(
        ("enterprise", alert.enterprise_id), set()
    )


class _People:
    """Whom the cases concern: teachers by subject, coordinators by school, the commission."""

    def __init__(self, rows: list[dict[str, Any]], on: date) -> None:
        self._to_coordinator = days_to(HolderLevel.COORDINATOR, on)
        self._to_commission = days_to(HolderLevel.COMMISSION, on)
        self._teachers = _teachers(rows, on)
        self._schools = _schools_of_hosts(rows, on)
        teachers = {teacher for named in self._teachers.values() for teacher in named}
        schools = {school for placing in self._schools.values() for school in placing}
        concerned = (
            Q(role=Role.SCHOOL_TEACHER, teacher__in=teachers)
            | Q(role=Role.SCHOOL_COORDINATOR, school__in=schools | _keys(rows, "school"))
            | Q(role=Role.COMMISSION)
        )
        held: dict[tuple[str, int], set[int]] = defaultdict(set)
        memberships = Membership.objects.filter(
            concerned, period__contains=on, user__is_active=True
        )
        for role, tie, user in memberships.values_list("role", "tie_id", "user_id"):
            held[role, tie].add(user)
        self._held = held

    def holder(self, row: dict[str, Any]) -> Holder:
        overdue = row["days_overdue"] or 0
        every = _sorted(self._held[Role.COMMISSION, 0])
        if self._is_taken(row):
            alone = overdue < self._to_commission
            return Holder(HolderLevel.COMMISSION, (row["assigned_to"],) if alone else every)
        nearest = self._nearest(row)
        if nearest and overdue < self._to_coordinator:
            return Holder(self._level_of_nearest(row), nearest)
        coordinators = self._coordinators(row)
        if coordinators and overdue < self._to_commission:
            return Holder(HolderLevel.COORDINATOR, coordinators)
        return Holder(HolderLevel.COMMISSION, every)

    def at(self, level: HolderLevel, row: dict[str, Any]) -> Users:
        """The users at that level, or at the next one up that has anybody."""
        nearest = self._nearest(row) if level == HolderLevel.TEACHER else ()
        coordinators = self._coordinators(row) if level != HolderLevel.COMMISSION else ()
        return nearest or coordinators or _sorted(self._held[Role.COMMISSION, 0])

    def _is_taken(self, row: dict[str, Any]) -> bool:
        """Whether one of the commission has it, and not as somebody of a school."""
        near = {*self._teachers_of(row), *self._coordinators(row)}
        return row["assigned_to"] in self._held[Role.COMMISSION, 0] - near

    def _level_of_nearest(self, row: dict[str, Any]) -> HolderLevel:
        """A coordinator who was given it, and is no teacher of the student, has it as such."""
        teachers = self._teachers_of(row)
        given = row["assigned_to"] in {*self._coordinators(row)} - {*teachers}
        return HolderLevel.COORDINATOR if given else HolderLevel.TEACHER

    def _nearest(self, row: dict[str, Any]) -> Users:
        teachers = self._teachers_of(row)
        able = {*teachers, *self._coordinators(row)}
        return (row["assigned_to"],) if row["assigned_to"] in able else teachers

    def _teachers_of(self, row: dict[str, Any]) -> Users:
        teachers = {
            teacher
            for reference in ("placement", "learner", "apprentice")
            if row[reference]
            for teacher in self._teachers.get((reference, row[reference]), ())
        }
        return _sorted(
            user for teacher in teachers for user in self._held[Role.SCHOOL_TEACHER, teacher]
        )

    def _coordinators(self, row: dict[str, Any]) -> Users:
        schools = {row["school"]} if row["school"] else set()
        for reference in ("post", "enterprise"):
            schools |= self._schools.get((reference, row[reference]), set())
        return _sorted(
            user for school in schools for user in self._held[Role.SCHOOL_COORDINATOR, school]
        )


def _sorted(users: Iterable[int]) -> Users:
    return tuple(sorted(set(users)))


def _keys(rows: list[dict[str, Any]], reference: str) -> set[int]:
    return {row[reference] for row in rows if row[reference]}


def _teachers(rows: list[dict[str, Any]], on: date) -> dict[tuple[str, int], set[int]]:
    """Teachers named for the students that the cases are about, by reference and its key."""
    named: dict[tuple[str, int], set[int]] = defaultdict(set)
    terms = Terms.objects.filter(period__contains=on, teacher__isnull=False)
    of_placements = terms.filter(placement__in=_keys(rows, "placement"))
    standing = Placement.objects.standing(on).filter(learner__in=_keys(rows, "learner"))
    of_learners = terms.filter(placement__in=standing)
    apprentices = ApprenticeIdentity.objects.filter(
        pk__in=_keys(rows, "apprentice"), period__contains=on, teacher__isnull=False
    )
    for reference, found in (
        ("placement", of_placements.values_list("placement", "teacher")),
        ("learner", of_learners.values_list("placement__learner", "teacher")),
        ("apprentice", apprentices.values_list("pk", "teacher")),
    ):
        for key, teacher in found:
            named[reference, key].add(teacher)
    return named


def _schools_of_hosts(
    rows: list[dict[str, Any]], on: date
) -> dict[tuple[str, int | None], set[int]]:
    """Schools with a standing placement at the posts and enterprises that the cases are about."""
    placing: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    there: Any = Placement.objects.standing(on).with_judged_terms(on)
    placed = there.filter(
        Q(judged__post__in=_keys(rows, "post"))
        | Q(judged__post__enterprise__in=_keys(rows, "enterprise"))
    )
    for post, enterprise, school in placed.values_list(
        "judged__post", "judged__post__enterprise", "school"
    ).distinct():
        placing["post", post].add(school)
        placing["enterprise", enterprise].add(school)
    return placing
