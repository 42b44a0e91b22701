"""What the address of the list asks for: every filter is in it, so that it can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from compliance.cases.words import STANDING_STATES, AlertState
from compliance.findings import Severity
from console.alerts.families import FAMILIES
from console.alerts.hands import HANDS
from internships.models import Terms
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

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        """The filters that the query string names."""
        severity, state = query.get("severity", ""), query.get("state", STANDING)
        rule = query.get("rule", "").upper()
        return cls(
            rule=rule if rule.partition("-")[0] in FAMILIES else "",
            severity=severity if severity in Severity.values else "",
            state=state if state in STATES else STANDING,
            school=_number(query.get("school", "")),
            enterprise=_number(query.get("enterprise", "")),
            class_name=query.get("class", "")[:100],
            hand=query.get("hand", "") if query.get("hand", "") in HANDS else "",
            search=query.get("q", "").strip()[:LONGEST_SEARCH],
        )

    @property
    def states(self) -> tuple[str, ...]:
        """The states asked for."""
        return STATES[self.state][1]

    @property
    def narrows_beyond_counts(self) -> bool:
        """Whether more is asked than the roll-ups can count."""
        return bool(self.enterprise or self.class_name or self.hand or self.search)

    def counted(self) -> Q:
        """The condition on what the roll-ups hold: school, rule, severity, state."""
        return self.by_kind() & (Q(severity=self.severity) if self.severity else Q())

    def by_kind(self) -> Q:
        """State, school and rule."""
        asked = Q(state__in=self.states)
        if self.school:
            asked &= Q(school=self.school)
        return asked & self.by_rule()

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
        return asked


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _any_path(**condition: Any) -> Q:
    asked = Q()
    for path in LEARNER_PATHS:
        asked |= Q(**{f"{path}__{name}": value for name, value in condition.items()})
    return asked


def of_enterprises(enterprises: Any, actor: Actor) -> Q:
    """Cases of these enterprises (ids, or a query of them), their posts, and those placed there."""
    placed = Terms.objects.visible_to(actor).filter(post__enterprise__in=enterprises)
    return (
        Q(enterprise__in=enterprises)
        | Q(post__enterprise__in=enterprises)
        | Q(apprentice__enterprise__in=enterprises)
        | Q(placement__in=placed.values("placement"))
    )


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
