"""The words of the district file for the kind and status of placements and of attended days."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementKind(models.TextChoices):
    ORIENTATION = "orientation", _("认识实习")
    PRODUCTION = "production", _("岗位实习")


class PlacementStatus(models.TextChoices):
    """The five words of the district file."""

    DRAFT = "draft", _("拟安排")
    APPROVED = "approved", _("已批准")
    ACTIVE = "active", _("实习中")
    ENDED = "ended", _("已结束")
    CANCELLED = "cancelled", _("已取消")


# What the rules judge: 已批准, 实习中 or 已结束.
AT_WORK_STATUSES = (PlacementStatus.APPROVED, PlacementStatus.ACTIVE, PlacementStatus.ENDED)
# Those in which the student has been at work: 实习中 or 已结束.
BEGUN_STATUSES = (PlacementStatus.ACTIVE, PlacementStatus.ENDED)


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("出勤")
    HALF_DAY = "half_day", _("半天")
    PAID_LEAVE = "paid_leave", _("带薪假")
    PERSONAL_LEAVE = "personal_leave", _("事假")
    SICK_LEAVE = "sick_leave", _("病假")
    ABSENT = "absent", _("旷工")
    REST = "rest", _("休息")
