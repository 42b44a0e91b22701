"""A page of cases: the worst first, then the oldest; fifty at a time, by where the last stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce

from compliance.cases.explain import NOBODY, days_of, held, tell
from compliance.cases.holding import at_level
from compliance.cases.policies import names_readable
from compliance.explain.texts import spoken
from compliance.findings import Severity
from compliance.models import Alert
from compliance.registry import all_rules
from console.alerts.filters import Filters
from console.alerts.hands import in_hand
from internships.models import Terms
from people.actors import Actor
from people.models import Enterprise

PAGE = 50
# Where a rule cannot tell since when, a case stands after those that are told.
UNTOLD = date(9999, 12, 31)
# What a row speaks of, read with the cases.
JOINED = (
    "placement__learner__school",
    "learner__school",
    "apprentice__learner__school",
    "apprentice__enterprise",
    "enterprise",
    "post__enterprise",
    "assigned_to",
)


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Some cases, and the mark from which the next ones follow; an empty mark is the end.

    `total` is how many are asked for in all, where that was counted.
    """

    rows: list[Row]
    after: str
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a row says it: whom it is about, at which host, since when."""

    alert: Alert
    title: str
    learner: Any
    host: Enterprise | None
    days: int | None
    said: str
    cure: str
    names_people: bool
    holder: str

    @property
    def acute(self) -> bool:
        """Whether somebody is unprotected on this very day: what red is kept for."""
        alert = self.alert
        return alert.is_standing and alert.rule == "INS-01" and bool(alert.facts.get("today"))

    @property
    def about(self) -> str:
        """What a case without a student is called."""
        post = self.alert.post
        if post is not None:
            return str(post.title)
        return self.host.name if self.host else self.alert.subject


def cases(filters: Filters, actor: Actor) -> QuerySet[Alert, Alert]:
    """The cases asked for, in the order of the list."""
    rows = Alert.objects.visible_to(actor).filter(filters.condition(actor))
    if filters.hand:
        rows = in_hand(rows, actor, filters.hand)
    if filters.holder:
        rows = at_level(rows.standing(), actor.on).filter(level=filters.holder)
    return in_order(rows)


def number_of(rows: Any) -> int:
    """How many cases there are, for filters that the roll-ups cannot count."""
    return int(rows.order_by().count())


def in_order(rows: Any) -> Any:
    """By severity, then the first day of the fault, then the order of opening; with `due_on`."""
    rank = Case(
        *(When(severity=level, then=Value(number)) for number, level in enumerate(Severity)),
        output_field=IntegerField(),
    )
    return (
        rows.with_deadlines()
        .annotate(rank=rank, begun=Coalesce("since", Value(UNTOLD)))
        .select_related(*JOINED)
        .order_by("rank", "begun", "pk")
    )


def page_of(
    rows: Any, *, after: str, actor: Actor, size: int = PAGE, counted: bool = False
) -> AlertPage:
    """The `size` cases that follow the mark `after`, from the first when it is empty or bad.

    Which they are is asked first, and what they speak of only of those. `counted` asks how many
    there are in all, of the first page in the same breath: whose a case is, is weighed once.
    """
    asked = rows.filter(_following(after)).select_related(None)
    total = None
    if counted and not after:
        firsts = list(asked.annotate(all=Window(Count("pk"))).values_list("pk", "all")[: size + 1])
        keys = [key for key, _all in firsts]
        total = firsts[0][1] if firsts else 0
    else:
        keys = list(asked.values_list("pk", flat=True)[: size + 1])
        total = number_of(rows) if counted else None
    found = list(in_order(Alert.objects.visible_to(actor).filter(pk__in=keys)))
    shown = found[:size]
    mark = _mark(shown[-1]) if len(found) > size else ""
    return AlertPage(told(shown, actor, with_holders=True), mark, total)


def _mark(alert: Any) -> str:
    return f"{alert.rank}.{alert.begun:%Y%m%d}.{alert.pk}"


def _following(after: str) -> Q:
    parts = after.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return Q()
    try:
        begun = date.fromisoformat(parts[1])
    except ValueError:
        return Q()
    rank, number = int(parts[0]), int(parts[2])
    return (
        Q(rank__gt=rank) | Q(rank=rank, begun__gt=begun) | Q(rank=rank, begun=begun, pk__gt=number)
    )


def told(alerts: Iterable[Alert], actor: Actor, *, with_holders: bool = False) -> list[Row]:
    """The cases as rows; one query more for the hosts of them all, and a few for who has them."""
    shown = list(alerts)
    rules = {rule.id: rule for rule in all_rules()}
    readable = names_readable(shown, actor)
    hosts = _hosts({alert.placement_id for alert in shown if alert.placement_id}, actor)
    holders = held(shown, on=actor.on, language=spoken()) if with_holders else {}
    rows = []
    for alert in shown:
        rule = rules[alert.rule]
        holder = holders.get(alert.pk, NOBODY)
        said, cure = tell(alert, rule, on=actor.on, language=spoken())
        rows.append(
            Row(
                alert=alert,
                title=str(rule.title),
                learner=_learner(alert),
                host=_host(alert, hosts),
                days=days_of(alert, actor.on),
                said=said,
                cure=cure,
                names_people=alert.pk in readable,
                holder=holder.named if alert.pk in readable else holder.level,
            )
        )
    return rows


def _hosts(placements: set[int], actor: Actor) -> dict[int, Enterprise]:
    """The host of each placement, by the terms it is judged by."""
    terms = Terms.objects.visible_to(actor).judged(actor.on).filter(placement__in=placements)
    return {row.placement_id: row.enterprise for row in terms.select_related("enterprise")}


def _host(alert: Alert, hosts: dict[int, Enterprise]) -> Enterprise | None:
    if alert.placement_id:
        return hosts.get(alert.placement_id)
    if alert.post:
        return alert.post.enterprise
    if alert.apprentice:
        return alert.apprentice.enterprise
    return alert.enterprise


def _learner(alert: Alert) -> Any:
    if alert.placement:
        return alert.placement.learner
    if alert.apprentice:
        return alert.apprentice.learner
    return alert.learner
