"""The coverage calendar: each day of a placement, and the policies that cover it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from common.law_sql import codes_of
from common.ranges import ONE_DAY
from insurance.models import CoverKind, InsuredPeriod, Policy
from internships.models import Placement
from law.legal_values import value_on


class DayState(Enum):
    """What is to be said of one day: `GAP` is uncovered up to now, `OPEN` uncovered to come."""

    COVERED = "covered"
    GAP = "gap"
    AHEAD = "ahead"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CoverDay:
    """A day of the placement and the policies of the demanded kinds that cover it."""

    day: date
    state: DayState
    policies: tuple[Policy, ...]

    @property
    def is_uncovered(self) -> bool:
        """Whether no policy of a demanded kind covers the day, past or to come."""
        return not self.policies


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class CoverCalendar:
    """Every day from the placement's first to its last, as it stood on the day `on`.

    `days` holds the placement's days ascending; a day is covered by policies of the kinds the law
    demands on `on`, as rule INS-01 judges. `policies` are those that cover at least one day.
    """

    on: date
    days: tuple[CoverDay, ...]
    policies: tuple[Policy, ...] = field(default=())

    @property
    def gaps(self) -> list[Span]:
        """Uncovered days up to `on`, as spans ascending."""
        return list(_spans(row.day for row in self.days if row.state is DayState.GAP))

    @property
    def gaps_ahead(self) -> list[Span]:
        """Uncovered days after `on`, as spans ascending."""
        return list(_spans(row.day for row in self.days if row.state is DayState.OPEN))

    @property
    def today(self) -> CoverDay | None:
        """The day `on` itself, if it lies in the placement."""
        return next((row for row in self.days if row.day == self.on), None)

    @property
    def covered_until(self) -> date | None:
        """The last day of the unbroken cover that holds `on`; None when `on` is not covered."""
        if self.today is None or self.today.is_uncovered:
            return None
        last = self.on
        for row in self.days:
            if row.day <= self.on:
                continue
            if row.is_uncovered:
                break
            last = row.day
        return last


def cover_calendar(placement: Placement, *, on: date) -> CoverCalendar:
    """The calendar of a placement that the caller may see; one query."""
    kinds = codes_of(CoverKind)(value_on("required_cover_kinds", on))
    rosters = (
        InsuredPeriod.objects.giving_cover()
        .filter(
            learner=placement.learner_id,
            policy__kind__in=kinds,
            cover__overlap=placement.period,
        )
        .select_related("policy")
        .order_by("cover", "policy__number")
    )
    spells = [(row.cover.lower, row.cover.upper, row.policy) for row in rosters]
    days = []
    for day in _days(placement.starts_on, placement.last_on):
        holding = {
            policy.pk: policy
            for lower, upper, policy in spells
            if (lower is None or lower <= day) and (upper is None or day < upper)
        }
        days.append(CoverDay(day, _state(bool(holding), day, on), tuple(holding.values())))
    used = {policy.pk: policy for row in days for policy in row.policies}
    return CoverCalendar(on, tuple(days), tuple(used.values()))


def _state(covered: bool, day: date, on: date) -> DayState:
    if day <= on:
        return DayState.COVERED if covered else DayState.GAP
    return DayState.AHEAD if covered else DayState.OPEN


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _spans(days: Iterator[date]) -> Iterator[Span]:
    first = last = None
    for day in days:
        if first is None or last is None:
            first = last = day
        elif day == last + ONE_DAY:
            last = day
        else:
            yield Span(first, last)
            first = last = day
    if first is not None and last is not None:
        yield Span(first, last)
