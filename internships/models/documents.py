"""The papers that are agreed on: what they say beyond the terms, and each one as it was issued."""

from __future__ import annotations

import uuid6
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.known_words import known_word
from common.sound_values import calendar_days, filled
from internships.models.life import DIGEST
from internships.models.placements import Placement
from people.access import VisibleQuerySet
from people.models import User


class DocumentKind(models.TextChoices):
    """What is put before the parties."""

    AGREEMENT = "agreement", _("三方协议")
    CONSENT = "consent", _("知情同意书")


class Wording(models.Model):
    """What a placement's papers say beyond its terms (第十五条), one version of it.

    `said` holds texts, words and amounts by the names of `internships.documents.wording`; a change
    is a new version, and the last one counts. `digest` is the SHA-256 of `said`.
    """

    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="wordings", db_constraint=False
    )
    version = models.PositiveSmallIntegerField()
    said = models.JSONField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_on = models.DateField()
    written_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("协议内容")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("placement", "version"), name="wording_has_each_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="wording_versions_are_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST), name="wording_has_its_digest"
            ),
            calendar_days("wording_is_written_on_a_day_of_the_calendar", "written_on"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} v{self.version}"


class Document(models.Model):
    """An agreement or a consent as it was issued: the bytes of record and their SHA-256.

    `content` is the digest of what the placement said, as an approval of it has: a document stands
    while the placement still says so and no later one was issued. `said` holds what was set into
    the template of that version. Issued once and never changed.
    """

    public_id = models.UUIDField(unique=True, default=uuid6.uuid7, editable=False)
    placement = models.ForeignKey(
        Placement, models.DO_NOTHING, related_name="documents", db_constraint=False
    )
    kind = models.CharField(_("文书"), max_length=10, choices=DocumentKind)
    content = models.CharField(max_length=64)
    template = models.CharField(_("示范文本版本"), max_length=50)
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField()
    issued_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书")
        ordering = ("id",)
        constraints = (
            known_word("document_kind_is_a_known_one", "kind", DocumentKind),
            models.CheckConstraint(
                condition=Q(content__regex=DIGEST, sha256__regex=DIGEST),
                name="document_has_its_digests",
            ),
            filled("document_names_its_template", "template"),
            calendar_days("document_is_issued_on_a_day_of_the_calendar", "issued_on"),
        )
        indexes = (models.Index(fields=("placement", "kind"), name="document_by_placement"),)

    def __str__(self) -> str:
        return str(self.public_id)
