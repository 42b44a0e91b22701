"""How long and when students work: hours a day and a week, rest days, holidays, nights."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, Q, Sum, Value
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from common.day_sql import DaysLater, WeekName, WeekOf
from common.law_sql import LegalValue, minutes
from common.models import DayKindName
from compliance.findings import Severity
from compliance.found_rows import found, two_decimals
from compliance.registry import rule
from compliance.rules.agreement import days_by_month
from compliance.scopes import Rows, standing_placements
from internships.attendance_queries import AttendanceQuerySet
from internships.models import LIMITS_OF_FILINGS, AttendanceDay, Filing, FilingMatter
from internships.placement_queries import PlacementQuerySet

DAYS_IN_A_WEEK = 7


def filings_allowing(matter: FilingMatter) -> Exists:
    """Whether a filing allows the matter on the row's day, at the post in force that day."""
    return Exists(
        Filing.objects.allowing(
            matter,
            post=OuterRef("in_force__post"),
            school=OuterRef("placement__school"),
            major_code=OuterRef("placement__learner__major_code"),
            born_on=OuterRef("placement__learner__student__born_on"),
            day=OuterRef("day"),
        )
    )


def worked_rows(placements: PlacementQuerySet, until: date) -> AttendanceQuerySet:
    """Days of work of the placements up to `until`, inside their period or not."""
    return AttendanceDay.objects.of(placements).worked(until=until).with_terms_of_the_day()


def found_by_month(rows: Rows) -> Rows:
    """Attended days as one finding a placement and month, with their dates."""
    return found(
        days_by_month(rows),
        key="placement_id",
        subject="placement__code",
        period="month",
        since="since",
        days="days",
    )


@rule(
    "TIME-01",
    title=_("日工时超限"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("hours_per_day", *LIMITS_OF_FILINGS),
)
def over_daily_hours(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months with a day of more hours than allowed, on which no filing allows overtime."""
    long_days = worked_rows(placements, on).filter(
        hours__gt=LegalValue("hours_per_day", day=F("day"))
    )
    return found_by_month(long_days.exclude(filings_allowing(FilingMatter.OVERTIME)))


@rule(
    "TIME-02",
    title=_("周工时超限"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("hours_per_week", *LIMITS_OF_FILINGS),
)
def over_weekly_hours(placements: PlacementQuerySet, *, on: date) -> Rows:
    """ISO weeks of more hours than allowed, unless filings allow overtime on each day of work."""
    worked = AttendanceDay.objects.of(placements).worked(until=on)
    weeks = worked.values("placement_id", week=WeekOf("day")).annotate(
        hours_worked=Sum("hours"), last_day=Max("day")
    )
    long_weeks = CTE(
        weeks.filter(hours_worked__gt=LegalValue("hours_per_week", day=F("last_day"))),
        name="long_week",
        materialized=True,
    )
    week = long_weeks.col
    rows = long_weeks.join(worked_rows(placements, on), placement_id=week.placement_id)
    without_filing = rows.filter(
        day__gte=week.week, day__lt=DaysLater(week.week, Value(DAYS_IN_A_WEEK))
    ).exclude(filings_allowing(FilingMatter.OVERTIME))
    return found(
        with_cte(
            long_weeks,
            select=without_filing.values(
                "placement_id", "placement__code", week=week.week, hours_worked=week.hours_worked
            ).annotate(since=Min("day")),
        ),
        key="placement_id",
        subject="placement__code",
        period=WeekName("week"),
        since="since",
        hours=two_decimals(F("hours_worked")),
    )


@rule(
    "TIME-03",
    title=_("休息日或法定节假日上岗"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=LIMITS_OF_FILINGS,
)
def work_on_days_off(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months with work on a rest day or statutory holiday that no filing allows."""
    on_rest_day = Q(calendar_day__kind=DayKindName.REST_DAY)
    on_holiday = Q(calendar_day__kind=DayKindName.STATUTORY_HOLIDAY)
    rows = worked_rows(placements, on).filter(on_rest_day | on_holiday)
    return found_by_month(
        rows.filter(
            (on_rest_day & ~Q(filings_allowing(FilingMatter.REST_DAY)))
            | (on_holiday & ~Q(filings_allowing(FilingMatter.HOLIDAY)))
        )
    )


@rule(
    "TIME-04",
    title=_("夜间上岗"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("night_starts_at", "night_ends_at", *LIMITS_OF_FILINGS),
)
def night_work(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months with work in the night that no filing allows."""
    rows = worked_rows(placements, on).filter(works_at_night())
    return found_by_month(rows.exclude(filings_allowing(FilingMatter.NIGHT)))


def works_at_night() -> Any:
    """Rows whose hours reach into a night: they begin before its end, or end after its start.

    Who leaves at or before the minute of coming leaves the next day, so through the whole night.
    """
    return (
        Q(came_minute__lt=LegalValue("night_ends_at", day=F("day"), read=minutes))
        | Q(left_minute__gt=LegalValue("night_starts_at", day=F("day"), read=minutes))
        | Q(left_minute__lte=F("came_minute"))
    )
