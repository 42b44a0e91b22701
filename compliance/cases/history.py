"""The history of cases: every step once, never changed; the sweeps that wrote them; the counts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from compliance.cases.alerts import Alert
from compliance.cases.words import MOST_CHARACTERS, AlertState, HolderLevel, StepKind
from compliance.findings import Severity
from people.access import VisibleQuerySet
from people.models import School, User


class SweepRun(models.Model):
    """A judgement of the whole district on a day: `counts` of what it did, rules that failed."""

    on = models.DateField(_("检查日期"))
    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    counts = models.JSONField(default=dict)
    failed_rules = models.JSONField(default=list)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("全区检查")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.on} {self.pk}"

    @property
    def is_partial(self) -> bool:
        """Whether a rule failed, so that its cases stayed as they were."""
        return bool(self.failed_rules)


class AlertStep(models.Model):
    """One step of a case: what, when, by whom; `state` and `severity` are those after it.

    `actor` is an id for people to read in a log; `user` the person, if one acted. `facts_digest`
    names the facts as then seen, `level` whom an overdue case climbed to, `note` a reason given.
    `once` is the key of the form that asked for it: sent twice, it writes one step.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=14, choices=StepKind)
    state = models.CharField(max_length=12, choices=AlertState)
    severity = models.CharField(max_length=8, choices=Severity)
    on = models.DateField()
    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=100)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=12, choices=HolderLevel, blank=True, db_default="")
    note = models.CharField(max_length=MOST_CHARACTERS, blank=True, db_default="")
    facts_digest = models.CharField(max_length=32)
    sweep = models.ForeignKey(SweepRun, models.PROTECT, null=True, related_name="steps")
    once = models.UUIDField(null=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("预警经过")
        ordering = ("id",)
        constraints = (
            known_word("alert_step_kind_is_a_known_one", "kind", StepKind),
            known_word("alert_step_severity_is_a_known_one", "severity", Severity),
            known_word("alert_step_state_is_a_known_one", "state", AlertState),
            known_word("alert_step_level_is_a_known_one", "level", HolderLevel, may_be_empty=True),
            models.CheckConstraint(
                condition=Q(kind=StepKind.ESCALATED) ^ Q(level=""),
                name="alert_step_names_a_level_when_it_climbs",
            ),
            models.UniqueConstraint(
                fields=("alert", "user", "once"),
                condition=Q(once__isnull=False),
                name="alert_step_is_written_once_a_form",
            ),
        )

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"


class AlertCountQuerySet(VisibleQuerySet):
    """Differences of counts, to be summed."""

    def totals(self, *by: str) -> models.QuerySet[Any, Any]:
        """How many cases there are, as `total`, by these columns; those with none are left out."""
        return self.values(*by).annotate(total=Sum("cases")).filter(total__gt=0).order_by(*by)


class AlertCount(models.Model):
    """A difference in how many cases a school has by rule, severity and state.

    Triggers write one with every change, in its transaction, so nobody waits for anybody's count;
    the sum over the rows is the number of cases, and a sweep folds the rows together.
    """

    school = models.ForeignKey(
        School, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    rule = models.CharField(max_length=10)
    severity = models.CharField(max_length=8, choices=Severity)
    state = models.CharField(max_length=12, choices=AlertState)
    cases = models.IntegerField()

    objects = AlertCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("预警计数")
        indexes = (models.Index(F("school"), F("rule"), name="alert_count_by_school_and_rule"),)

    def __str__(self) -> str:
        return f"{self.school_id} {self.rule} {self.severity} {self.state} {self.cases}"
