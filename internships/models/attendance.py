"""One row a placement and day, in monthly partitions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.models import CalendarDay
from common.sound_values import calendar_days
from internships.attendance_queries import AttendanceQuerySet
from internships.models.placements import Placement
from internships.models.status import AttendanceStatus
from people.models import School


class AttendanceDay(models.Model):
    """What a student did at a placement on one day, and whether the enterprise confirmed it.

    `hours` are hours worked, 0–24. `came_minute` and `left_minute` are both there or both absent;
    24:00 is a leaving time only, so both are kept as minutes after midnight.
    """

    pk = models.CompositePrimaryKey("placement_id", "day")
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="attendance", db_index=False, db_constraint=False
    )
    school = models.ForeignKey(
        School, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    day = models.DateField(_("日期"))
    calendar_day = models.ForeignObject(
        CalendarDay, models.DO_NOTHING, from_fields=["day"], to_fields=["day"], related_name="+"
    )
    status = models.CharField(_("状态"), max_length=16, choices=AttendanceStatus)
    hours = models.DecimalField(_("工时"), max_digits=4, decimal_places=2)
    came_minute = models.PositiveSmallIntegerField(_("上班时间"), null=True)
    left_minute = models.PositiveSmallIntegerField(_("下班时间"), null=True)
    confirmed = models.BooleanField(_("企业确认"))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("考勤")
        constraints = (
            known_word("attendance_status_is_a_known_one", "status", AttendanceStatus),
            models.CheckConstraint(
                condition=Q(hours__range=(0, 24)), name="a_day_has_at_most_24_hours"
            ),
            models.CheckConstraint(
                condition=Q(came_minute__isnull=True, left_minute__isnull=True)
                | Q(came_minute__range=(0, 1439), left_minute__range=(0, 1440)),
                name="coming_and_leaving_are_both_known_or_neither",
            ),
            calendar_days("attendance_day_is_of_the_calendar", "day"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.day}"
