"""What was agreed about a placement, as episodes from day to day."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.ranges import ALWAYS
from common.sound_values import amounts, calendar_ends
from internships.models.placements import Placement
from internships.models.posts import Post
from internships.placement_queries import TermsQuerySet
from people.models import Enterprise, Mentor, School, Teacher


class Stage(models.TextChoices):
    ASSISTING = "assisting", _("辅助")
    INDEPENDENT = "independent", _("相对独立")


class PayBasis(models.TextChoices):
    MONTHLY = "monthly", _("月薪")
    DAILY = "daily", _("日薪")
    HOURLY = "hourly", _("时薪")


def always() -> object:
    """The period of terms that were never amended."""
    return ALWAYS


class Terms(models.Model):
    """Post, mentors, stage and pay of a placement on the days of `period`.

    The first episode is open to the past and the last to the future, so the episodes of a
    placement cover every day once; an amendment splits the last one. `agreed_pay` is yuan a
    month, day or hour by `pay_basis`; `pay_day` is the day of the following month; `daily_hours`
    are the agreed hours of a working day, which no file says. `school` is the placement's and
    `enterprise` the post's: the database holds teacher and mentor to them, and every placement to
    terms on each of its days.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="terms")
    period = DateRangeField(default=always)
    school = models.ForeignKey(
        School, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="terms")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    teacher = models.ForeignKey(Teacher, models.PROTECT, null=True, related_name="terms")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="terms")
    stage = models.CharField(_("阶段"), max_length=12, choices=Stage, default=Stage.INDEPENDENT)
    pay_basis = models.CharField(
        _("计酬方式"), max_length=8, choices=PayBasis, default=PayBasis.MONTHLY
    )
    agreed_pay = models.DecimalField(_("约定报酬"), max_digits=12, decimal_places=2, null=True)
    pay_day = models.PositiveSmallIntegerField(_("支付日"), default=15)
    daily_hours = models.DecimalField(_("每日工时"), max_digits=4, decimal_places=2, null=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("实习约定")
        indexes = (
            models.Index(fields=("enterprise", "school"), name="terms_by_enterprise_and_school"),
        )
        constraints = (
            known_word("terms_stage_is_a_known_one", "stage", Stage),
            known_word("terms_pay_basis_is_a_known_one", "pay_basis", PayBasis),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="terms_hold_on_some_day"
            ),
            models.CheckConstraint(
                condition=Q(pay_day__range=(1, 28)), name="pay_day_exists_in_every_month"
            ),
            models.CheckConstraint(
                condition=Q(agreed_pay__isnull=True) | Q(agreed_pay__gte=0),
                name="agreed_pay_is_not_negative",
            ),
            amounts("agreed_pay_is_an_amount", "agreed_pay"),
            models.CheckConstraint(
                condition=Q(daily_hours__isnull=True) | Q(daily_hours__gt=0, daily_hours__lte=24),
                name="agreed_hours_are_those_of_a_day",
            ),
            calendar_ends("terms_change_on_days_of_the_calendar"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.period}"
