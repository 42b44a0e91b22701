"""Who reaches the rows of the people layer by what a membership is tied to."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from law.legal_values import whole_on
from law.reckoning import age_reached_on
from people.access.registry import EVERYTHING, Condition, reachable, register, through
from people.actors import Reach
from people.models import (
    Device,
    Enterprise,
    Guardian,
    Invitation,
    LearnerIdentity,
    Mentor,
    SavedView,
    School,
    Student,
    Teacher,
)
from people.roles import Role


def latest_birth_of_majority(on: date) -> date:
    """The latest day of birth of those who are of age on `on` (民法典 第十七条)."""
    years = whole_on("majority_age", on)
    born_on = date(on.year - years, on.month, min(on.day, 28)) + timedelta(days=4)
    while age_reached_on(born_on, years, on=on) > on:
        born_on -= timedelta(days=1)
    return born_on


def own_ids(path: str = "pk") -> Condition:
    """Rows that `path` ties to the records of the memberships themselves."""
    return lambda reach: Q(**{f"{path}__in": reach.ids})


def child_of(reach: Reach) -> Q:
    """Learner identities whose roster names this guardian, until the child is of age."""
    return Q(
        pk__in=Guardian.objects.filter(pk__in=reach.ids).values("learner"),
        student__born_on__gt=latest_birth_of_majority(reach.on),
    )


def through_learner(path: str, *roles: Role) -> dict[Role, Condition]:
    """For each of `roles`: rows whose learner identity, at `path`, the role reaches."""
    return {role: through(path, LearnerIdentity, role) for role in roles}


def school_of_teacher(reach: Reach) -> Q:
    """The school that the teacher is on the staff of."""
    return Q(pk__in=Teacher.objects.filter(pk__in=reach.ids).values("school"))


def enterprise_of_mentor(reach: Reach) -> Q:
    """The enterprise that the mentor is on the staff of."""
    return Q(pk__in=Mentor.objects.filter(pk__in=reach.ids).values("enterprise"))


def person_of_learner(role: Role) -> Condition:
    """Persons with a learner identity that the role reaches."""
    return lambda reach: Q(pk__in=reachable(LearnerIdentity, role, reach).values("student"))


def school_of_learner(role: Role) -> Condition:
    """Schools of the learner identities that the role reaches."""
    return lambda reach: Q(pk__in=reachable(LearnerIdentity, role, reach).values("school"))


def own_views(reach: Reach) -> Q:
    """Saved views of the very person."""
    return Q(user=reach.user_id)


def own_devices(reach: Reach) -> Q:
    """Devices of the very person, those that ended left out."""
    return Q(user=reach.user_id, ended_at__isnull=True)


register(SavedView, dict.fromkeys(Role, own_views))
register(Device, dict.fromkeys(Role, own_devices))
register(
    LearnerIdentity,
    {
        Role.SCHOOL_COORDINATOR: own_ids("school"),
        Role.STUDENT: own_ids("student"),
        Role.GUARDIAN: child_of,
        Role.COMMISSION: EVERYTHING,
    },
)
register(
    Student,
    {role: person_of_learner(role) for role in Role if role != Role.COMMISSION}
    | {Role.COMMISSION: EVERYTHING},
)
register(
    Guardian,
    through_learner("learner", Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.STUDENT)
    | {
        Role.GUARDIAN: lambda reach: Q(
            pk__in=reach.ids, learner__in=reachable(LearnerIdentity, Role.GUARDIAN, reach)
        ),
        Role.COMMISSION: EVERYTHING,
    },
)
register(
    School,
    {
        Role.SCHOOL_COORDINATOR: own_ids(),
        Role.SCHOOL_TEACHER: school_of_teacher,
        Role.COMMISSION: EVERYTHING,
    }
    | {
        role: school_of_learner(role)
        for role in (Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR, Role.STUDENT, Role.GUARDIAN)
    },
)
# Hosts are found and compared by every school that places students, so they are no school's secret.
register(
    Enterprise,
    {
        Role.SCHOOL_COORDINATOR: EVERYTHING,
        Role.ENTERPRISE_HR: own_ids(),
        Role.ENTERPRISE_MENTOR: enterprise_of_mentor,
        Role.COMMISSION: EVERYTHING,
    },
)
register(
    Teacher,
    {
        Role.SCHOOL_COORDINATOR: own_ids("school"),
        Role.SCHOOL_TEACHER: own_ids(),
        Role.COMMISSION: EVERYTHING,
    },
)
register(
    Mentor,
    {
        Role.ENTERPRISE_HR: own_ids("enterprise"),
        Role.ENTERPRISE_MENTOR: own_ids(),
        Role.COMMISSION: EVERYTHING,
    },
)
# Whoever may invite for a record sees what was sent for it; an invitation of a host's first HR also
# who sent it.
register(
    Invitation,
    {
        Role.COMMISSION: lambda reach: Q(role=Role.SCHOOL_COORDINATOR),
        Role.SCHOOL_COORDINATOR: lambda reach: (
            Q(school__in=reach.ids)
            | Q(teacher__school__in=reach.ids)
            | Q(role=Role.ENTERPRISE_HR, invited_by=reach.user_id)
        ),
        Role.ENTERPRISE_HR: lambda reach: (
            Q(enterprise__in=reach.ids) | Q(mentor__enterprise__in=reach.ids)
        ),
    },
)
