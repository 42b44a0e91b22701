"""The rules by id, and what every one of them knows about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.findings import Finding, Severity
from compliance.found_rows import COLUMNS
from compliance.scopes import Rows, Scope
from law.articles import Article, article_for
from law.legal_values import value_on
from people.models import School

BATCH = 2000


@dataclass(frozen=True)
class Rule:
    """A rule of law: whom it judges, how badly a breach weighs, and the query that finds breaches.

    `numbers` names the legal values it judges by; `duty` the one that says whether, on the as-of
    day, the law asks for it at all; `title` is its name for people, in Chinese. `judges` narrows
    the subjects to those, or to the pay months, in which there is something to break: `find`
    starts from them. A rule of a law that ends stays, with a duty that ends: its cases are read on.
    """

    id: str
    title: str
    severity: Severity
    scope: Scope
    numbers: tuple[str, ...]
    duty: str
    find: Callable[..., Rows]
    judges: Callable[[Any, date], Rows] | None = None

    @property
    def article(self) -> Article:
        """The article of law it stands on."""
        return article_for(self.id)

    @property
    def meaning(self) -> str:
        """Who breaks it, in a sentence."""
        return " ".join((self.find.__doc__ or "").split())

    @property
    def legal_values(self) -> tuple[str, ...]:
        """The names of all legal values that decide it: its duty, its numbers, its scope's."""
        duty = (self.duty,) if self.duty else ()
        return (*duty, *self.numbers, *self.scope.numbers)

    def judged(self, on: date, *, among: Rows | None = None) -> Rows:
        """Subjects, or months of placements, in which the rule could find a breach on `on`.

        What it does not find there is in order; of what is not there it says nothing.
        """
        subjects = self._subjects(on, among=among, school=None)
        return subjects if self.judges is None else self.judges(subjects, on)

    def broken(self, on: date, *, among: Rows | None = None, school: School | None = None) -> Rows:
        """One row a finding on `on`; `among` narrows the subjects, `school` what is shown.

        Neither changes what is counted. Sorted by subject and period by code point.
        """
        return self.find(self._subjects(on, among=among, school=school), on=on)

    def _subjects(self, on: date, *, among: Rows | None, school: School | None) -> Rows:
        subjects = self.scope.subjects(on, among=among, school=school)
        return subjects.none() if self.duty and not value_on(self.duty, on) else subjects

    def alerts(
        self, on: date, *, among: Rows | None = None, school: School | None = None
    ) -> Iterator[Finding]:
        """The findings as alerts, fetched in batches."""
        findings = self.broken(on, among=among, school=school).values_list(*COLUMNS)
        for key, subject, period, severity, since, facts in findings.iterator(chunk_size=BATCH):
            yield Finding(
                rule=self.id,
                subject=subject,
                period=period,
                severity=severity or self.severity.value,
                facts=dict(sorted(facts.items())),
                since=since,
                subject_key=key,
            )


_RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    *,
    title: Any,
    severity: Severity,
    scope: Scope,
    numbers: tuple[str, ...] = (),
    duty: str = "",
    judges: Callable[[Any, date], Rows] | None = None,
) -> Callable[[Callable[..., Rows]], Callable[..., Rows]]:
    """Register the decorated query as a rule; an id is given once."""

    def register(find: Callable[..., Rows]) -> Callable[..., Rows]:
        if rule_id in _RULES:
            raise ValueError(f"{rule_id} is registered twice")
        _RULES[rule_id] = Rule(rule_id, title, severity, scope, numbers, duty, find, judges)
        return find

    return register


def all_rules() -> tuple[Rule, ...]:
    """Every rule of the interchange contract, in the order of ids."""
    import compliance.rules  # noqa: F401  its modules register themselves

    return tuple(_RULES[rule_id] for rule_id in sorted(_RULES))
