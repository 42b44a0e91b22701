"""What the address of the list asks for: every filter is in it, so that it can be kept and sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.plain_text import plain
from compliance.cases.at_enterprises import of_enterprises
from compliance.cases.words import STANDING_STATES, AlertState, HolderLevel
from compliance.findings import URGENT, Severity
from console.alerts.families import FAMILIES
from console.alerts.hands import HANDS
from people.actors import Actor
from people.models import Enterprise, LearnerIdentity

STANDING = "standing"
STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    STANDING: (_("未结"), tuple(STANDING_STATES)),
    "open": (_("待处理"), (AlertState.OPEN,)),
    "acknowledged": (_("处理中"), (AlertState.ACKNOWLEDGED,)),
    "closed": (_("已结"), (AlertState.CURED, AlertState.LAPSED)),
    "waived": (_("已豁免"), (AlertState.WAIVED,)),
    "all": (_("全部"), tuple(AlertState)),
}
LONGEST_SEARCH = 60
# Both red severities together, as people speak of them.
RED = "red"
SEVERITIES: dict[str, tuple[str, ...]] = {
    RED: tuple(URGENT),
    **{level.value: (level.value,) for level in Severity},
}
# The school of the cases of hosts and posts, which concern several.
OF_HOSTS = 0
# Days since the fault began, both included, by the word in the address; before, it is to come.
AGES: dict[str, tuple[int | None, int | None]] = {
    "ahead": (None, -1),
    "0-3": (0, 3),
    "4-7": (4, 7),
    "8-30": (8, 30),
    "31-": (31, None),
}
PERIOD = re.compile(r"[0-9]{4}-(?:[0-9]{2}|W[0-9]{2})")
# How a case leads to the learner it speaks of, for each kind of subject that has one.
LEARNER_PATHS = ("placement__learner", "learner", "apprentice__learner")


@dataclass(frozen=True, slots=True)
class Filters:
    """The questions of one address; what is not understood is left out, not refused."""

    rule: str = ""
    severity: str = ""
    state: str = STANDING
    school: int | None = None
    enterprise: int | None = None
    class_name: str = ""
    hand: str = ""
    search: str = ""
    period: str = ""
    age: str = ""
    holder: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        """The filters that the query string names."""
        severity, state = query.get("severity", ""), query.get("state", STANDING)
        rule = plain(query.get("rule", "")).upper()
        period, holder = query.get("period", ""), query.get("holder", "")
        return cls(
            rule=rule if rule.partition("-")[0] in FAMILIES else "",
            severity=severity if severity in SEVERITIES else "",
            state=state if state in STATES else STANDING,
            school=_number(query.get("school", "")),
            enterprise=_number(query.get("enterprise", "")),
            class_name=plain(query.get("class", ""))[:100],
            hand=query.get("hand", "") if query.get("hand", "") in HANDS else "",
            search=plain(query.get("q", "")).strip()[:LONGEST_SEARCH],
            period=period if PERIOD.fullmatch(period) else "",
            age=query.get("age", "") if query.get("age", "") in AGES else "",
            holder=holder if holder in HolderLevel.values else "",
        )

    @property
    def query(self) -> str:
        """The query string that asks the same; empty for the list as it is first seen."""
        words = {
            "rule": self.rule,
            "severity": self.severity,
            "state": "" if self.state == STANDING else self.state,
            "school": "" if self.school is None else str(self.school),
            "enterprise": self.enterprise or "",
            "class": self.class_name,
            "hand": self.hand,
            "q": self.search,
            "period": self.period,
            "age": self.age,
            "holder": self.holder,
        }
        return urlencode({name: word for name, word in words.items() if word})

    @property
    def narrowings(self) -> list[tuple[Any, str]]:
        """What is asked beside the bar's own selects: in words, and the query without it."""
        said: list[tuple[Any, dict[str, Any]]] = []
        if self.severity == RED:
            said.append((_("红色预警"), {"severity": ""}))
        if self.school == OF_HOSTS:
            said.append((_("企业与岗位，涉及多所学校"), {"school": None}))
        if self.age:
            first, last = AGES[self.age]
            span = f"{first}–{last}" if last is not None else f"≥ {first}"
            begun = _("已有 %(days)s 天") % {"days": span}
            said.append((_("起始日未到或不明") if first is None else begun, {"age": ""}))
        if self.period:
            said.append((_("期间 %(period)s") % {"period": self.period}, {"period": ""}))
        if self.holder:
            level = HolderLevel(self.holder).label
            said.append((_("由%(level)s处理") % {"level": level}, {"holder": ""}))
        return [(word, replace(self, **change).query) for word, change in said]

    @property
    def states(self) -> tuple[str, ...]:
        """The states asked for."""
        return STATES[self.state][1]

    @property
    def narrows_beyond_counts(self) -> bool:
        """Whether more is asked than the roll-ups can count."""
        return bool(
            self.enterprise
            or self.class_name
            or self.hand
            or self.search
            or self.period
            or self.age
            or self.holder
        )

    def counted(self) -> Q:
        """The condition on what the roll-ups hold: school, rule, severity, state."""
        asked = Q(severity__in=SEVERITIES[self.severity]) if self.severity else Q()
        return self.by_kind() & asked

    def by_kind(self) -> Q:
        """State, school and rule."""
        return self.by_place() & self.by_rule()

    def by_place(self) -> Q:
        """State and school."""
        asked = Q(state__in=self.states)
        if self.school == OF_HOSTS:
            return asked & Q(school__isnull=True)
        return asked & Q(school=self.school) if self.school else asked

    def by_rule(self) -> Q:
        """The rule, or its whole family."""
        if not self.rule:
            return Q()
        return Q(rule=self.rule) if "-" in self.rule else Q(rule__startswith=f"{self.rule}-")

    def condition(self, actor: Actor) -> Q:
        """All that is asked, save what needs a hand, which the list asks itself."""
        asked = self.counted()
        if self.enterprise:
            asked &= of_enterprises([self.enterprise], actor)
        if self.class_name:
            asked &= _any_path(class_name=self.class_name)
        if self.search:
            asked &= searched(self.search, actor)
        if self.period:
            asked &= Q(period=self.period)
        if self.age:
            asked &= begun_within(*AGES[self.age], on=actor.on)
        return asked


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _any_path(**condition: Any) -> Q:
    asked = Q()
    for path in LEARNER_PATHS:
        asked |= Q(**{f"{path}__{name}": value for name, value in condition.items()})
    return asked


def begun_within(first: int | None, last: int | None, *, on: date) -> Q:
    """Cases whose fault began `first` to `last` days before `on`, both included, open where None.

    A fault without a day of its own has not begun.
    """
    asked = Q()
    if first is not None:
        asked &= Q(since__lte=on - timedelta(days=first))
    if last is not None:
        asked &= Q(since__gte=on - timedelta(days=last))
    return asked | Q(since__isnull=True) if first is None else asked


def searched(text: str, actor: Actor) -> Q:
    """Cases whose student, placement or enterprise the text names, among those the actor sees.

    A name is found by any part of it; by the commission, which sees names masked, not at all.
    """
    learners = Q(student_number__istartswith=text)
    if not actor.sees_masked:
        learners |= Q(name__contains=text)
    found = LearnerIdentity.objects.visible_to(actor).filter(learners).values("pk")
    hosts = Enterprise.objects.visible_to(actor).filter(name__contains=text).values("pk")
    asked = Q(subject__istartswith=text) | of_enterprises(hosts, actor)
    for path in LEARNER_PATHS:
        asked |= Q(**{f"{path}__in": found})
    return asked
