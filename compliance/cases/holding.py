"""Who holds which cases, asked of all of them at once: what `owners` says of one, as a query."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from apprenticeship.models import ApprenticeIdentity
from compliance.cases.alerts import Alert
from compliance.cases.deadlines import days_to
from compliance.cases.owners import HOLDING_ROLES
from compliance.cases.placing import of_hosts, placed_there
from compliance.cases.words import HolderLevel
from internships.models import Placement, Terms
from people.actors import Actor
from people.models import Membership
from people.roles import Role


def held_by(actor: Actor, on: date, *, among: Any = None) -> Any:
    """The standing cases that the actor has on the day: given, a student's own, or climbed up.

    `among` narrows whose cases are weighed at all.
    """
    rows = (Alert.objects.all() if among is None else among).standing()
    return weighed(rows, on).filter(is_held_by(actor, on))


def is_held_by(actor: Actor, on: date) -> Q:
    """The condition that the actor has a standing case on the day, of cases that are `weighed`."""
    mine = Q(pk__in=[])
    if actor.roles & HOLDING_ROLES:
        mine |= Q(assigned_to=actor.user_id, given=True) & _near(on)
    if actor.has(Role.SCHOOL_TEACHER):
        taught = taught_by(actor.reach(Role.SCHOOL_TEACHER).ids, on)
        mine |= taught & Q(given=False, taken=False) & _near(on)
    if actor.has(Role.SCHOOL_COORDINATOR):
        schools = actor.reach(Role.SCHOOL_COORDINATOR).ids
        mine |= concerning(schools, on) & Q(nearest=False, taken=False) & _before_the_commission(on)
    if actor.has(Role.COMMISSION):
        alone = Q(taken=True) & _before_the_commission(on)
        mine |= Q(nearest=False, coordinated=False) & (Q(assigned_to=actor.user_id) | ~alone)
    return mine


def at_level(rows: Any, on: date) -> Any:
    """The cases with `level`, where each is held on the day, and `days_overdue`.

    Days past the deadline take a case from the nearest to the coordinators of the schools it
    concerns and on to the commission; a level at which nobody has an account is passed over. A
    coordinator who was given one has it as such.
    """
    as_teacher = _any_of(_ways_of_a_teacher(on))
    return weighed(rows, on).annotate(
        level=Case(
            When(Q(nearest=True, given=True) & ~as_teacher, then=Value(HolderLevel.COORDINATOR)),
            When(nearest=True, then=Value(HolderLevel.TEACHER)),
            When(coordinated=True, then=Value(HolderLevel.COORDINATOR)),
            default=Value(HolderLevel.COMMISSION),
            output_field=CharField(),
        )
    )


def weighed(rows: Any, on: date) -> Any:
    """The cases with `late`, days past the deadline or 0; whether they are `given` to somebody of
    a school who could act on them still, or else `taken` by one of the commission; and whether, not
    being too late for it, they are the `nearest`'s, or may be the coordinators'."""
    near = Q(given=True) | taught_by(_accounts(Role.SCHOOL_TEACHER, on), on)
    schools = concerning(_accounts(Role.SCHOOL_COORDINATOR, on), on)
    late = Coalesce(F("days_overdue"), Value(0))
    return (
        rows.with_days_overdue(on)
        .alias(late=late, given=_whether(_is_given(on)))
        .alias(taken=_whether(_is_taken(on)))
        .alias(
            nearest=_whether(_near(on) & near & Q(taken=False)),
            coordinated=_whether(_before_the_commission(on) & schools & Q(taken=False)),
        )
    )


def _near(on: date) -> Q:
    return Q(late__lt=days_to(HolderLevel.COORDINATOR, on))


def _before_the_commission(on: date) -> Q:
    return Q(late__lt=days_to(HolderLevel.COMMISSION, on))


def _whether(condition: Q) -> Case:
    """A condition as true or false, for one that may be null would be neither."""
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def taught_by(teachers: Any, on: date) -> Q:
    """Cases of students for whom one of the teachers (ids, or a query of them) is named."""
    terms = Terms.objects.filter(teacher__in=teachers, period__contains=on)
    standing = Placement.objects.standing(on).filter(pk__in=terms.values("placement"))
    apprentices = ApprenticeIdentity.objects.filter(teacher__in=teachers, period__contains=on)
    return (
        Q(placement__in=terms.values("placement"))
        | Q(learner__in=standing.values("learner"))
        | Q(apprentice__in=apprentices.values("pk"))
    )


def concerning(schools: Any, on: date) -> Q:
    """Cases of the schools (ids, or a query of them), and of hosts and posts they place at."""
    return Q(school__in=schools) | of_hosts(schools, on)


def _accounts(role: Role, on: date) -> Any:
    """Ids of the records that somebody with an account acts for in the role on the day."""
    return _held(on).filter(role=role).values("tie_id")


def _is_taken(on: date) -> Q:
    """Whether one of the commission has the case, and not as somebody of a school."""
    held = _held(on).filter(user=OuterRef("assigned_to"), role=Role.COMMISSION)
    return Q(Exists(held), assigned_to__is_active=True, given=False)


def _is_given(on: date) -> Q:
    """Whether whom the case was assigned to could be given it on the day: as its student's teacher,
    or as coordinator of a school it concerns."""
    held = _held(on).filter(user=OuterRef("assigned_to"))
    coordinating = held.filter(role=Role.SCHOOL_COORDINATOR, school=OuterRef("school"))
    placing = placed_there(on).filter(**_is_assignee("school", on))
    able = _any_of([*_ways_of_a_teacher(on), coordinating, placing])
    return Q(assigned_to__isnull=False, assigned_to__is_active=True) & able


def _ways_of_a_teacher(on: date) -> list[Any]:
    """How whom a case was assigned to may be named for its student on the day."""
    terms = Terms.objects.filter(
        placement=OuterRef("placement"), period__contains=on, **_is_assignee("teacher", on)
    )
    standing = Placement.objects.standing(on).filter(
        learner=OuterRef("learner"),
        terms__period__contains=on,
        **_is_assignee("terms__teacher", on),
    )
    apprentices = ApprenticeIdentity.objects.filter(
        pk=OuterRef("apprentice"), period__contains=on, **_is_assignee("teacher", on)
    )
    return [terms, standing, apprentices]


def _any_of(ways: list[Any]) -> Q:
    able = Q()
    for way in ways:
        able |= Q(Exists(way))
    return able


def _is_assignee(path: str, on: date) -> dict[str, Any]:
    """That whom the case is assigned to acts for the record at `path` on the day."""
    return {
        f"{path}__memberships__user": OuterRef("assigned_to"),
        f"{path}__memberships__period__contains": on,
    }


def _held(on: date) -> Any:
    return Membership.objects.filter(period__contains=on, user__is_active=True)
