"""Complaints of students, and what became of them; their words are sealed."""

from __future__ import annotations

import uuid6
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.known_words import known_word
from common.sensitive import Sealed, SealedField, Sensitive
from common.sound_values import amounts, by_function, calendar_days
from internships.models.moves import Party
from internships.models.placements import Placement
from internships.models.terms import Terms
from people.access import VisibleQuerySet
from people.actors import Actor
from people.models import Enterprise, LearnerIdentity, School, User
from people.roles import Role

# Of what is complained of, or answered.
LONGEST_COMPLAINT = 2_000
HIDDEN = "******"
COMPLAINANTS = (Party.STUDENT, Party.GUARDIAN)


def hidden(text: str) -> str:
    """What is shown of words that only their readers read: nothing, not even how many they are."""
    return HIDDEN


class ComplaintKind(models.TextChoices):
    """What students may not be made to bear (职业学校学生实习管理规定 第十六至二十条)."""

    DEPOSIT = "deposit", _("收取押金或财物")
    FEES = "fees", _("收取培训费、管理费等费用")
    DOCUMENTS = "documents", _("扣押身份证或其他证件")
    PAY = "pay", _("拖欠、克扣报酬")
    OVERTIME = "overtime", _("强迫加班或夜班")
    DANGER = "danger", _("危险或有害的工作")
    OTHER = "other", _("其他问题")


class ComplaintState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "已收到")
    LOOKED_INTO = "looked_into", pgettext_lazy("complaint", "调查中")
    ANSWERED = "answered", pgettext_lazy("complaint", "已答复")
    CLOSED = "closed", pgettext_lazy("complaint", "已办结")


class ComplaintMove(models.TextChoices):
    RAISE = "raise", pgettext_lazy("complaint", "提出")
    LOOK_INTO = "look_into", pgettext_lazy("complaint", "开始调查")
    ANSWER = "answer", pgettext_lazy("complaint", "答复")
    CLOSE = "close", pgettext_lazy("complaint", "办结")


def about(actor: Actor) -> Q:
    """Complaints about the actor's host, or about placements whose terms name the actor."""
    terms = Terms.objects.filter(
        Q(teacher__in=actor.reach(Role.SCHOOL_TEACHER).ids)
        | Q(mentor__in=actor.reach(Role.ENTERPRISE_MENTOR).ids)
    )
    own_hosts = Q(enterprise__in=actor.reach(Role.ENTERPRISE_HR).ids)
    return own_hosts | Q(placement__in=terms.values("placement"))


class ComplaintQuerySet(VisibleQuerySet["Complaint"]):
    """Complaints."""

    def open(self) -> ComplaintQuerySet:
        """Not closed yet."""
        return self.exclude(state=ComplaintState.CLOSED)

    def without_the_accused(self, actor: Actor) -> ComplaintQuerySet:
        """Without those about the actor's own host, or the actor as teacher or mentor there.

        Somebody may coordinate a school and be named at a host, with one account.
        """
        return self.exclude(~Q(raised_by=actor.user_id) & about(actor))


class Complaint(models.Model):
    """What a student, or the guardian of a minor, complains of; `words` are sealed.

    `against_school` keeps it from the school: the commission alone has it then. The host that it is
    about and whoever is named there never learn of it. `amount` is yuan.
    """

    WORDS = Sealed("internships_complaint", "words", hidden)

    public_id = models.UUIDField(default=uuid6.uuid7, editable=False)
    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="complaints", db_constraint=False
    )
    learner = models.ForeignKey(
        LearnerIdentity, models.DO_NOTHING, related_name="complaints", db_constraint=False
    )
    school = models.ForeignKey(
        School, models.DO_NOTHING, related_name="complaints", db_constraint=False
    )
    enterprise = models.ForeignKey(
        Enterprise, models.DO_NOTHING, related_name="complaints", db_constraint=False
    )
    kind = models.CharField(_("问题"), max_length=10, choices=ComplaintKind)
    against_school = models.BooleanField(default=False)
    words_sealed = SealedField()
    happened_on = models.DateField(_("发生日期"), null=True)
    amount = models.DecimalField(_("金额"), max_digits=12, decimal_places=2, null=True)
    state = models.CharField(max_length=12, choices=ComplaintState, default=ComplaintState.RECEIVED)
    party = models.CharField(max_length=10, choices=Party)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_on = models.DateField()
    raised_at = models.DateTimeField()

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("public_id",), name="complaint_has_an_id_of_its_own"),
            known_word("complaint_kind_is_a_known_one", "kind", ComplaintKind),
            known_word("complaint_state_is_a_known_one", "state", ComplaintState),
            models.CheckConstraint(
                condition=Q(party__in=COMPLAINANTS), name="complaint_is_of_student_or_guardian"
            ),
            by_function("complaint_words_are_ciphertext", "is_sealed", "words_sealed"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="complaint_amount_is_not_negative",
            ),
            amounts("complaint_amount_is_an_amount", "amount"),
            calendar_days("complaint_days_are_of_the_calendar", "happened_on", "raised_on"),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=True) | Q(happened_on__lte=models.F("raised_on")),
                name="complaint_is_of_what_has_happened",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    def is_of(self, actor: Actor) -> bool:
        """Whether the actor is on the student's side: who raised it, or whose it is."""
        return self.raised_by_id == actor.user_id or actor.has(
            Role.STUDENT, self.learner.student_id
        )

    @property
    def words(self) -> Sensitive | None:
        """What is complained of, hidden."""
        return self.WORDS.value(self.words_sealed, row=self.public_id)


class ComplaintStep(models.Model):
    """One move of a complaint: in whose name, by whom, and the words to the student, sealed.

    Written once and never changed. `role` is that of whoever handled it.
    """

    WORDS = Sealed("internships_complaintstep", "words", hidden)

    public_id = models.UUIDField(default=uuid6.uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=12, choices=ComplaintMove)
    to_state = models.CharField(max_length=12, choices=ComplaintState)
    role = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    words_sealed = SealedField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉经过")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("public_id",), name="complaint_step_has_an_id_of_its_own"
            ),
            known_word("complaint_step_move_is_a_known_one", "move", ComplaintMove),
            known_word("complaint_step_leads_to_a_known_state", "to_state", ComplaintState),
            by_function("complaint_step_words_are_ciphertext", "is_sealed", "words_sealed"),
            models.CheckConstraint(
                condition=~Q(move__in=(ComplaintMove.ANSWER, ComplaintMove.CLOSE))
                | Q(words_sealed__isnull=False),
                name="complaint_is_answered_and_closed_in_words",
            ),
            calendar_days("complaint_step_is_on_a_day_of_the_calendar", "on"),
        )

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.move}"

    @property
    def words(self) -> Sensitive | None:
        """What was written to the student, hidden."""
        return self.WORDS.value(self.words_sealed, row=self.public_id)
