"""The list of planters by rule, and what a planter promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tests.districts.roster import Cells, Roster


@dataclass(frozen=True)
class Expected:
    """Whether a rule fires for a subject and period on a day, and who planted it."""

    rule: str
    subject: str
    period: str
    on: date
    fires: bool
    planter: str = ""


Planter = Callable[[Roster, date], Iterator[Expected]]
PLANTERS: dict[str, list[Planter]] = defaultdict(list)


def plants(rule: str) -> Callable[[Planter], Planter]:
    """Register a planter of a rule."""

    def register(planter: Planter) -> Planter:
        PLANTERS[rule].append(planter)
        return planter

    return register


def over(rule: str, subject: Cells | str, on: date, period: str = "") -> Expected:
    """The rule fires."""
    return Expected(rule, subject_of(subject), period, on, True)


def inside(rule: str, subject: Cells | str, on: date, period: str = "") -> Expected:
    """The rule stays silent, by one step."""
    return Expected(rule, subject_of(subject), period, on, False)


def subject_of(subject: Cells | str) -> str:
    if isinstance(subject, str):
        return subject
    return subject.get("安排编号") or subject["学徒编号"]
