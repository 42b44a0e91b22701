"""The words of a case's life: its states, the steps of its history, how far it has climbed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AlertState(models.TextChoices):
    """`cured`: the subject is judged still and breaks it no more; `lapsed`: it left the scope."""

    OPEN = "open", _("待处理")
    ACKNOWLEDGED = "acknowledged", _("处理中")
    CURED = "cured", _("已纠正")
    LAPSED = "lapsed", _("已失效")
    WAIVED = "waived", _("已豁免")


class StepKind(models.TextChoices):
    """What happened to a case."""

    OPENED = "opened", _("立案")
    UPDATED = "updated", _("事实变化")
    WORSENED = "worsened", _("情况加重")
    ACKNOWLEDGED = "acknowledged", _("确认")
    ASSIGNED = "assigned", pgettext_lazy("step", "指定负责人")
    NOTED = "noted", pgettext_lazy("step", "添加说明")
    ESCALATED = "escalated", _("逾期上报")
    CURED = "cured", _("已纠正")
    LAPSED = "lapsed", _("已失效")
    WAIVED = "waived", pgettext_lazy("step", "豁免")
    WAIVER_ENDED = "waiver_ended", _("豁免终止")
    REOPENED = "reopened", _("重新立案")


class HolderLevel(models.TextChoices):
    """Who holds a case, from the nearest to the last."""

    TEACHER = "teacher", _("校内导师")
    COORDINATOR = "coordinator", _("学校实习管理员")
    COMMISSION = "commission", _("区教委")


# Of a note, and of the reason of a waiver.
MOST_CHARACTERS = 500
STANDING_STATES = (AlertState.OPEN, AlertState.ACKNOWLEDGED)
CLOSED_STATES = (AlertState.CURED, AlertState.LAPSED)
# Reasons of the start gate that may be waived; nothing of severity `block` is among them.
WAIVABLE_RULES = ("HOST-07", "HOST-08", "HOST-09", "HOST-10")
# The references of a case, one for each kind of subject that rules judge.
SUBJECTS = ("placement", "enterprise", "post", "learner", "apprentice")
