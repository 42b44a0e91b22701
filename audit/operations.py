"""What was done in bulk, asked of its records."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from audit import chain
from audit.models import Operation, OperationKind


def latest(kind: OperationKind) -> datetime | None:
    """When the last operation of that kind was made, if ever."""
    made: datetime | None = Operation.objects.filter(kind=kind).aggregate(at=Max("made_at"))["at"]
    return made


def operation_on_record(operation: Operation, *, rows: int) -> None:
    """Write the event of an operation, as the last thing of its transaction.

    Who made it stands there where it was an account; the words of an operator stay in the row.
    """
    word, _, number = operation.made_by.partition(":")
    is_account = word == "user" and number.isascii() and number.isdigit()
    chain.record(
        f"operation.{operation.kind}",
        subject=f"operation:{operation.pk}",
        by=int(number) if is_account else None,
        at=operation.made_at,
        facts={"rows": rows},
    )
