"""The page of notices: put together by rule, the worst first, or one list of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Window
from django.db.models.functions import RowNumber

from compliance.findings import Severity
from compliance.models import Alert, Digest, Notice
from compliance.registry import Rule, all_rules
from console.alerts.listing import JOINED, Row, told
from people.actors import Actor

SHOWN_OF_A_RULE = 3
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as the page shows it: the case as it stands, and what happened when."""

    notice: Notice
    row: Row


@dataclass(frozen=True, slots=True)
class Group:
    """The unread notices of one rule: how many, and the newest of them."""

    rule: str
    title: Any
    severity: Severity
    total: int
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Morning:
    """The digest of the actor's day: the totals, and the numbers of each rule, worst first."""

    digest: Digest
    rules: list[tuple[Rule, dict[str, int]]]

    @property
    def totals(self) -> dict[str, int]:
        """Standing, new and overdue over all rules."""
        return {what: self.digest.total(what) for what in ("standing", "new", "overdue")}


def morning(actor: Actor) -> Morning | None:
    """What the actor's digest of the day said; None before it is written, or without one."""
    digest = Digest.objects.visible_to(actor).filter(on=actor.on).first()
    if digest is None:
        return None
    rules = sorted((rule for rule in all_rules() if rule.id in digest.counts), key=_rank)
    return Morning(digest, [(rule, digest.counts[rule.id]) for rule in rules])


def groups(actor: Actor) -> list[Group]:
    """Unread notices by rule, the worst rules first; as many queries for one rule as for thirty."""
    unread = Notice.objects.visible_to(actor).unread()
    counted = unread.values("alert__rule").annotate(total=Count("pk"), newest=Max("pk"))
    totals = {row["alert__rule"]: row["total"] for row in counted.order_by()}
    place = Window(RowNumber(), partition_by=F("alert__rule"), order_by=F("pk").desc())
    first = unread.annotate(place=place).filter(place__lte=SHOWN_OF_A_RULE)
    lines: dict[str, list[Line]] = {}
    for line in lines_of(first.order_by("-pk"), actor):
        lines.setdefault(line.row.alert.rule, []).append(line)
    rules = sorted((rule for rule in all_rules() if rule.id in totals), key=_rank)
    return [
        Group(rule.id, rule.title, rule.severity, totals[rule.id], lines.get(rule.id, []))
        for rule in rules
    ]


def _rank(rule: Rule) -> tuple[int, str]:
    return list(Severity).index(rule.severity), rule.id


def page_of(
    actor: Actor, *, rule: str, unread: bool, before: str, size: int = PAGE
) -> tuple[list[Line], str]:
    """The `size` newest notices below the id `before`, and the mark the next ones follow from."""
    rows: Any = Notice.objects.visible_to(actor)
    if unread:
        rows = rows.unread()
    if rule:
        rows = rows.filter(alert__rule=rule)
    if before.isascii() and before.isdigit():
        rows = rows.filter(pk__lt=int(before[:18]))
    found = lines_of(rows.order_by("-pk")[: size + 1], actor)
    mark = str(found[size - 1].notice.pk) if len(found) > size else ""
    return found[:size], mark


def lines_of(notices: Any, actor: Actor) -> list[Line]:
    """The notices with their cases, in a fixed number of queries."""
    shown: Sequence[Notice] = list(notices.select_related("step"))
    cases = Alert.objects.visible_to(actor).filter(pk__in={notice.alert_id for notice in shown})
    rows = {row.alert.pk: row for row in told(cases.select_related(*JOINED), actor)}
    return [Line(notice, rows[notice.alert_id]) for notice in shown if notice.alert_id in rows]
