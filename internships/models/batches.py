"""Placements that a school files with the commission together."""

from __future__ import annotations

import uuid6
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_words
from common.sound_values import calendar_days
from internships.models.placements import Placement
from internships.models.posts import Filing, FilingMatter
from people.access import VisibleQuerySet
from people.models import School, User

LONGEST_NUMBER = 40


class FilingBatch(models.Model):
    """A batch of a school's placements (职业学校学生实习管理规定 第五条), gathered, then filed.

    `matters` are what it asks leave for, none where it only tells who is where. Filed, it has the
    number and the day, and is not changed any more.
    """

    public_id = models.UUIDField(default=uuid6.uuid7, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="filing_batches")
    matters = ArrayField(models.CharField(max_length=12, choices=FilingMatter), default=list)
    number = models.CharField(_("备案编号"), max_length=LONGEST_NUMBER, blank=True)
    filed_on = models.DateField(_("备案日期"), null=True)
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("备案批次")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("public_id",), name="filing_batch_has_an_id_of_its_own"
            ),
            models.UniqueConstraint(
                fields=("number",),
                condition=~Q(number=""),
                name="filing_batch_has_its_number_to_itself",
            ),
            known_words("filing_batch_matters_are_known_ones", "matters", FilingMatter),
            models.CheckConstraint(
                condition=Q(number="", filed_on__isnull=True, filed_by__isnull=True)
                | (~Q(number="") & Q(filed_on__isnull=False, filed_by__isnull=False)),
                name="filing_batch_is_filed_with_number_and_day",
            ),
            calendar_days("filing_batch_days_are_of_the_calendar", "filed_on", "made_on"),
        )

    def __str__(self) -> str:
        return self.number or str(self.public_id)

    @property
    def is_filed(self) -> bool:
        """Whether it is with the commission."""
        return self.filed_on is not None


class FilingBatchEntry(models.Model):
    """A placement in a batch; once it is filed, the filing of its post that the rules read."""

    batch = models.ForeignKey(FilingBatch, models.PROTECT, related_name="entries")
    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="batch_entries", db_constraint=False
    )
    filing = models.ForeignKey(
        Filing, models.DO_NOTHING, null=True, related_name="batch_entries", db_constraint=False
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次内的安排")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "placement"), name="filing_batch_has_a_placement_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.placement_id}"
