"""What somebody leaves behind: the cases given to them and the students they are named for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import chain
from compliance.cases.alerts import Alert
from compliance.cases.holding import concerning, taught_by
from compliance.cases.moves import give
from compliance.cases.policies import DECIDING_ROLES, colleagues
from compliance.cases.refusals import NotPermitted
from internships.models import Placement, Terms
from people.accounts.powers import looked_after
from people.accounts.services import end_membership
from people.actors import Actor
from people.models import Membership, User
from people.roles import Role


def cases_left(membership: Membership, *, actor: Actor) -> Any:
    """The standing cases given to the member and reached by this membership on the actor's day."""
    reached = Q(pk__in=[])
    if membership.role == Role.SCHOOL_TEACHER:
        reached = taught_by([membership.tie_id], actor.on)
    elif membership.role == Role.SCHOOL_COORDINATOR:
        reached = concerning([membership.tie_id], actor.on)
    return Alert.objects.standing().filter(reached, assigned_to=membership.user_id)


def students_named(membership: Membership, *, actor: Actor) -> Any:
    """The placements, running or to come, for which terms of the day name this teacher or mentor.

    They name the person of the roster, not the account, and stay until the terms are amended.
    """
    columns = {Role.SCHOOL_TEACHER: "teacher", Role.ENTERPRISE_MENTOR: "mentor"}
    column = columns.get(Role(membership.role))
    if column is None:
        return Placement.objects.none()
    named = Terms.objects.filter(**{column: membership.tie_id}, period__contains=actor.on)
    return Placement.objects.not_ended().filter(
        pk__in=named.values("placement"), last_on__gte=actor.on
    )


def successors(membership: Membership, *, actor: Actor) -> Any:
    """To whom the actor may hand cases on: colleagues of the school, never the member; for whoever
    decides on no case, nobody."""
    if actor.roles.isdisjoint(DECIDING_ROLES):
        return User.objects.none()
    return colleagues(actor).exclude(pk=membership.user_id)


@transaction.atomic
def end_tenure(
    *, membership: Membership, to: User | None = None, actor: Actor, at: datetime
) -> int:
    """End the member's rights at once, and hand the cases given to them to `to`; how many.

    Without `to` they go to whom each case is nearest. Either all of it is done or nothing. Raises
    NotPermitted unless the actor looks after the membership, and when `to` may not hold one of the
    cases.
    """
    held = looked_after(actor).select_for_update(of=("self",)).filter(pk=membership.pk).first()
    if held is None:
        raise NotPermitted(_("您不能结束此人的任职"))
    steps: list[int] = []
    if to is not None:
        for alert in cases_left(held, actor=actor).order_by("pk"):
            _held, step = give(alert, to=to, actor=actor, at=at)
            steps += [step.pk] if step is not None else []
    end_membership(membership=held, last=actor.on - timedelta(days=1))
    facts: dict[str, chain.Fact] = {
        "user": held.user_id,
        "role": held.role,
        "cases": len(steps),
        "steps": steps[: chain.MOST_IN_A_LIST],
    }
    if to is not None:
        facts["to"] = to.pk
    chain.record(
        "account.end_tenure",
        subject=f"membership:{held.pk}",
        by=actor.user_id,
        at=at,
        facts=facts,
    )
    return len(steps)
