"""Deliveries: what is to leave the site by a channel, and what became of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from compliance.channels.wanted import ChannelName
from compliance.notices.rows import Digest
from people.access import VisibleQuerySet
from people.models import User


class DeliveryState(models.TextChoices):
    """`dropped`: nobody is left to be told, or nothing to be told of."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    PARKED = "parked", _("已搁置")
    DROPPED = "dropped", _("不再发送")


QUEUED = Q(state=DeliveryState.QUEUED)
GATHERING = Q(state=DeliveryState.QUEUED, attempts=0, digest__isnull=True)


class DeliveryQuerySet(VisibleQuerySet):
    """Deliveries."""

    def queued(self) -> DeliveryQuerySet:
        """Neither sent nor given up, whether or not their time has come."""
        return self.filter(QUEUED)

    def due(self) -> DeliveryQuerySet:
        """Queued, and free to be claimed now."""
        return self.queued().filter(available_at__lte=Now())

    def parked(self) -> DeliveryQuerySet:
        """Given up; they wait for a person."""
        return self.filter(state=DeliveryState.PARKED)


class Delivery(models.Model):
    """One letter to one person by one channel: of some notices, or of a digest.

    `public_id` is the key that providers are handed at every try. Until its first try it gathers
    the notices that come meanwhile, so that a sweep's hundreds leave as one letter. `reason` says
    why the last try failed, in words of ours and codes. No address and no text is kept.
    """

    public_id = models.UUIDField(
        unique=True,
        editable=False,
        db_default=Func(function="uuidv7", output_field=models.UUIDField()),
    )
    channel = models.CharField(_("渠道"), max_length=12, choices=ChannelName)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="deliveries", db_index=False)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="deliveries")
    notices = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(_("状态"), max_length=8, choices=DeliveryState, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("外发消息")
        constraints = (
            known_word("delivery_channel_is_a_known_one", "channel", ChannelName),
            known_word("delivery_state_is_a_known_one", "state", DeliveryState),
            models.CheckConstraint(
                condition=Q(digest__isnull=False, notices__len=0)
                | Q(digest__isnull=True, notices__len__gt=0),
                name="delivery_speaks_of_notices_or_of_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_is_sent_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=("digest", "channel"), name="delivery_of_a_digest_leaves_by_a_channel_once"
            ),
            models.UniqueConstraint(
                fields=("recipient", "channel"),
                condition=GATHERING,
                name="delivery_gathers_notices_until_it_is_tried",
            ),
        )
        indexes = (
            models.Index(fields=("available_at", "id"), condition=QUEUED, name="delivery_queued"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.public_id}"
