"""AGR: three signatures in time, and no work outside the placement."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.oracle.calendar import month_of
from tests.oracle.district import Agreement, District, Month
from tests.oracle.words import Finding, begun_production, standing_placements, worked_rows


def missing_signatures(agreement: Agreement, start: date) -> list[str]:
    """Who has not signed, or only after the start."""
    signed = {
        "enterprise": agreement.enterprise_signed_on,
        "school": agreement.school_signed_on,
        "student": agreement.student_signed_on,
    }
    return sorted(party for party, day in signed.items() if day is None or day > start)


def no_three_party_agreement(district: District, on: date) -> Iterator[Finding]:
    """No agreement has all three signatures dated ≤ start."""
    for placement in begun_production(district, on):
        candidates = [
            (missing_signatures(agreement, placement.starts_on), agreement.code)
            for agreement in district.agreements_of.get(placement.code, ())
        ]
        missing = ["enterprise", "school", "student"]
        if candidates:
            missing, _ = min(candidates, key=lambda pair: (len(pair[0]), pair[1]))
        if missing:
            yield Finding(placement.code, "", "critical", {"missing": missing})


def work_outside_the_placement(district: District, on: date) -> Iterator[Finding]:
    """A worked row dated ≤ D and outside [start, last]."""
    for placement in standing_placements(district, on):
        months: dict[Month, list[str]] = defaultdict(list)
        for row in worked_rows(district, placement, on):
            if not placement.starts_on <= row.day <= placement.last:
                months[month_of(row.day)].append(row.day.isoformat())
        for month, outside in months.items():
            yield Finding(placement.code, str(month), "critical", {"days": sorted(outside)})
