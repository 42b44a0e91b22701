"""A rule asked of a few subjects finds of them what it finds in the whole district."""

from __future__ import annotations

import pytest

from compliance.registry import Rule, all_rules
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def every_rule_broken_twice(kept_rows: None) -> None:
    break_every_rule()
    break_every_rule()


@pytest.mark.usefixtures("every_rule_broken_twice")
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_rule_narrowed_to_a_few_subjects_finds_what_the_district_finds_of_them(rule: Rule) -> None:
    everything = list(rule.alerts(ON))
    keys = {alert.subject_key for alert in everything}

    for key in keys:
        among = rule.scope.model._default_manager.filter(pk=key)
        narrowed = list(rule.alerts(ON, among=among))

        assert narrowed == [alert for alert in everything if alert.subject_key == key]
    assert len(keys) >= 2
