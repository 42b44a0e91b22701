"""What signing in leaves behind: counted tries, and links that work once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.sensitive import BlindIndexField
from people.access.registry import VisibleQuerySet
from people.models.accounts import User


class SignInTries(models.Model):
    """Tries of one password from one place since `started_at`; the key tells neither of them."""

    key = BlindIndexField(primary_key=True)
    started_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("登录尝试")
        constraints = (
            models.CheckConstraint(
                condition=Q(tries__gte=1), name="sign_in_tries_are_kept_from_the_first_on"
            ),
        )

    def __str__(self) -> str:
        return f"{self.tries} since {self.started_at:%H:%M:%S}"


class SignInLink(models.Model):
    """A link that signs `user` in once, before `expires_at`; only the token's digest is kept."""

    token_digest = models.BinaryField(unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("登录链接")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="sign_in_link_expires_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lte=F("expires_at")),
                name="sign_in_link_is_not_used_after_it_expired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"


class PasswordReset(models.Model):
    """A link by which `user` sets a new password once, before `expires_at`, made by `made_by`."""

    token_digest = models.BinaryField(unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("重设密码链接")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="password_reset_expires_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lt=F("expires_at")),
                name="password_reset_is_not_used_after_it_expired",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("made_by")), name="password_reset_is_made_by_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"
