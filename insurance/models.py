"""Policies and who stands on their rosters, from when to when."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.ranges import SharedDays, UnionOfDays
from common.sound_values import amounts, calendar_days, calendar_period, filled
from people.access import VisibleQuerySet
from people.models import LearnerIdentity, School


class CoverKind(models.TextChoices):
    LIABILITY = "liability", _("实习责任保险")
    ACCIDENT = "accident", _("意外伤害保险")
    WORK_INJURY = "work_injury", _("工伤保险")


class PremiumPayer(models.TextChoices):
    SCHOOL_TUITION = "school_tuition", _("学校学费")
    SCHOOL_SUBSIDY = "school_subsidy", _("免学费补助")
    ENTERPRISE = "enterprise", _("企业")
    STUDENT = "student", _("学生")


class PolicyStatus(models.TextChoices):
    IN_FORCE = "in_force", _("有效")
    SURRENDERED = "surrendered", _("退保")
    VOID = "void", _("注销")


class Policy(models.Model):
    """An insurance policy; `period` holds its first and last day.

    A surrendered policy (退保) covers until the day before `surrendered_on`; a void one (注销)
    never did.
    """

    number = models.CharField(_("保单号"), max_length=60, unique=True)
    kind = models.CharField(_("险种"), max_length=12, choices=CoverKind)
    insurer = models.CharField(_("保险公司"), max_length=200)
    payer = models.CharField(_("保费承担方"), max_length=16, choices=PremiumPayer)
    period = DateRangeField(_("保险期间"))
    status = models.CharField(
        _("状态"), max_length=12, choices=PolicyStatus, default=PolicyStatus.IN_FORCE
    )
    surrendered_on = models.DateField(_("退保日期"), null=True)
    limit_per_person = models.DecimalField(
        _("每人责任限额"), max_digits=14, decimal_places=2, null=True
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("保单")
        constraints = (
            known_word("policy_kind_is_a_known_one", "kind", CoverKind),
            known_word("policy_payer_is_a_known_one", "payer", PremiumPayer),
            known_word("policy_status_is_a_known_one", "status", PolicyStatus),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="policy_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status=PolicyStatus.SURRENDERED, surrendered_on__isnull=False)
                | (~Q(status=PolicyStatus.SURRENDERED) & Q(surrendered_on__isnull=True)),
                name="policy_names_its_surrender_day_when_surrendered_and_only_then",
            ),
            models.CheckConstraint(
                condition=Q(limit_per_person__isnull=True) | Q(limit_per_person__gte=0),
                name="policy_limit_is_not_negative",
            ),
            amounts("policy_limit_is_an_amount", "limit_per_person"),
            calendar_period("policy_period_is_of_the_calendar"),
            calendar_days("policy_is_surrendered_on_a_day_of_the_calendar", "surrendered_on"),
            filled("policy_has_a_number_and_an_insurer", "number", "insurer"),
        )

    def __str__(self) -> str:
        return self.number


class InsuredPeriodQuerySet(VisibleQuerySet):
    """Rows of rosters."""

    def giving_cover(self) -> InsuredPeriodQuerySet:
        """Rows of policies not void, with the days they cover as `cover`, which may be empty.

        The rows lie within their policy's dates; a surrendered policy covers until the day before.
        """
        until_surrender = Func(
            Value(None),
            F("policy__surrendered_on"),
            function="daterange",
            output_field=DateRangeField(),
        )
        return self.exclude(policy__status=PolicyStatus.VOID).annotate(
            cover=SharedDays(F("period"), until_surrender)
        )

    def days_by_learner(self) -> QuerySet[Any, Any]:
        """One row a learner, with the union of its covered days as `days`."""
        return self.values("learner_id").annotate(days=UnionOfDays("cover"))


class InsuredPeriod(models.Model):
    """A student on a policy's roster from day to day, within the policy's dates."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="insured_periods")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    learner = models.ForeignKey(LearnerIdentity, models.PROTECT, related_name="insured_periods")
    period = DateRangeField(_("保障期间"))

    objects = InsuredPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("被保险人")
        constraints = (
            models.UniqueConstraint(
                "policy",
                "learner",
                Lower("period"),
                name="student_is_insured_once_a_policy_and_start",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="insured_period_ends_after_it_starts"
            ),
            calendar_period("insured_period_is_of_the_calendar"),
        )

    def __str__(self) -> str:
        return f"{self.policy_id} {self.learner_id} {self.period}"
