"""What speaks for or against a signature: signals of signing for another, and paper copies."""

from __future__ import annotations

import uuid6
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.sensitive import Sealed, SealedField, Sensitive
from common.sound_values import by_function, calendar_days
from internships.models.documents import DocumentKind
from internships.models.life import DIGEST, MOST_CHARACTERS
from internships.models.moves import Party
from internships.models.placements import Placement
from internships.models.signing import Signature
from people.access import VisibleQuerySet
from people.models import User

MOST_BYTES = 5 * 1024 * 1024


class SignalKind(models.TextChoices):
    """Why a signature may not be that of the person it names."""

    SAME_DEVICE = "same_device", _("同一设备签了几个人的名")
    SAME_PLACE = "same_place", _("同一网络地址签了这份安排的另一方")
    SAME_PHONE = "same_phone", _("几个签署人用同一手机号码")
    STAFF_PHONE = "staff_phone", _("手机号码是学校或企业人员的")
    STUDENT_PHONE = "student_phone", _("手机号码是学生本人的")


class SignalVerdict(models.TextChoices):
    """What somebody found who asked."""

    GENUINE = "genuine", _("核实为本人签署")
    PROXY = "proxy", _("由他人代签")


class ProxySignal(models.Model):
    """A reason to ask whether somebody signed for another; a person says what it was, once."""

    signature = models.ForeignKey(Signature, models.PROTECT, related_name="signals")
    kind = models.CharField(max_length=14, choices=SignalKind)
    raised_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=SignalVerdict, blank=True)
    note = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("代签信号")
        ordering = ("id",)
        constraints = (
            known_word("proxy_signal_kind_is_a_known_one", "kind", SignalKind),
            known_word(
                "proxy_signal_verdict_is_a_known_one", "verdict", SignalVerdict, may_be_empty=True
            ),
            models.UniqueConstraint(
                fields=("signature", "kind"), name="proxy_signal_is_raised_once_a_signature"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True, note="")
                | (
                    ~Q(verdict="")
                    & ~Q(note="")
                    & Q(judged_by__isnull=False, judged_at__isnull=False)
                ),
                name="proxy_signal_is_judged_by_somebody_who_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.signature_id} {self.kind}"


class CopyFormat(models.TextChoices):
    """What a copy may be."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class PaperCopy(models.Model):
    """A scan or photograph of a paper that was signed by hand, sealed; `sha256` is of the plain.

    Kept once and never changed.
    """

    CONTENT = Sealed("internships_papercopy", "content", lambda text: "*")

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="copies", db_constraint=False
    )
    kind = models.CharField(_("文书"), max_length=10, choices=DocumentKind)
    party = models.CharField(_("签署方"), max_length=10, choices=Party)
    form = models.CharField(max_length=20, choices=CopyFormat)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_sealed = SealedField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_on = models.DateField()
    uploaded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("纸质文书扫描件")
        ordering = ("id",)
        constraints = (
            known_word("paper_copy_kind_is_a_known_one", "kind", DocumentKind),
            known_word("paper_copy_party_is_a_known_one", "party", Party),
            known_word("paper_copy_form_is_a_known_one", "form", CopyFormat),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES), name="paper_copy_has_a_bounded_size"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=DIGEST), name="paper_copy_has_its_digest"
            ),
            models.UniqueConstraint(
                fields=("placement", "kind", "party", "sha256"),
                name="paper_copy_is_kept_once",
            ),
            by_function("paper_copy_is_ciphertext", "is_sealed", "content_sealed"),
            calendar_days("paper_copy_is_kept_on_a_day_of_the_calendar", "uploaded_on"),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def content(self) -> Sensitive | None:
        """The bytes in base64, behind the door that records who reads them."""
        return self.CONTENT.value(self.content_sealed, row=self.public_id)
