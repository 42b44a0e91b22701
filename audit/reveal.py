"""The one door to the plain text of a personal value: it records who read it, and why, first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.models import Operation, OperationKind
from common.sensitive import Sensitive


class ReasonMissing(Exception):
    """Nobody reads a personal value without saying why."""


@transaction.atomic
def reveal(values: Iterable[Sensitive], *, by: str, reason: str, at: datetime) -> list[str]:
    """The plain texts of `values`, in order, after recording that `by` read them for `reason`.

    The record and the reading share a transaction: no record, no text. Raises ReasonMissing for a
    blank reason (个人信息保护法 第二十八条; 未成年人网络保护条例: access is recorded).
    """
    wanted = list(values)
    record_reading(kind=OperationKind.REVEAL, by=by, reason=reason, at=at, count=len(wanted))
    return [value.open_unlogged() for value in wanted]


def record_reading(
    *, kind: OperationKind, by: str, reason: str, at: datetime, count: int | None = None
) -> Operation:
    """Record a reading of plain text that is about to happen; call inside its transaction."""
    if not reason.strip():
        raise ReasonMissing("请说明查看原文的理由")
    return Operation.objects.create(
        kind=kind,
        made_at=at,
        made_by=by,
        reason=reason.strip(),
        counts={} if count is None else {"values": count},
    )


def record_export(
    *, by: str, reason: str, at: datetime, source: dict[str, Any], counts: dict[str, int]
) -> Operation:
    """Record rows that leave in a file; call inside the transaction that reads them.

    `source` says which were asked for, without personal data; `counts` how many there were.
    """
    return Operation.objects.create(
        kind=OperationKind.EXPORT,
        made_at=at,
        made_by=by,
        reason=reason,
        source=source,
        counts=counts,
    )
