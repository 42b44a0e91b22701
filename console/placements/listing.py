"""Placements found by number, name, code or host, or by when they ran: fifty at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from common.calendar_span import FIRST_DAY, LAST_DAY
from common.plain_text import plain
from internships.models import Placement, PlacementKind, PlacementStatus, Terms
from internships.models.status import AT_WORK_STATUSES
from people.actors import Actor
from people.models import Enterprise

PAGE = 50
LONGEST_SEARCH = 60
DAY, MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: a text, a school, those at work on `day`, those owed pay of `month`.

    `month` is its first day. What is not understood is left out, not refused.
    """

    search: str = ""
    school: int | None = None
    day: date | None = None
    month: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """What the query string asks."""
        school = query.get("school", "")
        return cls(
            search=plain(query.get("q", "")).strip()[:LONGEST_SEARCH],
            school=int(school)
            if school.isascii() and school.isdigit() and len(school) < 16
            else None,
            day=_day(query.get("day", ""), DAY, ""),
            month=_day(query.get("month", ""), MONTH, "-01"),
        )


def _day(text: str, pattern: re.Pattern[str], rest: str) -> date | None:
    if not pattern.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text + rest)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def found(actor: Actor, asked: Asked) -> Any:
    """The placements that the actor sees of those asked for, newest first."""
    rows: Any = Placement.objects.visible_to(actor).select_related("school", "learner")
    if asked.search:
        rows = rows.filter(_named(asked.search, actor))
    if asked.school:
        rows = rows.filter(school=asked.school)
    if asked.day:
        rows = at_work(rows, asked.day)
    if asked.month:
        rows = paid_for(rows, asked.month)
    return rows.order_by("-pk")


def placements(actor: Actor, asked: Asked, *, after: str) -> tuple[list[Any], str]:
    """Fifty of the placements asked for that follow the mark `after`, and the next mark."""
    rows = found(actor, asked)
    if after.isascii() and after.isdigit() and len(after) < 16:
        rows = rows.filter(pk__lt=int(after))
    shown = list(rows[: PAGE + 1])
    mark = str(shown[PAGE - 1].pk) if len(shown) > PAGE else ""
    return shown[:PAGE], mark


def number_of(actor: Actor, asked: Asked) -> int:
    """How many placements are asked for."""
    return int(found(actor, asked).order_by().count())


def at_work(rows: Any, on: date) -> Any:
    """Placements whose students are at work on the day, so that cover is owed: every kind."""
    return rows.filter(status__in=AT_WORK_STATUSES, starts_on__lte=on, last_on__gte=on)


def paid_for(rows: Any, month: date) -> Any:
    """岗位实习 with a day in the month that begins on `month`, for which pay may be owed."""
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return rows.filter(
        kind=PlacementKind.PRODUCTION,
        status__in=(PlacementStatus.ACTIVE, PlacementStatus.ENDED),
        starts_on__lte=last,
        last_on__gte=month,
    )


def _named(text: str, actor: Actor) -> Q:
    named = Q(learner__student_number__istartswith=text) | Q(code__istartswith=text)
    if not actor.sees_masked:
        named |= Q(learner__name__contains=text)
    hosts = Enterprise.objects.visible_to(actor).filter(name__contains=text).values("pk")
    at_host = Terms.objects.visible_to(actor).filter(enterprise__in=hosts)
    return named | Q(pk__in=at_host.values("placement"))
