"""The calendar of the law as rows, so that SQL can ask it."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.ranges import DateMultiRangeField


class DayKindName(models.TextChoices):
    WORKDAY = "workday", _("工作日")
    REST_DAY = "rest_day", _("休息日")
    STATUTORY_HOLIDAY = "statutory_holiday", _("法定节假日")


class CalendarDay(models.Model):
    """What kind of day a day is, copied from `law` by `sync_law`."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=20, choices=DayKindName)

    class Meta:
        verbose_name = _("日历日")

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class CalendarMonth(models.Model):
    """A calendar month: its days, how many of them are workdays and which, kept by `sync_law`."""

    first_day = models.DateField(primary_key=True)
    period = DateRangeField()
    workdays = models.PositiveSmallIntegerField()
    worked = DateMultiRangeField()

    class Meta:
        verbose_name = _("日历月")

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"


class LawState(models.Model):
    """Which edition of the law's data the calendar rows were copied from; one row."""

    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("法规数据版本")

    def __str__(self) -> str:
        return self.digest
