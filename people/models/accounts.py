"""Those who sign in, and for whom they act from day to day."""

from __future__ import annotations

import uuid6
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from common.mails import mask_mail
from common.phones import mask_phone
from common.sensitive import BlindIndexField, Sealed, SealedField, Sensitive
from common.sound_values import by_function, calendar_ends
from people.access.registry import VisibleQuerySet
from people.models.institutions import Enterprise, Mentor, School, Teacher
from people.models.students import Guardian, Student
from people.roles import PERSONAL_ROLES, TIE_OF_ROLE, TIES, Role


class User(AbstractBaseUser):
    """Somebody who signs in. What they may see follows from their memberships alone.

    `username` is kept in small letters. A `demo` user belongs to the demo district and is refused
    in production. `last_login` is not kept.
    """

    PHONE = Sealed("people_user", "phone", mask_phone)
    EMAIL = Sealed("people_user", "email", mask_mail)
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    last_login = None
    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    username = models.CharField(_("用户名"), max_length=60, unique=True)
    display_name = models.CharField(_("姓名"), max_length=100)
    phone_sealed = SealedField(_("手机"), null=True)
    phone_index = BlindIndexField(null=True, db_index=True)
    email_sealed = SealedField(_("邮箱"), null=True)
    email_index = BlindIndexField(null=True, db_index=True)
    is_active = models.BooleanField(_("启用"), default=True)
    demo = models.BooleanField(_("演示账号"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("用户")
        constraints = (
            models.CheckConstraint(
                condition=Q(username=Lower("username")) & ~Q(username=""),
                name="username_is_written_in_small_letters",
            ),
            models.CheckConstraint(
                condition=Q(phone_sealed__isnull=True, phone_index__isnull=True)
                | Q(phone_sealed__isnull=False, phone_index__isnull=False),
                name="user_phone_is_sealed_and_indexed_together",
            ),
            by_function("user_secrets_are_ciphertext", "is_sealed", "phone_sealed", "email_sealed"),
            by_function(
                "user_secret_indexes_are_digests", "is_digest", "phone_index", "email_index"
            ),
            models.CheckConstraint(
                condition=Q(email_sealed__isnull=True, email_index__isnull=True)
                | Q(email_sealed__isnull=False, email_index__isnull=False),
                name="user_email_is_sealed_and_indexed_together",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def phone(self) -> Sensitive | None:
        """手机, masked."""
        return self.PHONE.value(self.phone_sealed, row=self.public_id)

    @property
    def email(self) -> Sensitive | None:
        """邮箱, masked."""
        return self.EMAIL.value(self.email_sealed, row=self.public_id)


def _role_has_its_tie() -> Q:
    """Exactly the column that the role is tied by is filled."""
    condition = Q()
    for role, tie in TIE_OF_ROLE.items():
        condition |= Q(role=role, **{f"{other}__isnull": other != tie for other in TIES})
    return condition


class Membership(models.Model):
    """A user acting in a role for one record on the days of `period`; open-ended while it lasts.

    Rights follow from it on those days and on no other. The record's deletion ends it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    period = DateRangeField(_("任期"))
    school = models.ForeignKey(
        School, models.CASCADE, null=True, related_name="memberships", db_constraint=False
    )
    teacher = models.ForeignKey(
        Teacher, models.CASCADE, null=True, related_name="memberships", db_constraint=False
    )
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, null=True, related_name="memberships", db_constraint=False
    )
    mentor = models.ForeignKey(
        Mentor, models.CASCADE, null=True, related_name="memberships", db_constraint=False
    )
    student = models.ForeignKey(
        Student, models.CASCADE, null=True, related_name="memberships", db_constraint=False
    )
    guardian = models.ForeignKey(
        Guardian, models.CASCADE, null=True, related_name="memberships", db_constraint=False
    )
    tie_id = models.GeneratedField(
        expression=Coalesce(*(F(f"{tie}_id") for tie in TIES), Value(0)),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        constraints = (
            models.CheckConstraint(
                condition=_role_has_its_tie(), name="membership_is_tied_to_what_its_role_acts_for"
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="membership_begins_on_a_day",
            ),
            calendar_ends("membership_ends_are_of_the_calendar"),
            ExclusionConstraint(
                name="user_has_a_membership_once_a_day",
                expressions=(
                    ("user", "="),
                    ("role", "="),
                    ("tie_id", "="),
                    ("period", RangeOperators.OVERLAPS),
                ),
                index_type="gist",
                deferrable=Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="person_of_a_roster_has_one_account_a_day",
                expressions=(
                    ("role", "="),
                    ("tie_id", "="),
                    ("period", RangeOperators.OVERLAPS),
                ),
                index_type="gist",
                condition=Q(role__in=PERSONAL_ROLES),
                deferrable=Deferrable.IMMEDIATE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.tie_id} {self.period}"
