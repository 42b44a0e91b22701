"""Links by which somebody without an account signs one paper, and what was signed by them."""

from __future__ import annotations

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.phones import mask_phone
from common.sensitive import BlindIndexField, Sealed, SealedField, Sensitive
from common.sound_values import by_function, calendar_days, filled
from internships.models.documents import Document
from internships.models.life import MOST_CHARACTERS, Approval
from internships.models.moves import Party
from people.access import VisibleQuerySet
from people.models import User

LINKED_PARTIES = (Party.GUARDIAN, Party.ENTERPRISE)


class Choice(models.TextChoices):
    """What somebody with a link decided."""

    AGREED = "agreed", _("已同意签署")
    DECLINED = "declined", _("已表示不同意")


class SigningLink(models.Model):
    """A link by which one person signs one document, once, before `expires_at`, for one party.

    Of the token only a digest is kept, of the code that goes to the phone a keyed one. It is bound
    to the document, and so to its bytes and content; `name` is who is to sign.
    """

    PHONE = Sealed("internships_signinglink", "phone", mask_phone)

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    token_digest = models.BinaryField(unique=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="links")
    party = models.CharField(max_length=10, choices=Party)
    name = models.CharField(_("签署人"), max_length=100)
    phone_sealed = SealedField(_("签署人手机"))
    phone_index = BlindIndexField(db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    code_digest = models.BinaryField(null=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("签署链接")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(party__in=LINKED_PARTIES),
                name="signing_link_is_for_a_party_without_one",
            ),
            filled("signing_link_names_its_signer", "name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="signing_link_expires_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True)
                | Q(used_at__lt=F("expires_at"), withdrawn_at__isnull=True),
                name="signing_link_is_not_used_late_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(code_digest__isnull=True, code_until__isnull=True)
                | Q(code_digest__isnull=False, code_until__isnull=False),
                name="signing_link_has_a_code_with_its_end",
            ),
            by_function("signing_link_phone_is_ciphertext", "is_sealed", "phone_sealed"),
            by_function(
                "signing_link_indexes_are_digests",
                "is_digest",
                "phone_index",
                "token_digest",
                "code_digest",
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def phone(self) -> Sensitive | None:
        """签署人手机, masked."""
        return self.PHONE.value(self.phone_sealed, row=self.public_id)


class Signature(models.Model):
    """What was decided by a link, and how: the name as typed, a drawing, from where.

    `place_index` and `device_index` are keyed digests: they tell that two are the same and nothing
    else. Written once and never changed.
    """

    DRAWING = Sealed("internships_signature", "drawing", lambda text: "*")

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    link = models.OneToOneField(SigningLink, models.PROTECT, related_name="signature")
    choice = models.CharField(max_length=10, choices=Choice)
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="signature")
    typed_name = models.CharField(_("签署人"), max_length=100)
    reason = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    drawing_sealed = SealedField(null=True)
    place_index = BlindIndexField()
    device_index = BlindIndexField()
    on = models.DateField()
    at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("链接签署")
        ordering = ("id",)
        constraints = (
            known_word("signature_choice_is_a_known_one", "choice", Choice),
            models.CheckConstraint(
                condition=Q(choice=Choice.AGREED, approval__isnull=False)
                | (Q(choice=Choice.DECLINED, approval__isnull=True) & ~Q(reason="")),
                name="signature_is_an_approval_or_says_why_not",
            ),
            filled("signature_has_a_name", "typed_name"),
            by_function("signature_drawing_is_ciphertext", "is_sealed", "drawing_sealed"),
            by_function(
                "signature_indexes_are_digests", "is_digest", "place_index", "device_index"
            ),
            calendar_days("signature_is_on_a_day_of_the_calendar", "on"),
        )

    def __str__(self) -> str:
        return f"{self.link_id} {self.choice}"
