"""The second factor of an account: a sealed secret, and codes for the day the phone is gone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.sensitive import BlindIndexField, Sealed, SealedField
from common.sound_values import by_function
from people.access.registry import VisibleQuerySet
from people.models.accounts import User


def _hidden(text: str) -> str:
    return "*" * len(text)


class SecondFactor(models.Model):
    """What the user's app makes codes from; it counts from `confirmed_at` on.

    `last_step` is the half minute of the latest code used: none up to it is taken again.
    """

    SECRET = Sealed("people_secondfactor", "secret", _hidden)

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    secret_sealed = SealedField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("两步验证")
        constraints = (
            by_function("second_factor_secret_is_ciphertext", "is_sealed", "secret_sealed"),
            models.CheckConstraint(
                condition=Q(last_step__gte=0), name="second_factor_counts_steps_from_zero"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code that stands in for the phone once; its keyed digest alone is kept."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    code_index = BlindIndexField(unique=True)
    used_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("恢复码")
        constraints = (by_function("recovery_code_is_kept_as_a_digest", "is_digest", "code_index"),)

    def __str__(self) -> str:
        return f"{self.factor_id}"
