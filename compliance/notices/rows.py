"""Notices of steps to those who hold a case, and the digests of what stands with each."""

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


class Digest(models.Model):
    """What stood with one person on the morning of a day: numbers by rule, and nobody's data.

    `counts` is {rule: {"standing": n, "new": n, "overdue": n}}; new is what was opened in the last
    24 hours.
    """

    recipient = models.ForeignKey(User, models.PROTECT, related_name="digests", db_index=False)
    on = models.DateField(_("日期"))
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("每日摘要")
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "on"), name="digest_of_a_day_reaches_a_recipient_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.on}"

    def total(self, what: str) -> int:
        """How many cases there were of that kind (standing, new, overdue) over all rules."""
        return sum(numbers[what] for numbers in self.counts.values())
