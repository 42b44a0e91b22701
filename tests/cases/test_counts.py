"""The roll-up of cases is their number by school, rule, severity and state, whatever is done."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from compliance.models import Alert, AlertCount
from tests.rules.builders import make_placement

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-12T02:30:00+08:00")
COLUMNS = ("school_id", "rule", "severity", "state")


def make_case(**values: Any) -> Alert:
    """An open INS-01 of a placement of its own."""
    placement = values.pop("placement", None) or make_placement()
    given = {
        "rule": "INS-01",
        "subject": placement.code,
        "severity": "critical",
        "rule_version": "1",
        "placement": placement,
        "school": placement.school,
        "deadlines_from": date(2026, 11, 12),
        "opened_at": AT,
    }
    return Alert.objects.create(**{**given, **values})


def counted() -> Counter[tuple[Any, ...]]:
    """What the roll-up says."""
    return Counter(
        {
            tuple(row[name] for name in COLUMNS): row["total"]
            for row in AlertCount.objects.totals(*COLUMNS)
        }
    )


def numbered() -> Counter[tuple[Any, ...]]:
    """What counting the cases says."""
    return Counter(Alert.objects.values_list(*COLUMNS))


def test_cases_are_counted_as_they_are_added_changed_and_removed() -> None:
    first, second, third = make_case(), make_case(), make_case(rule="PAY-09", period="2026-10")

    assert counted() == numbered()
    assert sum(counted().values()) == 3

    Alert.objects.filter(pk__in=[first.pk, second.pk]).update(state="cured", closed_at=AT)
    assert counted() == numbered()

    third.delete()
    assert counted() == numbered()


def test_placement_that_is_taken_back_leaves_its_case_without_it() -> None:
    placement = make_placement()
    case = make_case(placement=placement)

    placement.terms.all().delete()
    type(placement).objects.filter(pk=placement.pk)._raw_delete("default")
    case.refresh_from_db()

    assert case.placement_id is None
    assert case.subject == placement.code
    assert counted() == numbered()
