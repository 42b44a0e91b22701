"""A recheck asks by plans that the session keeps, and finds what it would find without them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

import compliance.cases.gathering
import compliance.cases.planned
from apprenticeship.models import ApprenticeIdentity
from compliance.cases.judging import judge
from compliance.models import Alert
from compliance.registry import Rule, all_rules
from compliance.subjects import Subjects
from internships.models import Placement, Post
from people.models import Enterprise, LearnerIdentity
from tests.rules.builders import make_placement
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-12T02:30:00+08:00")


def everybody() -> Subjects:
    """Every row that rules judge."""
    keys = [
        frozenset(model._default_manager.values_list("pk", flat=True))
        for model in (Placement, LearnerIdentity, Post, Enterprise, ApprenticeIdentity)
    ]
    return Subjects(*keys)


def cases() -> list[tuple[Any, ...]]:
    columns = ("rule", "subject", "period", "state", "severity", "since", "facts", "rule_version")
    return list(Alert.objects.order_by("rule", "subject", "period").values_list(*columns))


def prepared() -> set[str]:
    """The names of the questions that this session has prepared."""
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT name FROM pg_prepared_statements WHERE name LIKE 'judge\_%'")
        return {name for (name,) in cursor.fetchall()}


def test_plans_find_what_a_sweep_finds_of_every_rule() -> None:
    break_every_rule()

    rechecked = judge(ON, at=AT, subjects=everybody())
    by_plans = cases()
    swept = judge(ON, at=AT)

    assert {rule for rule, *_ in by_plans} == {rule.id for rule in all_rules()}
    assert cases() == by_plans
    assert rechecked.findings == swept.findings == len(by_plans)
    assert not swept.steps


def test_questions_are_prepared_once_and_those_of_another_day_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    subjects = Subjects(placements=frozenset({make_placement().pk}))
    judge(ON, at=AT, subjects=subjects)
    first = prepared()
    prepare = compliance.cases.planned._prepare
    prepared_days = []

    def noting(on: date) -> None:
        prepared_days.append(on)
        prepare(on)

    monkeypatch.setattr(compliance.cases.planned, "_prepare", noting)

    judge(ON, at=AT, subjects=subjects)
    same = prepared()
    judge(date(2026, 11, 13), at=AT, subjects=subjects)

    assert same == first
    assert prepared_days == [date(2026, 11, 13)]
    assert len(prepared()) == len(first)
    assert prepared() != first


def test_session_that_lost_its_plans_prepares_them_again() -> None:
    placement = make_placement()
    subjects = Subjects(placements=frozenset({placement.pk}))
    judge(ON, at=AT, subjects=subjects)
    before = cases()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    outcome = judge(ON, at=AT, subjects=subjects)

    assert not outcome.failed
    assert cases() == before
    assert prepared()


def test_rule_that_fails_in_a_recheck_is_named_and_the_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    placement = make_placement()
    statement = compliance.cases.gathering.finding_statement

    def failing(rule: Rule, *args: Any, **options: Any) -> Any:
        if rule.id == "AGR-01":
            return "SELECT 1 / 0", ()
        return statement(rule, *args, **options)

    monkeypatch.setattr(compliance.cases.gathering, "finding_statement", failing)
    monkeypatch.setattr(compliance.cases.planned, "finding_statement", failing)
    compliance.cases.planned.question.cache_clear()
    outcome = judge(ON, at=AT, subjects=Subjects(placements=frozenset({placement.pk})))
    compliance.cases.planned.question.cache_clear()

    assert list(outcome.failed) == ["AGR-01"]
    assert "INS-01" in {rule for rule, *_ in cases()}
    assert "AGR-01" not in {rule for rule, *_ in cases()}
