"""One sound row of each table about hosts, for tests that then break one thing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from internships.models import (
    AssessedPoint,
    Complaint,
    ComplaintStep,
    CreditRecord,
    FilingBatch,
    FilingBatchEntry,
    FreezeMove,
    HostDecision,
    HostFreeze,
    SiteAssessment,
)


def rows_of_hosts(*, placement: Any, enterprise: Any, user: Any, at: Any) -> dict[str, Any]:
    """A decision on the host, a complaint with its first step, and a batch that was filed."""
    row = UUID(int=77)
    complaint = Complaint.objects.create(
        public_id=row,
        placement=placement,
        learner=placement.learner,
        school=placement.school,
        enterprise=enterprise,
        kind="deposit",
        words_sealed=Complaint.WORDS.seal("x", row=row),
        party="student",
        raised_by=user,
        raised_on=date(2026, 11, 24),
        raised_at=at,
    )
    ComplaintStep.objects.create(
        complaint=complaint,
        move="raise",
        to_state="received",
        on=date(2026, 11, 24),
        at=at,
        user=user,
    )
    batch = FilingBatch.objects.create(
        school=placement.school,
        number="1",
        filed_on=date(2026, 11, 24),
        filed_by=user,
        made_by=user,
        made_on=date(2026, 11, 24),
        made_at=at,
    )
    FilingBatchEntry.objects.create(batch=batch, placement=placement)
    kept: dict[str, Any] = {
        "school": placement.school,
        "enterprise": enterprise,
        "made_by": user,
        "made_at": at,
    }
    day, good = date(2026, 11, 24), date(2027, 11, 24)
    SiteAssessment.objects.create(
        visited_on=day,
        visitors="x",
        findings=dict.fromkeys(AssessedPoint.values, "x"),
        passed=True,
        valid_until=good,
        **kept,
    )
    CreditRecord.objects.create(kind="credit", checked_on=day, source="x", valid_until=good, **kept)
    HostDecision.objects.create(decided_on=day, meeting="x", **kept)
    return {
        "batch": batch,
        "complaint": complaint,
        "freeze": HostFreeze.objects.create(
            enterprise=enterprise,
            move=FreezeMove.FREEZE,
            from_day=date(2026, 11, 24),
            reason="x",
            decided_by=user,
            decided_on=date(2026, 11, 24),
            decided_at=at,
        ),
    }
