"""The three-party agreement, signed before the start, and work outside what it placed."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Collate
from django.utils.translation import gettext_lazy as _

from common.day_sql import MonthName
from compliance.findings import Severity
from compliance.found_rows import NamesWhere, any_of, found, required
from compliance.registry import rule
from compliance.scopes import Rows, begun_production, standing_placements
from internships.models import Agreement, AttendanceDay
from internships.placement_queries import PlacementQuerySet

SIGNERS = ("enterprise", "school", "student")
EVER = Q(Value(True))


@rule(
    "AGR-01",
    title=_("未签三方协议"),
    severity=Severity.CRITICAL,
    scope=begun_production,
    numbers=("agreement_signers",),
)
def without_three_party_agreement(
    placements: PlacementQuerySet,
    *,
    on: date,
) -> Rows:
    """Placements without an agreement that all three parties had signed by the first day."""
    agreements = Agreement.objects.filter(placement=OuterRef("pk"))
    late = {
        signer: Q(**{f"{signer}_signed_on__isnull": True})
        | Q(**{f"{signer}_signed_on__gt": F("placement__starts_on")})
        for signer in SIGNERS
    }
    missing = required(late, by="agreement_signers", day=Value(on))
    everybody = required(dict.fromkeys(SIGNERS, EVER), by="agreement_signers", day=Value(on))
    best = (
        agreements.annotate(missing=NamesWhere(missing))
        .order_by("missing__len", Collate("code", "C"))
        .values("missing")[:1]
    )
    return found(
        placements.exclude(Exists(agreements.exclude(any_of(missing)))),
        subject="code",
        since="starts_on",
        missing=Coalesce(Subquery(best), NamesWhere(everybody)),
    )


@rule(
    "AGR-04",
    title=_("实习期外上岗"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
)
def work_outside_placement(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months with a day of work before the placement's first day or after its last."""
    outside = AttendanceDay.objects.of(placements).worked(until=on).outside_placement()
    return found(
        days_by_month(outside),
        key="placement_id",
        subject="placement__code",
        period="month",
        since="since",
        days="days",
    )


def days_by_month(rows: Rows) -> Rows:
    """Attended days by placement and month of the day: `days` ascending, and the first, `since`."""
    return rows.values("placement_id", "placement__code", month=MonthName("day")).annotate(
        days=ArrayAgg("day", order_by="day"), since=Min("day")
    )
