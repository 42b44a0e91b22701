"""Posts and the special filings that allow what the law otherwise forbids on them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q, Value
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from common.age_sql import AgeOn
from common.known_words import known_word, known_words
from common.law_sql import IsOneOf, LegalValue, codes_of
from common.sound_values import (
    MAJOR_CODE,
    amounts,
    calendar_days,
    calendar_period,
    filled,
    well_formed,
)
from law.codes import MAJOR_GROUPS
from people.access import VisibleQuerySet
from people.models import Enterprise, School


class LabourGrade(models.TextChoices):
    I = "I", "I"  # noqa: E741 - the grade's own name (GBZ 2.2-2007)
    II = "II", "II"
    III = "III", "III"
    IV = "IV", "IV"


class Hazard(models.TextChoices):
    HEIGHT = "height", _("高空")
    UNDERGROUND = "underground", _("井下")
    RADIATION = "radiation", _("放射性")
    TOXIC = "toxic", _("有毒")
    FLAMMABLE = "flammable", _("易燃易爆")
    OTHER_HIGH_RISK = "other_high_risk", _("其他高风险")
    DUST = "dust", _("粉尘")
    HEAT = "heat", _("高温")
    COLD = "cold", _("低温")
    COLD_WATER = "cold_water", _("冷水")
    FORCED_POSTURE = "forced_posture", _("强迫体位")
    FAST_LINE = "fast_line", _("高频流水线")
    LOADS = "loads", _("负重")


class FilingMatter(models.TextChoices):
    HIGH_RISK = "high_risk", _("高风险")
    REST_DAY = "rest_day", _("休息日")
    HOLIDAY = "holiday", _("法定节假日")
    OVERTIME = "overtime", _("加班")
    NIGHT = "night", _("夜班")


class Post(models.Model):
    """A kind of job at an enterprise: headcount, wage standards (yuan a month), hazards."""

    code = models.CharField(_("岗位编号"), max_length=50, unique=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="posts")
    title = models.CharField(_("岗位名称"), max_length=100)
    headcount = models.PositiveIntegerField(_("同岗位在岗人数"))
    wage_standard = models.DecimalField(_("同岗位工资标准"), max_digits=12, decimal_places=2)
    lowest_wage = models.DecimalField(
        _("最低档工资标准"), max_digits=12, decimal_places=2, null=True
    )
    major_groups = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    labour_grade = models.CharField(
        _("体力劳动强度"), max_length=3, choices=LabourGrade, blank=True
    )
    hazards = ArrayField(models.CharField(max_length=20, choices=Hazard), default=list, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        constraints = (
            known_word(
                "post_labour_grade_is_a_known_one", "labour_grade", LabourGrade, may_be_empty=True
            ),
            known_words("post_hazards_are_known_ones", "hazards", Hazard),
            models.UniqueConstraint(
                fields=("id", "enterprise"), name="post_belongs_to_one_enterprise"
            ),
            models.CheckConstraint(
                condition=Q(headcount__gte=1), name="post_has_at_least_one_on_its_staff"
            ),
            models.CheckConstraint(
                condition=Q(wage_standard__gte=0)
                & (Q(lowest_wage__isnull=True) | Q(lowest_wage__gte=0)),
                name="post_wage_standards_are_not_negative",
            ),
            amounts("post_wage_standards_are_amounts", "wage_standard", "lowest_wage"),
            models.CheckConstraint(
                condition=Q(major_groups__contained_by=list(MAJOR_GROUPS)),
                name="post_major_groups_are_known_ones",
            ),
            filled("post_has_a_code_and_a_title", "code", "title"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


# The legal values by which a filing allows less than it says.
LIMITS_OF_FILINGS = ("majority_age", "age_reached_on", "matters_closed_to_minors")


class FilingQuerySet(VisibleQuerySet):
    """Special filings."""

    def allowing(
        self, matter: Any, *, day: Any, post: Any, school: Any, major_code: Any, born_on: Any
    ) -> FilingQuerySet:
        """Filings made before `day` that allow the matter that day to such a student at the post.

        No filing allows a minor what the law closes to minors. Every argument may be an expression.
        """
        adult = GreaterThanOrEqual(AgeOn(born_on, day), LegalValue("majority_age", day=day))
        closed = LegalValue("matters_closed_to_minors", day=day, read=codes_of(FilingMatter))
        return self.filter(
            Q(school__isnull=True) | Q(school=school),
            Q(major_code="") | Q(major_code=major_code),
            ~Q(IsOneOf(Value(matter), closed)) | Q(adult),
            post=post,
            matters__contains=[matter],
            filed_on__lt=day,
            period__contains=day,
        )


class Filing(models.Model):
    """A filing made beforehand with the competent department (职业学校学生实习管理规定 第十七条).

    `period` holds both its valid-from and valid-to days. An empty school or major is any.
    """

    code = models.CharField(_("备案编号"), max_length=50, unique=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="filings")
    matters = ArrayField(models.CharField(max_length=12, choices=FilingMatter))
    filed_on = models.DateField(_("备案日期"))
    period = DateRangeField(_("有效期"))
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="filings")
    major_code = models.CharField(_("专业代码"), max_length=7, blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("特殊备案")
        constraints = (
            known_words("filing_matters_are_known_ones", "matters", FilingMatter),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="filing_ends_after_it_starts"
            ),
            calendar_period("filing_period_is_of_the_calendar"),
            calendar_days("filing_is_made_on_a_day_of_the_calendar", "filed_on"),
            models.CheckConstraint(condition=Q(matters__len__gt=0), name="filing_names_a_matter"),
            well_formed("filing_major_is_well_formed", "major_code", MAJOR_CODE, may_be_empty=True),
            filled("filing_has_a_code", "code"),
        )

    def __str__(self) -> str:
        return self.code
