"""Years whose notice of days off is not published, although their days could decide an alert."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from compensation.month_queries import has_agreed_pay, past_due_day, pay_months_of
from internships.models import AttendanceDay, Placement, PlacementMonth
from law.workdays import KNOWN_YEARS, notice_known


def years_without_notice(on: date) -> list[int]:
    """The years, ascending, that a sweep on `on` judged by weekdays and statutory holidays alone.

    A year counts when it has a worked row up to `on` of a standing placement, a touching day in a
    ripe month of a begun and paid 岗位实习, or one in a month whose attendance should be confirmed.
    """
    standing = Placement.objects.standing(on)
    placements = Placement.objects.begun(on).production()
    begun = PlacementMonth.objects.of(placements)
    years = _years(AttendanceDay.objects.of(standing).worked(until=on), "day")
    paid = pay_months_of(placements).with_due_on().filter(has_agreed_pay(), past_due_day(on))
    years |= _years(paid, "month")
    years |= _years(begun.to_confirm_before(on), "month")
    return sorted(years)


def _years(rows: QuerySet[Any], column: str) -> set[int]:
    noticed = [year for year in KNOWN_YEARS if notice_known(year)]
    first, last = date(noticed[0], 1, 1), date(noticed[-1], 12, 31)
    unknown = rows.filter(Q(**{f"{column}__lt": first}) | Q(**{f"{column}__gt": last}))
    return set(unknown.order_by().values_list(ExtractYear(column), flat=True).distinct())
