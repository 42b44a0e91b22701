"""Who may invite whom and look after whose account: one table, role by role, and by which record.

What is not in it nobody may; a layer above adds what only it can tell.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model, Q

from people.access import EVERYTHING, Condition
from people.access.conditions import own_ids
from people.actors import Actor
from people.models import Enterprise, Membership, Mentor, School, Teacher
from people.roles import PERSONAL_ROLES, TIE_OF_ROLE, Role

Powers = dict[tuple[Role, Role], Condition]

# What an invitation in a role may be tied to
TIE_MODELS: dict[Role, type[Model]] = {
    Role.SCHOOL_COORDINATOR: School,
    Role.SCHOOL_TEACHER: Teacher,
    Role.ENTERPRISE_HR: Enterprise,
    Role.ENTERPRISE_MENTOR: Mentor,
}

# (who, whom): the records for which `who` invites `whom`, and looks after those who hold the role
LOOKS_AFTER: Powers = {
    (Role.COMMISSION, Role.SCHOOL_COORDINATOR): EVERYTHING,
    (Role.SCHOOL_COORDINATOR, Role.SCHOOL_COORDINATOR): own_ids(),
    (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER): own_ids("school"),
    (Role.ENTERPRISE_HR, Role.ENTERPRISE_HR): own_ids(),
    (Role.ENTERPRISE_HR, Role.ENTERPRISE_MENTOR): own_ids("enterprise"),
}

# Those for which `who` invites `whom` and afterwards has no say
INVITES: Powers = {}

CARING_ROLES = frozenset(who for who, _ in LOOKS_AFTER)


def let_invite(who: Role, whom: Role, ties: Condition) -> None:
    """Let `who` invite `whom` for the records that `ties` names, without looking after them."""
    INVITES[who, whom] = ties


def lasting(on: date) -> Q:
    """Memberships that hold on the day or will later: those over grant nothing any more."""
    return Q(period__endswith__gt=on) | Q(period__endswith__isnull=True)


def invitable(actor: Actor, role: Role) -> Any:
    """The records for which the actor may invite somebody into `role` on its day.

    Of a roster those alone whom no account has claimed.
    """
    rows: Any = TIE_MODELS[role]._default_manager
    named = _named(actor, role, LOOKS_AFTER | INVITES)
    if role in PERSONAL_ROLES:
        taken = Membership.objects.filter(lasting(actor.on), role=role)
        named &= ~Q(pk__in=taken.values("tie_id"))
    return rows.filter(named)


def looked_after(actor: Actor) -> Any:
    """The memberships, held on the day or to come, that the actor looks after; not the own ones."""
    named = Q(pk__in=[])
    for role, model in TIE_MODELS.items():
        rows = model._default_manager.filter(_named(actor, role, LOOKS_AFTER))
        named |= Q(role=role, **{f"{TIE_OF_ROLE[role]}__in": rows.values("pk")})
    return Membership.objects.filter(named, lasting(actor.on)).exclude(user=actor.user_id)


def _named(actor: Actor, whom: Role, powers: Powers) -> Q:
    named = Q(pk__in=[])
    for who in sorted(actor.roles):
        if ties := powers.get((who, whom)):
            reached = TIE_MODELS[whom]._default_manager.filter(ties(actor.reach(who)))
            named |= Q(pk__in=reached.values("pk"))
    return named
