"""Persons, their learner identities, and their guardians."""

from __future__ import annotations

import uuid6
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from common.identifiers import mask_id_number
from common.known_words import known_word
from common.phones import mask_phone
from common.sensitive import BlindIndexField, Sealed, SealedField, Sensitive
from common.sound_values import MAJOR_CODE, by_function, calendar_days, filled, well_formed
from people.access.registry import VisibleQuerySet
from people.models.institutions import School


class EnrolmentStatus(models.TextChoices):
    ENROLLED = "enrolled", _("在籍")
    SUSPENDED = "suspended", _("休学")
    WITHDRAWN = "withdrawn", _("退学")
    GRADUATED = "graduated", _("毕业")


class Student(models.Model):
    """The person, once, whatever schools know them; named by the ID number.

    `born_on` is the birth date in the ID number, kept so that no rule decrypts.
    """

    ID_NUMBER = Sealed("people_student", "id_number", mask_id_number)

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    id_number_sealed = SealedField(_("证件号码"))
    id_number_index = BlindIndexField(unique=True)
    born_on = models.DateField(_("出生日期"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("学生")
        constraints = (
            calendar_days("student_birth_is_a_day_of_the_calendar", "born_on"),
            by_function("student_id_number_is_ciphertext", "is_sealed", "id_number_sealed"),
            by_function("student_id_number_index_is_a_digest", "is_digest", "id_number_index"),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def id_number(self) -> Sensitive | None:
        """证件号码, masked."""
        return self.ID_NUMBER.value(self.id_number_sealed, row=self.public_id)


class LearnerIdentity(models.Model):
    """A student as one school knows them: number, name, major and class, from enrolment on.

    A person may have several (a transfer, a second programme); at most one of them is 在籍.
    """

    NATIONAL_NUMBER = Sealed("people_learneridentity", "national_number", mask_id_number)
    PHONE = Sealed("people_learneridentity", "phone", mask_phone)

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    student = models.ForeignKey(Student, models.PROTECT, related_name="learner_identities")
    school = models.ForeignKey(School, models.PROTECT, related_name="learner_identities")
    student_number = models.CharField(_("学号"), max_length=50)
    name = models.CharField(_("姓名"), max_length=100)
    major_code = models.CharField(_("专业代码"), max_length=7)
    major_name = models.CharField(_("专业名称"), max_length=100, blank=True)
    class_name = models.CharField(_("班级"), max_length=100, blank=True)
    enrolled_on = models.DateField(_("入学日期"))
    status = models.CharField(
        _("学籍状态"), max_length=12, choices=EnrolmentStatus, default=EnrolmentStatus.ENROLLED
    )
    national_number_sealed = SealedField(_("学籍号"), null=True)
    national_number_index = BlindIndexField(null=True)
    phone_sealed = SealedField(_("手机"), null=True)
    phone_index = BlindIndexField(null=True, db_index=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("学生身份")
        verbose_name_plural = _("学生身份")
        constraints = (
            known_word("enrolment_status_is_a_known_one", "status", EnrolmentStatus),
            models.UniqueConstraint(
                fields=("school", "student_number"),
                name="student_number_is_given_once_in_a_school",
            ),
            models.UniqueConstraint(
                fields=("id", "school"), name="learner_identity_belongs_to_one_school"
            ),
            ExclusionConstraint(
                name="student_is_enrolled_in_one_school_at_a_time",
                expressions=(("student", "="),),
                index_type="gist",
                condition=Q(status=EnrolmentStatus.ENROLLED),
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(phone_sealed__isnull=True, phone_index__isnull=True)
                | Q(phone_sealed__isnull=False, phone_index__isnull=False),
                name="learner_phone_is_sealed_and_indexed_together",
            ),
            models.CheckConstraint(
                condition=Q(national_number_sealed__isnull=True, national_number_index__isnull=True)
                | Q(national_number_sealed__isnull=False, national_number_index__isnull=False),
                name="learner_national_number_is_sealed_and_indexed_together",
            ),
            by_function(
                "learner_secrets_are_ciphertext",
                "is_sealed",
                "national_number_sealed",
                "phone_sealed",
            ),
            by_function(
                "learner_secret_indexes_are_digests",
                "is_digest",
                "national_number_index",
                "phone_index",
            ),
            well_formed("learner_major_is_well_formed", "major_code", MAJOR_CODE),
            calendar_days("learner_enrolment_is_a_day_of_the_calendar", "enrolled_on"),
            filled("learner_has_a_number_and_a_name", "student_number", "name"),
        )

    def __str__(self) -> str:
        return f"{self.school_id}:{self.student_number}"

    @property
    def phone(self) -> Sensitive | None:
        """手机, masked."""
        return self.PHONE.value(self.phone_sealed, row=self.public_id)

    @property
    def national_number(self) -> Sensitive | None:
        """学籍号, masked: it may hold the ID number."""
        return self.NATIONAL_NUMBER.value(self.national_number_sealed, row=self.public_id)


class Guardian(models.Model):
    """A parent or legal guardian, as the school's roster names one for a learner identity."""

    PHONE = Sealed("people_guardian", "phone", mask_phone)

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    learner = models.OneToOneField(LearnerIdentity, models.CASCADE, related_name="guardian")
    name = models.CharField(_("监护人姓名"), max_length=100, blank=True)
    relation = models.CharField(_("监护人关系"), max_length=50, blank=True)
    phone_sealed = SealedField(_("监护人手机"), null=True)
    phone_index = BlindIndexField(null=True, db_index=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("监护人")
        constraints = (
            models.CheckConstraint(
                condition=Q(phone_sealed__isnull=True, phone_index__isnull=True)
                | Q(phone_sealed__isnull=False, phone_index__isnull=False),
                name="guardian_phone_is_sealed_and_indexed_together",
            ),
            by_function("guardian_phone_is_ciphertext", "is_sealed", "phone_sealed"),
            by_function("guardian_phone_index_is_a_digest", "is_digest", "phone_index"),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def phone(self) -> Sensitive | None:
        """监护人手机, masked."""
        return self.PHONE.value(self.phone_sealed, row=self.public_id)
