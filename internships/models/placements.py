"""Placements: one student at work, from day to day."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Case, Deferrable, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.ranges import Days
from common.sound_values import calendar_days, filled
from internships.models.status import AT_WORK_STATUSES, PlacementKind, PlacementStatus
from internships.placement_queries import PlacementQuerySet
from people.models import LearnerIdentity, School


class Arrangement(models.TextChoices):
    SCHOOL = "school", _("学校安排")
    SELF_CHOSEN = "self_chosen", _("自主选择")


class PlacementState(models.TextChoices):
    """The life of a placement, finer than the file's status."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    ACCEPTED = "accepted", _("企业已接收")
    CONSENTED = "consented", _("已知情同意")
    APPROVED = "approved", _("已批准")
    ACTIVE = "active", _("实习中")
    SUSPENDED = "suspended", _("暂停")
    ENDED = "ended", _("已结束")
    SETTLED = "settled", _("已结清")
    ARCHIVED = "archived", _("已归档")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("已失效")
    REFUSED = "refused", _("已拒绝")


STATUS_OF_STATE: dict[PlacementState, PlacementStatus] = {
    PlacementState.DRAFT: PlacementStatus.DRAFT,
    PlacementState.SUBMITTED: PlacementStatus.DRAFT,
    PlacementState.ACCEPTED: PlacementStatus.DRAFT,
    PlacementState.CONSENTED: PlacementStatus.DRAFT,
    PlacementState.APPROVED: PlacementStatus.APPROVED,
    PlacementState.ACTIVE: PlacementStatus.ACTIVE,
    PlacementState.SUSPENDED: PlacementStatus.ACTIVE,
    PlacementState.ENDED: PlacementStatus.ENDED,
    PlacementState.SETTLED: PlacementStatus.ENDED,
    PlacementState.ARCHIVED: PlacementStatus.ENDED,
    PlacementState.WITHDRAWN: PlacementStatus.CANCELLED,
    PlacementState.EXPIRED: PlacementStatus.CANCELLED,
    PlacementState.REFUSED: PlacementStatus.CANCELLED,
}


# Before these a placement is its school's own paper; after them the host has nothing to do with it.
OFFERED_STATES = (
    PlacementState.SUBMITTED,
    PlacementState.ACCEPTED,
    PlacementState.CONSENTED,
    PlacementState.APPROVED,
    PlacementState.ACTIVE,
    PlacementState.SUSPENDED,
)


class Gate(models.TextChoices):
    """How an approved placement came to be so: through the start gate, or taken in from a file."""

    PASSED = "passed", _("已过准入")
    IMPORTED = "imported", _("导入")


def _status_of_state() -> Case:
    return Case(
        *(When(state=state, then=Value(status)) for state, status in STATUS_OF_STATE.items()),
        output_field=models.CharField(max_length=10),
    )


class Placement(models.Model):
    """One student at work from `starts_on` to `last_on`, both included.

    `last_on` is the actual end where there is one, else the planned; what was agreed about pay,
    post and mentors stands in `terms`. `instead_of` is the placement whose consent was declined
    before the student chose this one, `follows` the one at another host that this one succeeds.
    """

    code = models.CharField(_("安排编号"), max_length=50, unique=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="placements")
    learner = models.ForeignKey(LearnerIdentity, models.PROTECT, related_name="placements")
    kind = models.CharField(_("实习类型"), max_length=12, choices=PlacementKind)
    arrangement = models.CharField(_("安排方式"), max_length=12, choices=Arrangement)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    ended_on = models.DateField(_("实际结束日期"), null=True)
    last_on = models.GeneratedField(
        expression=Coalesce("ended_on", "ends_on"),
        output_field=models.DateField(),
        db_persist=True,
    )
    period = models.GeneratedField(
        # `Greatest` keeps the range writable, so that an end before the start meets its constraint.
        expression=Days(F("starts_on"), Greatest(Coalesce("ended_on", "ends_on"), F("starts_on"))),
        output_field=DateRangeField(),
        db_persist=True,
    )
    state = models.CharField(max_length=12, choices=PlacementState, default=PlacementState.DRAFT)
    status = models.GeneratedField(
        expression=_status_of_state(),
        output_field=models.CharField(_("状态"), max_length=10, choices=PlacementStatus),
        db_persist=True,
    )
    gate = models.CharField(max_length=10, choices=Gate, blank=True)
    safety_trained_on = models.DateField(_("安全培训合格日期"), null=True)
    student_consented_on = models.DateField(_("学生同意日期"), null=True)
    guardian_consented_on = models.DateField(_("监护人同意日期"), null=True)
    instead_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="chosen_instead", db_constraint=False
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="successors", db_constraint=False
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("实习安排")
        constraints = (
            models.CheckConstraint(
                condition=~Q(status__in=AT_WORK_STATUSES) | ~Q(gate=""),
                name="placement_at_work_says_how_it_passed_the_gate",
            ),
            known_word("placement_kind_is_a_known_one", "kind", PlacementKind),
            known_word("placement_arrangement_is_a_known_one", "arrangement", Arrangement),
            known_word("placement_gate_is_a_known_one", "gate", Gate, may_be_empty=True),
            models.UniqueConstraint(
                fields=("id", "school"), name="placement_belongs_to_one_school"
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=False), name="placement_state_is_a_known_one"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="placement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="placement_really_ended_after_it_started",
            ),
            calendar_days(
                "placement_days_are_of_the_calendar",
                "starts_on",
                "ends_on",
                "ended_on",
                "safety_trained_on",
                "student_consented_on",
                "guardian_consented_on",
            ),
            filled("placement_has_a_code", "code"),
            models.CheckConstraint(
                condition=(Q(instead_of__isnull=True) | ~Q(instead_of=F("id")))
                & (Q(follows__isnull=True) | ~Q(follows=F("id"))),
                name="placement_comes_after_another_one",
            ),
            ExclusionConstraint(
                name="student_has_one_production_placement_a_day",
                expressions=(("learner", "="), ("period", "&&")),
                index_type="gist",
                condition=Q(kind=PlacementKind.PRODUCTION, status__in=AT_WORK_STATUSES),
                deferrable=Deferrable.DEFERRED,
            ),
        )
        indexes = (
            models.Index(fields=("school", "last_on"), name="placement_by_school_and_end"),
            # Those at work on a day are counted from the index alone.
            models.Index(
                fields=("last_on", "starts_on"),
                include=("status", "kind", "school"),
                name="placement_by_days",
            ),
        )

    def __str__(self) -> str:
        return self.code
