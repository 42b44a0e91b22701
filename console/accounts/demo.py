"""One account a role in the demo district, all around one placement; for development alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from insurance.models import InsuredPeriod
from internships.models import Placement, PlacementState, Terms
from people.access.conditions import latest_birth_of_majority
from people.accounts.services import begin_membership, open_account
from people.models import Membership, User
from people.roles import Role

REASON = "demo accounts are tied to rows of the demo district"
USERNAMES = {role: f"demo-{role.value.replace('_', '-')}" for role in Role}
PERSONS = ("teacher", "mentor", "placement__learner__student", "placement__learner__guardian")
MEMBER_FOR = timedelta(days=366)


class DemoRefused(Exception):
    """Demo accounts are for development, beside a demo district."""


@transaction.atomic
def demo_users(*, on: date) -> dict[Role, User]:
    """A demo user for each role that the district has a row for, with a membership on `on`.

    All stand around one minor's running placement, so that what one does another sees. Raises
    DemoRefused in production and when no school has been loaded. Safe to repeat.
    """
    if settings.PRODUCTION:
        raise DemoRefused(_("生产环境没有演示账号"))
    terms = _story(on)
    if terms is None:
        raise DemoRefused(_("还没有进行中的实习：请先 make run 或载入示范学区"))
    placement = terms.placement
    ties: dict[Role, Any] = {
        Role.SCHOOL_COORDINATOR: placement.school,
        Role.SCHOOL_TEACHER: terms.teacher,
        Role.ENTERPRISE_HR: terms.post.enterprise,
        Role.ENTERPRISE_MENTOR: terms.mentor,
        Role.STUDENT: placement.learner.student,
        Role.GUARDIAN: placement.learner.guardian,
        Role.COMMISSION: None,
    }
    return {role: _demo_user(role, tie, on) for role, tie in ties.items()}


def _story(on: date) -> Terms | None:
    """Terms of a minor's running placement that names everybody, an uninsured one if there is.

    Of the first school that has one; people with accounts of their own are left alone.
    """
    running = Placement.objects.unscoped(reason=REASON).filter(
        state=PlacementState.ACTIVE, starts_on__lte=on, last_on__gte=on + timedelta(days=1)
    )
    told = Terms.objects.unscoped(reason=REASON).filter(
        placement__in=running,
        period__contains=on,
        teacher__isnull=False,
        mentor__isnull=False,
        placement__learner__guardian__isnull=False,
        placement__learner__student__born_on__gt=latest_birth_of_majority(on),
    )
    free = told
    for person in PERSONS:
        free = free.exclude(**{f"{person}__memberships__user__demo": False})
    covered = InsuredPeriod.objects.unscoped(reason=REASON).filter(
        learner=OuterRef("placement__learner"), period__contains=on
    )
    return (
        free.select_related(
            "teacher",
            "mentor",
            "post__enterprise",
            "placement__school",
            "placement__learner__student",
            "placement__learner__guardian",
        )
        .order_by("placement__school__code", Exists(covered), "placement__code")
        .first()
    )


def _demo_user(role: Role, tie: Any, on: date) -> User:
    user = User.objects.unscoped(reason=REASON).filter(username=USERNAMES[role]).first()
    if user is None:
        name = _("演示·%(role)s") % {"role": role.label}
        user = open_account(username=USERNAMES[role], display_name=name, demo=True)
    held = Membership.objects.unscoped(reason=REASON).filter(user=user, period__contains=on)
    if not held.exists():
        begin_membership(user=user, role=role, tie=tie, first=on, last=on + MEMBER_FOR)
    return user
