"""Notices: that somebody who holds a case has been told of a step of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.cases.alerts import Alert
from compliance.cases.history import AlertStep
from compliance.cases.words import STANDING_STATES
from people.access import VisibleQuerySet
from people.models import User


class NoticeQuerySet(VisibleQuerySet):
    """Notices."""

    def unread(self) -> NoticeQuerySet:
        """Not read yet, of cases that still stand: a closed case asks nobody for anything."""
        return self.filter(read_at__isnull=True, alert__state__in=STANDING_STATES)


class Notice(models.Model):
    """One step of a case, told to one person; it changes once, when it is read."""

    step = models.ForeignKey(AlertStep, models.PROTECT, related_name="notices", db_index=False)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="notices", db_index=False)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices", db_index=False)
    created_at = models.DateTimeField(_("通知时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        constraints = (
            models.UniqueConstraint(
                fields=("step", "recipient"), name="notice_of_a_step_reaches_a_recipient_once"
            ),
        )
        indexes = (
            models.Index(fields=("recipient", "-id"), name="notice_by_recipient"),
            models.Index(
                fields=("recipient", "-id"),
                condition=Q(read_at__isnull=True),
                name="notice_unread_by_recipient",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step_id} {self.recipient_id}"
