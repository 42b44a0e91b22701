"""Three-party agreements and their signatures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.sound_values import calendar_days, filled
from internships.models.placements import Placement
from people.access import VisibleQuerySet


class Agreement(models.Model):
    """An agreement of school, enterprise and student (职业学校学生实习管理规定 第十四条)."""

    code = models.CharField(_("协议编号"), max_length=50, unique=True)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="agreements")
    school_signed_on = models.DateField(_("学校签署日期"), null=True)
    enterprise_signed_on = models.DateField(_("企业签署日期"), null=True)
    student_signed_on = models.DateField(_("学生签署日期"), null=True)
    template_version = models.CharField(_("示范文本版本"), max_length=50, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("三方协议")
        constraints = (
            calendar_days(
                "agreement_is_signed_on_days_of_the_calendar",
                "school_signed_on",
                "enterprise_signed_on",
                "student_signed_on",
            ),
            filled("agreement_has_a_code", "code"),
        )

    def __str__(self) -> str:
        return self.code
