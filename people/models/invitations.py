"""Invitations into a role: a link by which one person takes it on, once; its digest is kept."""

from __future__ import annotations

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.sound_values import filled
from people.access.registry import VisibleQuerySet
from people.models.accounts import User
from people.models.institutions import Enterprise, Mentor, School, Teacher
from people.roles import INVITED_TIES, TIE_OF_ROLE, Role


def _invitation_has_its_tie() -> Q:
    """Exactly the column that the role is tied by is filled."""
    condition = Q()
    for role, tie in TIE_OF_ROLE.items():
        if tie in INVITED_TIES:
            ties = {f"{other}__isnull": other != tie for other in INVITED_TIES}
            condition |= Q(role=role, **ties)
    return condition


class Invitation(models.Model):
    """A link by which one person takes on `role` for one record, once, before `expires_at`.

    `name` is what the inviter calls the person, and what a new account is called.
    """

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    token_digest = models.BinaryField(unique=True)
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    name = models.CharField(_("姓名"), max_length=100)
    school = models.ForeignKey(
        School, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    teacher = models.ForeignKey(
        Teacher, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    mentor = models.ForeignKey(
        Mentor, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("邀请")
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=_invitation_has_its_tie(),
                name="invitation_is_tied_to_what_its_role_acts_for",
            ),
            filled("invitation_says_who_is_invited", "name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="invitation_expires_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__lt=F("expires_at")),
                name="invitation_is_not_accepted_after_it_expired",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accepted_invitation_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_not_accepted_and_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)
