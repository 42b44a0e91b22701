"""Who reaches the cases: through the subject of each, or through the school it concerns."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from apprenticeship.models import ApprenticeIdentity
from compliance.cases.alerts import Alert
from compliance.cases.history import AlertCount, AlertStep, SweepRun
from compliance.cases.placing import at_hosts_of, at_posts_of, of_hosts
from compliance.notices.rows import Digest, Notice
from internships.models import Placement, Post
from people.access import EVERYTHING, Condition, register, through
from people.access.conditions import own_ids
from people.actors import Reach
from people.models import Enterprise, LearnerIdentity
from people.roles import Role

# Two ways of their own: each is then found on its index, and its number guessed right.


def posts_of_school(reach: Reach) -> Q:
    """Cases of posts at which the school has a standing placement."""
    return Q(pk__in=at_posts_of(reach.ids, reach.on).values("pk"))


def hosts_of_school(reach: Reach) -> Q:
    """Cases of enterprises at which the school has a standing placement."""
    return Q(pk__in=at_hosts_of(reach.ids, reach.on).values("pk"))


def own(reach: Reach) -> Q:
    """What is told to the very person."""
    return Q(recipient=reach.user_id)


# A bell hangs over every page. Notices of cases that somebody may see are therefore asked from the
# notices' side, a few rows of the person, and not from all the cases that they see; tests hold the
# two to the same answer.


def own_of_schools_cases(reach: Reach) -> Q:
    """Notices to the very person, of cases that a coordinator of the schools sees still."""
    seen = Q(alert__school__in=reach.ids) | of_hosts(reach.ids, reach.on, path="alert")
    return own(reach) & seen


def own_of_teachers_cases(reach: Reach) -> Q:
    """Notices to the very person, of cases that the teacher sees still."""
    seen = Q()
    for path, model in (
        ("placement", Placement),
        ("learner", LearnerIdentity),
        ("apprentice", ApprenticeIdentity),
    ):
        seen |= through(f"alert__{path}", model, Role.SCHOOL_TEACHER)(reach)
    return own(reach) & seen


def _of_subject(path: str, model: Any, role: Role) -> dict[Role, Condition]:
    return {role: through(path, model, role)}


register(Alert, {Role.SCHOOL_COORDINATOR: own_ids("school"), Role.COMMISSION: EVERYTHING})
register(Alert, {Role.SCHOOL_COORDINATOR: posts_of_school})
register(Alert, {Role.SCHOOL_COORDINATOR: hosts_of_school})
register(Alert, _of_subject("placement", Placement, Role.SCHOOL_TEACHER))
register(Alert, _of_subject("learner", LearnerIdentity, Role.SCHOOL_TEACHER))
register(Alert, _of_subject("apprentice", ApprenticeIdentity, Role.SCHOOL_TEACHER))
register(Alert, _of_subject("placement", Placement, Role.ENTERPRISE_HR))
register(Alert, _of_subject("post", Post, Role.ENTERPRISE_HR))
register(Alert, _of_subject("enterprise", Enterprise, Role.ENTERPRISE_HR))
register(Alert, _of_subject("apprentice", ApprenticeIdentity, Role.ENTERPRISE_HR))
for _role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR):
    register(AlertStep, {_role: through("alert", Alert, _role)})
register(AlertStep, {Role.COMMISSION: EVERYTHING})
register(AlertCount, {Role.SCHOOL_COORDINATOR: own_ids("school"), Role.COMMISSION: EVERYTHING})
register(SweepRun, {Role.COMMISSION: EVERYTHING})
register(
    Notice,
    {
        Role.SCHOOL_COORDINATOR: own_of_schools_cases,
        Role.SCHOOL_TEACHER: own_of_teachers_cases,
        Role.COMMISSION: own,
    },
)
for _role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.COMMISSION):
    register(Digest, {_role: own})
