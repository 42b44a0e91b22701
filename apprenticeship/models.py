"""A student as an apprentice of an enterprise."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.sound_values import calendar_days, calendar_period, filled
from people.access import VisibleQuerySet
from people.models import Enterprise, LearnerIdentity, Mentor, School, Teacher


class ApprenticeshipForm(models.TextChoices):
    MODERN = "modern", _("现代学徒制")
    NEW_TYPE = "new_type", _("企业新型学徒制")


class ApprenticeIdentity(models.Model):
    """A learner identity as the apprentice of an enterprise, on the days of `period`.

    The training agreement (职业教育法 第三十条) and, where there is one, the labour contract are
    named by number; employee rights follow from the contract alone.
    """

    number = models.CharField(_("学徒编号"), max_length=50, unique=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="apprentices")
    learner = models.ForeignKey(
        LearnerIdentity, models.PROTECT, related_name="apprentice_identities"
    )
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="apprentices")
    form = models.CharField(_("培养形式"), max_length=10, choices=ApprenticeshipForm)
    period = DateRangeField(_("学徒期间"))
    agreement_number = models.CharField(_("培养协议编号"), max_length=50, blank=True)
    agreed_on = models.DateField(_("协议签订日期"), null=True)
    guardian_signed_on = models.DateField(_("监护人签署日期"), null=True)
    teacher = models.ForeignKey(Teacher, models.PROTECT, null=True, related_name="apprentices")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="apprentices")
    labour_contract_number = models.CharField(_("劳动合同编号"), max_length=50, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("学徒身份")
        constraints = (
            known_word("apprenticeship_form_is_a_known_one", "form", ApprenticeshipForm),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="apprenticeship_ends_after_it_starts"
            ),
            calendar_period("apprenticeship_is_of_the_calendar"),
            calendar_days(
                "apprenticeship_is_agreed_on_days_of_the_calendar",
                "agreed_on",
                "guardian_signed_on",
            ),
            filled("apprentice_has_a_number", "number"),
            ExclusionConstraint(
                name="student_has_one_apprentice_identity_a_day",
                expressions=(("learner", "="), ("period", RangeOperators.OVERLAPS)),
                index_type="gist",
                deferrable=Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return self.number
