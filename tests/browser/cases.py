"""Opens a case for every finding of a day, for pages that are tried without a sweep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from compliance.models import Alert
from compliance.registry import Rule, all_rules
from insurance.models import InsuredPeriod
from internships.models import Placement, PlacementState, Post
from people.models import Enterprise, LearnerIdentity

REFERENCES = {Placement: "placement", Post: "post", Enterprise: "enterprise"}


def open_cases(on: date, *, at: datetime) -> None:
    """One open case a finding."""
    Alert.objects.bulk_create(case for rule in all_rules() for case in _cases(rule, on, at))


def take_cover_away(on: date) -> None:
    """Leave a student of the first school, at work on the day, without any cover."""
    running = Placement.objects.filter(
        state=PlacementState.ACTIVE, starts_on__lte=on, last_on__gt=on
    ).order_by("school__code", "code")
    learner = running.values_list("learner", flat=True)[0]
    InsuredPeriod.objects.filter(learner=learner).delete()


def _cases(rule: Rule, on: date, at: datetime) -> Iterator[Alert]:
    model = rule.scope.model
    default = "learner" if model is LearnerIdentity else "apprentice"
    reference = REFERENCES.get(model, default)
    schools = {}
    if reference in ("placement", "learner", "apprentice"):
        schools = dict(model._default_manager.values_list("pk", "school_id"))
    for found in rule.alerts(on):
        yield Alert(
            rule=found.rule,
            subject=found.subject,
            period=found.period,
            severity=found.severity,
            since=found.since,
            facts=found.facts,
            rule_version="1",
            deadlines_from=on,
            opened_at=at,
            school_id=schools.get(found.subject_key or 0),
            **{f"{reference}_id": found.subject_key},
        )
