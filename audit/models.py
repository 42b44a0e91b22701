"""Bulk operations and chains of events, never changed; the outbox; periods; kept answers."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.answers import KeptAnswer
from audit.chain.rows import AuditEvent, AuditHead
from audit.outbox.rows import Outbox, OutboxQuerySet
from audit.periods import PeriodFate, PeriodRun
from common.known_words import known_word

__all__ = (
    "AuditEvent",
    "AuditHead",
    "KeptAnswer",
    "Operation",
    "OperationKind",
    "Outbox",
    "OutboxQuerySet",
    "PeriodFate",
    "PeriodRun",
)


class OperationKind(models.TextChoices):
    LOAD = "load", _("导入")
    RETRACT = "retract", _("撤回")
    EXPORT = "export", _("导出")
    REVEAL = "reveal", _("查看原文")


class Operation(models.Model):
    """What an operator did in bulk: which input, by whom, when, how many rows.

    `source` names files and digests, `counts` the rows by table; neither holds personal data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=OperationKind)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=200, blank=True)
    source = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("操作记录")
        ordering = ("-made_at",)
        constraints = (
            known_word("operation_kind_is_a_known_one", "kind", OperationKind),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["export", "reveal"]) | ~models.Q(reason=""),
                name="operation_that_reads_plain_text_states_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
