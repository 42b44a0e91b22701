"""One sound row of each table about hosts, for tests that then break one thing."""

from __future__ import annotations

from datetime import date
from typing import Any

from internships.models import FreezeMove, HostFreeze


def rows_of_hosts(*, enterprise: Any, user: Any, at: Any) -> dict[str, Any]:
    """A decision on the host."""
    return {
        "freeze": HostFreeze.objects.create(
            enterprise=enterprise,
            move=FreezeMove.FREEZE,
            from_day=date(2026, 11, 24),
            reason="x",
            decided_by=user,
            decided_on=date(2026, 11, 24),
            decided_at=at,
        )
    }
