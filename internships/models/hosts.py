"""What is decided of hosts beside their rows of a file: whether they may take students."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.known_words import known_word
from common.sound_values import calendar_days
from internships.models.life import MOST_CHARACTERS
from people.access import VisibleQuerySet
from people.models import Enterprise, User


class FreezeMove(models.TextChoices):
    FREEZE = "freeze", pgettext_lazy("freeze", "暂停接收")
    UNFREEZE = "unfreeze", pgettext_lazy("freeze", "恢复接收")


class HostFreeze(models.Model):
    """One decision of the commission on a host, for all schools: frozen from `from_day` on, or not.

    Written once and never changed; the latest that is in force on a day says how it is that day.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="freezes")
    move = models.CharField(max_length=10, choices=FreezeMove)
    from_day = models.DateField(_("生效日期"))
    reason = models.CharField(_("理由"), max_length=MOST_CHARACTERS)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("暂停接收决定")
        ordering = ("from_day", "id")
        constraints = (
            known_word("host_freeze_move_is_a_known_one", "move", FreezeMove),
            models.CheckConstraint(condition=~Q(reason=""), name="host_freeze_says_why"),
            calendar_days("host_freeze_days_are_of_the_calendar", "from_day", "decided_on"),
            models.CheckConstraint(
                condition=Q(from_day__gte=models.F("decided_on")),
                name="host_freeze_is_not_dated_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.move} {self.from_day}"
