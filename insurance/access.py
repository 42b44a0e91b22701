"""Who reaches policies and those insured by them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from insurance.models import InsuredPeriod, Policy
from internships.models import Placement
from people.access import EVERYTHING, Condition, reachable, register
from people.access.conditions import own_ids, through_learner
from people.actors import Reach
from people.roles import Role


def cover_while_placed(reach: Reach) -> Q:
    """Insured periods that touch a placement which the enterprise still reaches."""
    placements = reachable(Placement, Role.ENTERPRISE_HR, reach).filter(
        learner=OuterRef("learner"), period__overlap=OuterRef("period")
    )
    return Q(Exists(placements))


def _policies_of(role: Role) -> Condition:
    """Policies that insure somebody whose insured period the role reaches."""
    return lambda reach: Q(pk__in=reachable(InsuredPeriod, role, reach).values("policy"))


register(
    InsuredPeriod,
    {
        Role.SCHOOL_COORDINATOR: own_ids("school"),
        Role.ENTERPRISE_HR: cover_while_placed,
        Role.COMMISSION: EVERYTHING,
    }
    | through_learner("learner", Role.SCHOOL_TEACHER, Role.STUDENT, Role.GUARDIAN),
)
register(
    Policy,
    {
        role: _policies_of(role)
        for role in (
            Role.SCHOOL_COORDINATOR,
            Role.SCHOOL_TEACHER,
            Role.ENTERPRISE_HR,
            Role.STUDENT,
            Role.GUARDIAN,
        )
    }
    | {Role.COMMISSION: EVERYTHING},
)
