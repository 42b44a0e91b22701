"""What was done in bulk, asked of its records."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from audit.models import Operation, OperationKind


def latest(kind: OperationKind) -> datetime | None:
    """When the last operation of that kind was made, if ever."""
    made: datetime | None = Operation.objects.filter(kind=kind).aggregate(at=Max("made_at"))["at"]
    return made
