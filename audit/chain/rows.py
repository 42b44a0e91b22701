"""The events of the chains, which only grow, and the head of each chain, which moves with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.chain.links import DIGEST_BYTES, DISTRICT
from common.sound_values import filled, well_formed

CODE = r"^[a-z][a-z_]*(\.[a-z][a-z_]*)+$"


class AuditHead(models.Model):
    """The latest link of a chain: of the school of that id, or of the district.

    Its row is held while an event is added, so that of writers at once one comes after the other.
    """

    chain = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=DIGEST_BYTES)

    class Meta:
        verbose_name = _("审计链末端")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(chain__gte=DISTRICT, seq__gte=0),
                name="audit_head_is_of_a_school_or_the_district",
            ),
        )

    def __str__(self) -> str:
        return f"{self.chain}:{self.seq}"


class AuditEvent(models.Model):
    """What was done: `what` a stable code, to `subject`, by the user of that id, and when.

    `by` is None for the system, and for who comes by a link; `entry` is the request it came with.
    `facts` are names of fields, codes, numbers and ids, and never a personal value. `hash` binds
    the row to `prev`, the hash of the one before.
    """

    chain = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    by = models.BigIntegerField(null=True)
    entry = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    prev = models.BinaryField(max_length=DIGEST_BYTES)
    hash = models.BinaryField(max_length=DIGEST_BYTES)

    class Meta:
        verbose_name = _("审计事件")
        constraints = (
            models.UniqueConstraint(
                fields=("chain", "seq"), name="audit_event_has_its_place_to_itself"
            ),
            well_formed("audit_event_says_what_by_a_code", "what", CODE),
            filled("audit_event_says_of_what", "subject"),
        )
        indexes = (
            models.Index(fields=("subject", "at"), name="audit_event_by_subject"),
            models.Index(fields=("by", "at"), name="audit_event_by_user"),
        )

    def __str__(self) -> str:
        return f"{self.chain}:{self.seq} {self.what}"
