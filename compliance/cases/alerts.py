"""Alerts: what a rule found of one subject in one period, held by somebody until it is closed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.utils.translation import gettext_lazy as _

from apprenticeship.models import ApprenticeIdentity
from common.known_words import known_word
from compliance.cases.alert_queries import AlertQuerySet
from compliance.cases.words import (
    CLOSED_STATES,
    MOST_CHARACTERS,
    STANDING_STATES,
    SUBJECTS,
    WAIVABLE_RULES,
    AlertState,
)
from compliance.findings import Severity
from internships.models import Placement, Post
from people.models import Enterprise, LearnerIdentity, School, User

FIRST_OF_ITS_KIND = Func(function="uuidv7", output_field=models.UUIDField())


def _subjects_named() -> Func:
    return Func(
        *(F(f"{subject}_id") for subject in SUBJECTS),
        function="num_nonnulls",
        output_field=IntegerField(),
    )


class Alert(models.Model):
    """One case for each (rule, subject, period), reopened when the breach comes back.

    `subject` is the name of the subject in the interchange contract and stays when the row it
    names is taken back; one of the five references leads there while it exists. `school` is null
    for the cases of hosts and posts, which concern every school placing there. `facts` are those
    last seen, `since` is the first day of the fault, `deadlines_from` the day the deadlines count
    from: of the last opening, or of a turn for the worse. A waiver holds up to `waived_until`.
    """

    public_id = models.UUIDField(unique=True, editable=False, db_default=FIRST_OF_ITS_KIND)
    rule = models.CharField(_("规则"), max_length=10)
    subject = models.CharField(_("对象"), max_length=120, db_collation="C")
    period = models.CharField(_("期间"), max_length=8, blank=True)
    severity = models.CharField(_("等级"), max_length=8, choices=Severity)
    state = models.CharField(_("状态"), max_length=12, choices=AlertState, default=AlertState.OPEN)
    since = models.DateField(_("起始日"), null=True)
    facts = models.JSONField(_("事实"), default=dict)
    rule_version = models.CharField(max_length=20)
    placement = models.ForeignKey(
        Placement, models.SET_NULL, null=True, related_name="alerts", db_constraint=False
    )
    enterprise = models.ForeignKey(
        Enterprise, models.SET_NULL, null=True, related_name="alerts", db_constraint=False
    )
    post = models.ForeignKey(
        Post, models.SET_NULL, null=True, related_name="alerts", db_constraint=False
    )
    learner = models.ForeignKey(
        LearnerIdentity, models.SET_NULL, null=True, related_name="alerts", db_constraint=False
    )
    apprentice = models.ForeignKey(
        ApprenticeIdentity, models.SET_NULL, null=True, related_name="alerts", db_constraint=False
    )
    school = models.ForeignKey(
        School, models.SET_NULL, null=True, related_name="alerts", db_constraint=False
    )
    deadlines_from = models.DateField()
    opened_at = models.DateTimeField(_("立案时间"))
    acknowledged_at = models.DateTimeField(_("确认时间"), null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="alerts", verbose_name=_("指定负责人")
    )
    closed_at = models.DateTimeField(_("结案时间"), null=True)
    waived_until = models.DateField(_("豁免至"), null=True)
    waive_reason = models.CharField(_("豁免理由"), max_length=MOST_CHARACTERS, blank=True)
    waived_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("预警")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "subject", "period"), name="alert_is_one_a_rule_subject_and_period"
            ),
            known_word("alert_state_is_a_known_one", "state", AlertState),
            known_word("alert_severity_is_a_known_one", "severity", Severity),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(_subjects_named(), 1),
                name="alert_names_one_subject_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.WAIVED) | Q(rule__in=WAIVABLE_RULES),
                name="alert_is_waived_only_of_a_rule_that_may_be",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.WAIVED)
                | (Q(waived_until__isnull=False, waived_by__isnull=False) & ~Q(waive_reason="")),
                name="alert_waiver_has_a_reason_a_person_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.WAIVED)
                | Q(waived_until__isnull=True, waived_by__isnull=True, waive_reason=""),
                name="alert_that_is_not_waived_names_no_waiver",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_STATES, closed_at__isnull=False)
                | (~Q(state__in=CLOSED_STATES) & Q(closed_at__isnull=True)),
                name="alert_is_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.ACKNOWLEDGED) | Q(acknowledged_at__isnull=False),
                name="alert_is_acknowledged_at_a_moment",
            ),
        )
        indexes = (
            models.Index(fields=("school", "state", "rule"), name="alert_by_school_and_state"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.subject} {self.period}".rstrip()

    @property
    def is_standing(self) -> bool:
        """Whether somebody has to act: open or acknowledged."""
        return self.state in STANDING_STATES

    @property
    def is_waivable(self) -> bool:
        """Whether a person may waive it, with a reason and an end: HOST-07 to HOST-10."""
        return self.rule in WAIVABLE_RULES
