"""INS: a day without cover, a day soon without, who pays the premium."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.oracle.calendar import days
from tests.oracle.district import District, Placement
from tests.oracle.words import (
    ACCIDENT,
    LIABILITY,
    Finding,
    cover_days,
    covered_by,
    standing_placements,
    standing_production,
)


def gap_days(district: District, placement: Placement, first: date, last: date) -> list[date]:
    """The days from `first` to `last` without liability cover, ascending."""
    covered = cover_days(district, placement.learner, LIABILITY)
    return [day for day in days(first, last) if day not in covered]


def maximal(some_days: list[date]) -> list[list[str]]:
    """Ascending days as maximal [from, to] pairs."""
    pairs: list[list[date]] = []
    for day in some_days:
        if pairs and pairs[-1][1] + timedelta(days=1) == day:
            pairs[-1][1] = day
        else:
            pairs.append([day, day])
    return [[first.isoformat(), last.isoformat()] for first, last in pairs]


def uninsured(district: District, on: date) -> Iterator[Finding]:
    """Some day of [start, min(last, D)] has no 实习责任保险 cover."""
    for placement in standing_placements(district, on):
        gaps = gap_days(district, placement, placement.starts_on, min(placement.last, on))
        if gaps:
            facts = {"gaps": maximal(gaps), "days": len(gaps), "today": on in gaps}
            yield Finding(placement.code, "", "critical", facts)


def cover_about_to_lapse(district: District, on: date) -> Iterator[Finding]:
    """Not INS-01, and some day of [max(start, D+1), min(last, D+30)] has no cover."""
    already = {finding.subject for finding in uninsured(district, on)}
    for placement in standing_placements(district, on):
        first = max(placement.starts_on, on + timedelta(days=1))
        last = min(placement.last, on + timedelta(days=30))
        gaps = gap_days(district, placement, first, last)
        if placement.code not in already and gaps:
            facts = {"first_gap": gaps[0].isoformat()}
            yield Finding(placement.code, "", "warning", facts)


def premium_borne_by_the_student(district: District, on: date) -> Iterator[Finding]:
    """A policy paid by 学生, not 注销, gives cover of any kind on some day of [start, last]."""
    for placement in standing_placements(district, on):
        policies = set()
        for row in district.insured_of.get(placement.learner, ()):
            policy = district.policy[row.policy_number]
            covered = covered_by(policy, row.starts_on, row.ends_on)
            inside = any(day in covered for day in days(placement.starts_on, placement.last))
            if policy.premium_payer == "学生" and inside:
                policies.add(policy.number)
        if policies:
            yield Finding(placement.code, "", "critical", {"policies": sorted(policies)})


def no_accident_cover(district: District, on: date) -> Iterator[Finding]:
    """Start ≤ D ≤ last, and D has no 意外伤害保险 cover."""
    for placement in standing_production(district, on):
        inside = placement.starts_on <= on <= placement.last
        if inside and on not in cover_days(district, placement.learner, ACCIDENT):
            yield Finding(placement.code, "", "info", {})
