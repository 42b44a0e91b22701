"""Schools and enterprises, and the people on their staff who look after placements."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.sound_values import CREDIT_CODE, DIVISION_CODE, SCHOOL_CODE, filled, well_formed
from people.access.registry import VisibleQuerySet


class SchoolLevel(models.TextChoices):
    SECONDARY = "secondary", _("中职")
    HIGHER = "higher", _("高职专科")
    BACHELOR = "bachelor", _("高职本科")


class VenueKind(models.TextChoices):
    """Places of entertainment where nobody may be placed (实习管理规定 第十六条第五项)."""

    BAR = "bar", _("酒吧")
    NIGHTCLUB = "nightclub", _("夜总会")
    SONG_HALL = "song_hall", _("歌厅")
    BATH_CENTRE = "bath_centre", _("洗浴中心")
    GAME_HALL = "game_hall", _("电子游戏厅")
    INTERNET_CAFE = "internet_cafe", _("网吧")
    OTHER_ENTERTAINMENT = "other_entertainment", _("其他营业性娱乐场所")


class EnterpriseNature(models.TextChoices):
    EMPLOYER = "employer", _("用工单位")
    INTERMEDIARY = "intermediary", _("中介机构")
    LABOUR_DISPATCH = "labour_dispatch", _("劳务派遣机构")


class School(models.Model):
    """A vocational school or college, by its ten-digit 学校标识码."""

    code = models.CharField(_("学校标识码"), max_length=10, unique=True)
    name = models.CharField(_("学校名称"), max_length=200)
    level = models.CharField(_("办学层次"), max_length=20, choices=SchoolLevel)
    division_code = models.CharField(_("行政区划代码"), max_length=6)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("学校")
        constraints = (
            known_word("school_level_is_a_known_one", "level", SchoolLevel),
            well_formed("school_code_is_well_formed", "code", SCHOOL_CODE),
            well_formed("school_division_is_well_formed", "division_code", DIVISION_CODE),
            filled("school_has_a_name", "name"),
        )

    def __str__(self) -> str:
        return self.name


class Enterprise(models.Model):
    """A host of placements, by its 统一社会信用代码."""

    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    name = models.CharField(_("企业名称"), max_length=200)
    division_code = models.CharField(_("行政区划代码"), max_length=6)
    staff_count = models.PositiveIntegerField(_("在岗职工人数"))
    address = models.CharField(_("地址"), max_length=300, blank=True)
    venue = models.CharField(_("场所类型"), max_length=20, choices=VenueKind, blank=True)
    nature = models.CharField(
        _("单位性质"), max_length=20, choices=EnterpriseNature, default=EnterpriseNature.EMPLOYER
    )
    contact_name = models.CharField(_("联系人"), max_length=100, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业")
        constraints = (
            known_word("enterprise_venue_is_a_known_one", "venue", VenueKind, may_be_empty=True),
            known_word("enterprise_nature_is_a_known_one", "nature", EnterpriseNature),
            models.CheckConstraint(
                condition=Q(staff_count__gte=1), name="enterprise_has_at_least_one_on_its_staff"
            ),
            well_formed("enterprise_credit_code_is_well_formed", "credit_code", CREDIT_CODE),
            well_formed("enterprise_division_is_well_formed", "division_code", DIVISION_CODE),
            filled("enterprise_has_a_name", "name"),
        )

    def __str__(self) -> str:
        return self.name


class Teacher(models.Model):
    """A school's instructor (校内导师), one record a name; `namesake` splits people of one name."""

    school = models.ForeignKey(School, models.PROTECT, related_name="teachers")
    name = models.CharField(_("校内指导教师"), max_length=100)
    namesake = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("校内导师")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "name", "namesake"), name="teacher_is_recorded_once_in_a_school"
            ),
            models.UniqueConstraint(fields=("id", "school"), name="teacher_belongs_to_one_school"),
            filled("teacher_has_a_name", "name"),
        )

    def __str__(self) -> str:
        return self.name


class Mentor(models.Model):
    """An enterprise's mentor (企业师傅), one record a name; `namesake` splits those of one name."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mentors")
    name = models.CharField(_("企业指导教师"), max_length=100)
    namesake = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业师傅")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "name", "namesake"),
                name="mentor_is_recorded_once_in_an_enterprise",
            ),
            models.UniqueConstraint(
                fields=("id", "enterprise"), name="mentor_belongs_to_one_enterprise"
            ),
            filled("mentor_has_a_name", "name"),
        )

    def __str__(self) -> str:
        return self.name
