"""The one door to the plain text of a personal value: it records who read it, and why, first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.models import Operation, OperationKind
from audit.operations import operation_on_record
from common.sensitive import Sensitive


class ReasonMissing(Exception):
    """Nobody reads a personal value without saying why."""


class NotOnRecord(Exception):
    """A reading whose record is not in the database: no record, no text."""


@transaction.atomic
def reveal(values: Iterable[Sensitive], *, by: str, reason: str, at: datetime) -> list[str]:
    """The plain texts of `values`, in order, after recording that `by` read them for `reason`.

    The record and the reading share a transaction: no record, no text. Raises ReasonMissing for a
    blank reason (个人信息保护法 第二十八条; 未成年人网络保护条例: access is recorded).
    """
    wanted = list(values)
    counts = {"values": len(wanted)}
    operation = _record(OperationKind.REVEAL, by=by, reason=reason, at=at, counts=counts)
    reading = Reading(operation)
    return [reading.text(value) for value in wanted]


def record_export(
    *, by: str, reason: str, at: datetime, source: dict[str, Any], counts: dict[str, int]
) -> Operation:
    """Record rows that leave in a file, before they are read. Raises ReasonMissing for no reason.

    `source` says which were asked for, without personal data; `counts` how many there were.
    """
    return _record(OperationKind.EXPORT, by=by, reason=reason, at=at, counts=counts, source=source)


class Reading:
    """Leave to read plain texts one after the other, under a record that stands already.

    For an export, which reads more than can be held: its record is committed before the first
    text, so that one that is cut off is on record too.
    """

    def __init__(self, operation: Operation) -> None:
        known = Operation.objects.filter(
            pk=operation.pk, kind__in=(OperationKind.REVEAL, OperationKind.EXPORT)
        )
        if not known.exists():
            raise NotOnRecord(f"{operation.kind} {operation.pk}")

    def text(self, value: Sensitive) -> str:
        """The plain text of the value."""
        return value.open_unlogged()


def _record(
    kind: OperationKind,
    *,
    by: str,
    reason: str,
    at: datetime,
    counts: dict[str, int],
    source: dict[str, Any] | None = None,
) -> Operation:
    if not reason.strip():
        raise ReasonMissing(_("请说明查看原文的理由"))
    operation = Operation.objects.create(
        kind=kind,
        made_at=at,
        made_by=by,
        reason=reason.strip(),
        source=source or {},
        counts=counts,
    )
    operation_on_record(operation, rows=sum(counts.values()))
    return operation
