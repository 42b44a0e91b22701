"""Schools and enterprises, persons and their learner identities, and those who teach them."""

from __future__ import annotations

import uuid6
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from common.identifiers import mask_id_number
from common.phones import mask_phone
from common.sensitive import BlindIndexField, Sealed, SealedField, Sensitive


class SchoolLevel(models.TextChoices):
    SECONDARY = "secondary", _("中职")
    HIGHER = "higher", _("高职专科")
    BACHELOR = "bachelor", _("高职本科")


class VenueKind(models.TextChoices):
    """Places of entertainment where nobody may be placed (职业学校学生实习管理规定 第十六条第五项)."""

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


class EnrolmentStatus(models.TextChoices):
    ENROLLED = "enrolled", _("在籍")
    SUSPENDED = "suspended", _("休学")
    WITHDRAWN = "withdrawn", _("退学")
    GRADUATED = "graduated", _("毕业")


class School(models.Model):
    """A vocational school or college, by its ten-digit 学校标识码."""

    code = models.CharField(_("学校标识码"), max_length=10, unique=True)
    name = models.CharField(_("学校名称"), max_length=200)
    level = models.CharField(_("办学层次"), max_length=20, choices=SchoolLevel)
    division_code = models.CharField(_("行政区划代码"), max_length=6)

    class Meta:
        verbose_name = _("学校")

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

    class Meta:
        verbose_name = _("企业")
        constraints = (
            models.CheckConstraint(
                condition=Q(staff_count__gte=1), name="enterprise_has_at_least_one_on_its_staff"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Student(models.Model):
    """The person, once, whatever schools know them; named by the ID number.

    `born_on` is the birth date in the ID number, kept so that no rule decrypts.
    """

    ID_NUMBER = Sealed("people_student", "id_number", mask_id_number)

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    id_number_sealed = SealedField(_("证件号码"))
    id_number_index = BlindIndexField(unique=True)
    born_on = models.DateField(_("出生日期"))

    class Meta:
        verbose_name = _("学生")

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

    class Meta:
        verbose_name = _("学生身份")
        verbose_name_plural = _("学生身份")
        constraints = (
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

    class Meta:
        verbose_name = _("监护人")
        constraints = (
            models.CheckConstraint(
                condition=Q(phone_sealed__isnull=True, phone_index__isnull=True)
                | Q(phone_sealed__isnull=False, phone_index__isnull=False),
                name="guardian_phone_is_sealed_and_indexed_together",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def phone(self) -> Sensitive | None:
        """监护人手机, masked."""
        return self.PHONE.value(self.phone_sealed, row=self.public_id)


class Teacher(models.Model):
    """A school's instructor (校内导师), one record a name; `namesake` splits people of one name."""

    school = models.ForeignKey(School, models.PROTECT, related_name="teachers")
    name = models.CharField(_("校内指导教师"), max_length=100)
    namesake = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("校内导师")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "name", "namesake"), name="teacher_is_recorded_once_in_a_school"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Mentor(models.Model):
    """An enterprise's mentor (企业师傅), one record a name; `namesake` splits people of one name."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mentors")
    name = models.CharField(_("企业指导教师"), max_length=100)
    namesake = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("企业师傅")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "name", "namesake"),
                name="mentor_is_recorded_once_in_an_enterprise",
            ),
        )

    def __str__(self) -> str:
        return self.name
