"""Phones that somebody signed in on: one family of tokens each, of which digests are kept."""

from __future__ import annotations

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from people.access.registry import VisibleQuerySet
from people.models.accounts import User

LONGEST_DEVICE_NAME = 60


class DeviceEnd(models.TextChoices):
    """Why the tokens of a device are good no more."""

    SIGNED_OUT = "signed_out", _("已退出")
    REVOKED = "revoked", _("已移除")
    REUSED = "reused", _("旧令牌被再次使用")


class Device(models.Model):
    """A phone of `user` from the sign-in on it until `expires_at`, or until it was ended.

    Its refresh token is replaced by the next generation each time it is used, last at
    `rotated_at`; of the token and of the one before it only digests are kept. `password_mark`
    changes with the user's password, and with it every token is good no more.
    """

    public_id = models.UUIDField(default=uuid6.uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    name = models.CharField(_("设备名称"), max_length=LONGEST_DEVICE_NAME)
    generation = models.IntegerField(default=1)
    token_digest = models.BinaryField()
    previous_digest = models.BinaryField(null=True)
    password_mark = models.CharField(max_length=128)
    made_at = models.DateTimeField(_("登录时间"))
    rotated_at = models.DateTimeField(_("最近使用"))
    expires_at = models.DateTimeField(_("失效时间"))
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=10, choices=DeviceEnd, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("设备")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("public_id",), name="device_public_id_is_given_once"),
            models.UniqueConstraint(fields=("token_digest",), name="device_token_is_made_once"),
            known_word("device_end_is_a_known_one", "ended_for", DeviceEnd, may_be_empty=True),
            models.CheckConstraint(
                condition=Q(generation__gte=1), name="device_tokens_are_counted_from_the_first"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_for="")
                | (Q(ended_at__isnull=False) & ~Q(ended_for="")),
                name="device_that_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"), rotated_at__gte=F("made_at")),
                name="device_expires_after_the_sign_in_on_it",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)
