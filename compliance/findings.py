"""What a rule says of one subject: severities, and a finding as the contract prints it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """From worst to mildest; `block` means: may not start."""

    BLOCK = "block", _("禁止")
    CRITICAL = "critical", _("严重")
    WARNING = "warning", _("警告")
    INFO = "info", _("提示")


# What cannot wait: may not start, or somebody is unprotected or unpaid.
URGENT = (Severity.BLOCK, Severity.CRITICAL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: `period` is "", a month or an ISO week; `facts` are JSON values, keys sorted.

    `since` is the first day of the fault where the rule can tell, `subject_key` the primary key of
    the subject in the rule's model; neither is part of the contract.
    """

    rule: str
    subject: str
    period: str
    severity: str
    facts: dict[str, Any]
    since: date | None = None
    subject_key: int | None = None

    def to_json(self) -> str:
        """The alert as the contract writes it, keys in the contract's order."""
        return json.dumps(
            {
                "rule": self.rule,
                "subject": self.subject,
                "period": self.period,
                "severity": self.severity,
                "facts": self.facts,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    def days_open(self, on: date) -> int:
        """Days from the first day of the fault to `on`; 0 where it is not known or lies ahead."""
        return max(0, (on - self.since).days) if self.since else 0
