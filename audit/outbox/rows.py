"""The messages that wait, are done, or were given up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

WAITING = Q(done_at__isnull=True, parked_at__isnull=True)


class OutboxQuerySet(models.QuerySet["Outbox"]):
    """Messages."""

    def waiting(self) -> OutboxQuerySet:
        """Messages neither done nor parked, those that rest until a later moment among them."""
        return self.filter(WAITING)

    def available(self) -> OutboxQuerySet:
        """Waiting messages whose moment has come by the database's clock."""
        return self.waiting().filter(available_at__lte=Now())

    def parked(self) -> OutboxQuerySet:
        """Messages that were given up and wait for a person."""
        return self.filter(parked_at__isnull=False)


class Outbox(models.Model):
    """One message: a topic and the ids it speaks of, never names, numbers or phones.

    A claim counts an attempt and lets the message rest until `available_at`, so that a killed
    process gives it back by itself. `reason` says why the last attempt failed: the kind of error
    and its place, never its text, which may quote a row.
    """

    topic = models.CharField(max_length=40)
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    available_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(db_default=0)
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, db_default="")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("待发消息")
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(parked_at__isnull=True),
                name="outbox_message_is_not_done_and_parked_at_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("available_at", "id"), condition=WAITING, name="outbox_message_waiting"
            ),
            models.Index(
                fields=("topic",), condition=Q(parked_at__isnull=False), name="outbox_parked"
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
