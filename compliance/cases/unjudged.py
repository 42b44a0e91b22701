"""Which rules say nothing of the district now, so that nobody takes silence for safety."""

from __future__ import annotations

from compliance.cases.history import SweepRun
from compliance.registry import all_rules


def unjudged() -> frozenset[str]:
    """The rules that failed in the latest finished sweep; all of them where there was none.

    One query. What was judged since, by rechecks, is of a few; the sweep speaks of everybody.
    """
    reason = "whether there are answers, and nobody's data"
    finished = SweepRun.objects.unscoped(reason=reason).filter(finished_at__isnull=False)
    latest = finished.order_by("-pk").values_list("failed_rules", flat=True).first()
    if latest is None:
        return frozenset(rule.id for rule in all_rules())
    return frozenset(latest)
