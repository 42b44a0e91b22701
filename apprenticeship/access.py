"""Who reaches apprentice identities, and the apprentices whom they let a host reach."""

from __future__ import annotations

from django.db.models import Q

from apprenticeship.models import ApprenticeIdentity
from people.access import EVERYTHING, Condition, reachable, register
from people.access.conditions import own_ids, through_learner
from people.actors import Reach
from people.models import LearnerIdentity
from people.roles import Role


def _not_over(path: str) -> Condition:
    """Identities of the host's side at `path`; gone the day after their last day."""
    return lambda reach: (
        Q(**{f"{path}__in": reach.ids})
        & (Q(period__endswith__gt=reach.on) | Q(period__upper_inf=True))
    )


def taught_as_apprentices(reach: Reach) -> Q:
    """Learner identities whose apprentice identity of the day names the teacher."""
    named = ApprenticeIdentity.objects.filter(teacher__in=reach.ids, period__contains=reach.on)
    return Q(pk__in=named.values("learner"))


def _apprentices(role: Role) -> Condition:
    return lambda reach: Q(pk__in=reachable(ApprenticeIdentity, role, reach).values("learner"))


register(
    ApprenticeIdentity,
    {
        Role.SCHOOL_COORDINATOR: own_ids("school"),
        Role.ENTERPRISE_HR: _not_over("enterprise"),
        Role.ENTERPRISE_MENTOR: _not_over("mentor"),
        Role.COMMISSION: EVERYTHING,
    }
    | through_learner("learner", Role.SCHOOL_TEACHER, Role.STUDENT, Role.GUARDIAN),
)
register(
    LearnerIdentity,
    {role: _apprentices(role) for role in (Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR)}
    | {Role.SCHOOL_TEACHER: taught_as_apprentices},
)
