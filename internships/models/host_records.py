"""What a school keeps of a host before it places students there; each record is written once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.known_words import known_word
from common.sound_values import calendar_days, filled
from people.access import VisibleQuerySet
from people.models import Enterprise, School, User

LONGEST_FINDING = 500


class AssessedPoint(models.TextChoices):
    """What is looked at on site (职业学校学生实习管理规定 第七条)."""

    QUALIFICATION = "qualification", _("单位资质")
    INTEGRITY = "integrity", _("诚信状况")
    MANAGEMENT = "management", _("管理水平")
    POSTS = "posts", _("实习岗位性质和内容")
    HOURS = "hours", _("工作时间")
    WORKPLACE = "workplace", _("工作环境")
    LODGING = "lodging", _("生活环境")
    HEALTH = "health", _("健康保障")
    SAFETY = "safety", _("安全防护")


class RecordKind(models.TextChoices):
    CREDIT = "credit", _("信用记录")
    SAFETY = "safety", _("安全生产记录")


class HostPaper(models.TextChoices):
    """What a school has of a host before it places there (第六条, 第七条)."""

    ASSESSMENT = "assessment", _("实地考察评估")
    CREDIT = "credit", pgettext_lazy("paper", "信用记录")
    SAFETY = "safety", pgettext_lazy("paper", "安全生产记录")
    DECISION = "decision", _("校级党组织会议决定")
    PUBLICATION = "publication", _("对外公开")


class HostRecord(models.Model):
    """Of which school about which host, and who wrote it down when."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.school_id} {self.enterprise_id}"


class SiteAssessment(HostRecord):
    """A visit to the host: `findings` says something of every point; good until `valid_until`."""

    visited_on = models.DateField(_("考察日期"))
    visitors = models.CharField(_("考察人"), max_length=200)
    findings = models.JSONField()
    passed = models.BooleanField(_("考察合格"))
    valid_until = models.DateField(_("有效至"))

    class Meta(HostRecord.Meta):
        verbose_name = _("实习单位考察")
        constraints = (
            filled("site_assessment_says_who_went", "visitors"),
            models.CheckConstraint(
                condition=Q(findings__has_keys=AssessedPoint.values),
                name="site_assessment_finds_something_of_every_point",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("visited_on")),
                name="site_assessment_is_good_from_the_visit_on",
            ),
            calendar_days("site_assessment_days_are_of_the_calendar", "visited_on", "valid_until"),
        )


class CreditRecord(HostRecord):
    """What a register said of the host on a day: clean, or the day of the latest violation."""

    kind = models.CharField(_("记录种类"), max_length=10, choices=RecordKind)
    checked_on = models.DateField(_("查询日期"))
    source = models.CharField(_("查询来源"), max_length=200)
    violation_on = models.DateField(_("最近一次违法失信日期"), null=True)
    valid_until = models.DateField(_("有效至"))

    class Meta(HostRecord.Meta):
        verbose_name = _("信用与安全记录")
        constraints = (
            known_word("credit_record_kind_is_a_known_one", "kind", RecordKind),
            filled("credit_record_says_its_source", "source"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("checked_on")),
                name="credit_record_is_good_from_its_day_on",
            ),
            models.CheckConstraint(
                condition=Q(violation_on__isnull=True) | Q(violation_on__lte=F("checked_on")),
                name="credit_record_is_of_what_has_happened",
            ),
            calendar_days(
                "credit_record_days_are_of_the_calendar",
                "checked_on",
                "violation_on",
                "valid_until",
            ),
        )


class HostDecision(HostRecord):
    """The party committee of the school chose the host, at which meeting; when it was published."""

    decided_on = models.DateField(_("会议日期"))
    meeting = models.CharField(_("会议名称或文号"), max_length=200)
    published_on = models.DateField(_("公开日期"), null=True)
    published_where = models.CharField(_("公开位置"), max_length=200, blank=True)

    class Meta(HostRecord.Meta):
        verbose_name = _("选定实习单位的决定")
        constraints = (
            filled("host_decision_names_its_meeting", "meeting"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("decided_on")),
                name="host_decision_is_published_after_it_is_made",
            ),
            calendar_days("host_decision_days_are_of_the_calendar", "decided_on", "published_on"),
        )
