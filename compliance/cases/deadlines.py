"""Until when a case is to be acknowledged and cured: dated parameters, asked of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Case, DateField, F, Value, When

from common.day_sql import DaysLater
from common.law_sql import LegalValue
from compliance.cases.words import STANDING_STATES, AlertState
from compliance.findings import URGENT, Severity
from law.legal_values import whole_on

# The legal value that sets the days for each severity; what is not named has no deadline.
DAYS_TO_ACKNOWLEDGE: Mapping[str, str] = dict.fromkeys(URGENT, "alert_acknowledge_days_urgent")
DAYS_TO_CURE: Mapping[str, str] = {
    **dict.fromkeys(URGENT, "alert_cure_days_urgent"),
    Severity.WARNING: "alert_cure_days_warning",
}


def acknowledge_by() -> Case:
    """The last day to acknowledge a row's case; null where none is set."""
    return _last_day(DAYS_TO_ACKNOWLEDGE)


def cure_by() -> Case:
    """The last day to cure a row's case; null where none is set."""
    return _last_day(DAYS_TO_CURE)


def next_deadline() -> Case:
    """`acknowledge_by` of an open case, else `cure_by` of a standing one; null for the others."""
    return Case(
        When(state=AlertState.OPEN, acknowledge_by__isnull=False, then=F("acknowledge_by")),
        When(state__in=STANDING_STATES, then=F("cure_by")),
        default=Value(None),
        output_field=DateField(),
    )


def _last_day(names: Mapping[str, str]) -> Case:
    start = F("deadlines_from")
    return Case(
        *(
            When(severity=severity, then=DaysLater(start, LegalValue(name, day=start)))
            for severity, name in names.items()
        ),
        default=Value(None),
        output_field=DateField(),
    )


def days_to(level: str, on: date) -> int:
    """Days past the deadline from which `level` (coordinator or commission) holds a case."""
    return whole_on(f"alert_days_to_{level}", on)
