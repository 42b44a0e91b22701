"""ELIG: who may begin at all."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.oracle.calendar import first_day, last_day, month_of, next_month
from tests.oracle.district import District
from tests.oracle.words import (
    Finding,
    age,
    standing_placements,
    standing_production,
    student_of,
)


def under_sixteen(district: District, on: date) -> Iterator[Finding]:
    """Age < 16 on start."""
    for placement in standing_production(district, on):
        years = age(student_of(district, placement).born_on, placement.starts_on)
        if years < 16:
            yield Finding(placement.code, "", "block", {"age": years})


def six_months_on(day: date) -> date:
    """The same day of the month six months on, or that month's last."""
    month = month_of(day)
    for _ in range(6):
        month = next_month(month)
    return min(first_day(month) + timedelta(days=day.day - 1), last_day(month))


def first_year_ends_on(enrolled_on: date) -> date:
    """The first 31 August that is at least six months after enrolment."""
    earliest = six_months_on(enrolled_on)
    day = earliest
    while (day.month, day.day) != (8, 31):
        day += timedelta(days=1)
    return day


def first_school_year(district: District, on: date) -> Iterator[Finding]:
    """Start ≤ the end of the first school year."""
    for placement in standing_production(district, on):
        if placement.starts_on <= first_year_ends_on(student_of(district, placement).enrolled_on):
            yield Finding(placement.code, "", "block", {})


def consent_missing(district: District, on: date) -> Iterator[Finding]:
    """Start ≤ D + 7, and a consent empty or later than start."""
    for placement in standing_production(district, on):
        consents = {
            "guardian": placement.guardian_consented_on,
            "student": placement.student_consented_on,
        }
        missing = sorted(
            who for who, day in consents.items() if day is None or day > placement.starts_on
        )
        if placement.starts_on <= on + timedelta(days=7) and missing:
            yield Finding(placement.code, "", "block", {"missing": missing})


def not_enrolled(district: District, on: date) -> Iterator[Finding]:
    """Status 已批准 or 实习中, 学籍状态 休学, 退学 or 毕业."""
    for placement in standing_placements(district, on):
        status = student_of(district, placement).status
        if placement.status in ("已批准", "实习中") and status in ("休学", "退学", "毕业"):
            yield Finding(placement.code, "", "warning", {"status": status})
