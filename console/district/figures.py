"""What the commission reads first: covered today, paid last month, old cases, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, Value
from django.db.models.functions import Least

from common.ranges import Days
from compliance.models import Alert, AlertState
from console.alerts.filters import AGES, RED, SEVERITIES, begun_within
from console.alerts.hands import PAY_RULES
from console.alerts.listing import JOINED
from console.placements.listing import at_work, paid_for
from internships.models import Placement, Terms
from people.actors import Actor


@dataclass(frozen=True, slots=True)
class Share:
    """Some of all; the share in per cent with one decimal, rounded down so that 100 is all."""

    part: int
    whole: int

    @property
    def missing(self) -> int:
        """Those who are not among the part."""
        return self.whole - self.part

    @property
    def percent(self) -> str:
        """The share; a dash of nobody."""
        return f"{self.part * 1000 // self.whole / 10:.1f}%" if self.whole else "—"


@dataclass(frozen=True, slots=True)
class Paid:
    """The students `placed` in a month; the `share` of them who are paid, of those to whom pay was
    promised and whose pay day has passed; those `waiting` for theirs, of whom nothing can be said
    yet; and those to whom none was `promised`.
    """

    placed: int
    waiting: int
    unpromised: int
    share: Share


@dataclass(frozen=True, slots=True)
class Age:
    """Red cases by days since the fault began, both included, open where None; `word` asks."""

    word: str
    first: int | None
    last: int | None
    cases: int


def covered_today(actor: Actor, school: int | None) -> Share:
    """Placements at work today, and those of them without a case of no cover today."""
    working = at_work(_placed(actor, school), actor.on)
    bare = _standing(actor, school).filter(
        rule="INS-01", facts__today=True, placement__in=working.values("pk")
    )
    whole = working.count()
    return Share(whole - bare.values("placement").distinct().count(), whole)


def last_month(on: date) -> date:
    """The first day of the month before that of `on`."""
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)


def paid_last_month(actor: Actor, school: int | None) -> Paid:
    """岗位实习 of last month, and those of them without a case of unpaid pay for it."""
    month = last_month(actor.on)
    placed = paid_for(_placed(actor, school), month)
    last_day = actor.on.replace(day=1) - timedelta(days=1)
    terms = Terms.objects.visible_to(actor).filter(placement=OuterRef("pk"))
    promised = Exists(terms.filter(period__touches=Days(month, last_day), agreed_pay__gt=0))
    ahead = Exists(
        terms.filter(
            period__includes=Least(OuterRef("last_on"), Value(last_day)),
            pay_day__gte=actor.on.day,
        )
    )
    numbers = placed.aggregate(
        placed=Count("pk"),
        waiting=Count("pk", filter=Q(promised, ahead)),
        unpromised=Count("pk", filter=~promised),
    )
    payable = placed.filter(promised, ~ahead)
    owed = _standing(actor, school).filter(
        rule__in=PAY_RULES, period=f"{month:%Y-%m}", placement__in=payable.values("pk")
    )
    whole = numbers["placed"] - numbers["waiting"] - numbers["unpromised"]
    unpaid = owed.values("placement").distinct().count()
    return Paid(**numbers, share=Share(whole - unpaid, whole))


def _placed(actor: Actor, school: int | None) -> Any:
    rows = Placement.objects.visible_to(actor)
    return rows.filter(school=school) if school else rows


def _standing(actor: Actor, school: int | None) -> Any:
    rows = Alert.objects.visible_to(actor).standing()
    return rows.filter(school=school) if school else rows


def red_cases(actor: Actor, school: int | None) -> Any:
    """Standing cases of severity block or critical."""
    return _standing(actor, school).filter(severity__in=SEVERITIES[RED])


def ages(actor: Actor, school: int | None) -> list[Age]:
    """Red cases by age since the fault began."""
    spans = {
        f"age_{place}": Count("pk", filter=begun_within(*span, on=actor.on))
        for place, span in enumerate(AGES.values())
    }
    found = red_cases(actor, school).aggregate(**spans)
    return [
        Age(word, *span, cases)
        for (word, span), cases in zip(AGES.items(), found.values(), strict=True)
    ]


def oldest(actor: Actor, school: int | None) -> date | None:
    """Since when the oldest red case stands."""
    first: date | None = red_cases(actor, school).aggregate(first=Min("since"))["first"]
    return first


def waivers(actor: Actor, school: int | None, *, shown: int) -> tuple[list[Any], int]:
    """The cases under a waiver that ends first, who granted it with them, and how many there are.

    One that ended is among them until the next judgement takes it back.
    """
    rows = Alert.objects.visible_to(actor).filter(state=AlertState.WAIVED)
    rows = rows.filter(school=school) if school else rows
    first = rows.select_related(*JOINED, "waived_by", "school")
    return list(first.order_by("waived_until", "pk")[:shown]), rows.count()
