"""Who reaches the cases: through the subject of each, or through the school it concerns."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from apprenticeship.models import ApprenticeIdentity
from compliance.cases.alerts import Alert
from compliance.cases.history import AlertCount, AlertStep, SweepRun
from compliance.notices.rows import Digest, Notice
from internships.models import Placement, Post
from people.access import EVERYTHING, Condition, register, through
from people.access.conditions import own_ids
from people.actors import Reach
from people.models import Enterprise, LearnerIdentity
from people.roles import Role


def hosts_of_school(reach: Reach) -> Q:
    """Cases of enterprises and posts at which the school has a standing placement."""
    placed = Placement.objects.standing(reach.on).with_judged_terms(reach.on)
    own: Any = placed.filter(school__in=reach.ids)
    return Q(post__in=own.values("judged__post")) | Q(
        enterprise__in=own.values("judged__post__enterprise")
    )


def own(reach: Reach) -> Q:
    """What is told to the very person."""
    return Q(recipient=reach.user_id)


def own_of_seen_cases(role: Role) -> Condition:
    """Notices to the very person, of cases that the role reaches still."""
    seen = through("alert", Alert, role)
    return lambda reach: own(reach) & seen(reach)


def _of_subject(path: str, model: Any, role: Role) -> dict[Role, Condition]:
    return {role: through(path, model, role)}


register(Alert, {Role.SCHOOL_COORDINATOR: own_ids("school"), Role.COMMISSION: EVERYTHING})
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
for _role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER):
    register(Notice, {_role: own_of_seen_cases(_role)})
register(Notice, {Role.COMMISSION: own})
for _role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.COMMISSION):
    register(Digest, {_role: own})
