"""A floor that finds another set than the product measures nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from bench.floor_sql import floor_ids, floor_of
from compliance.registry import Rule, all_rules
from exchange.demo.writing import Order, write_district
from exchange.loading.district import load_district
from tests.loading.conftest import AT, BY
from tests.rules.district import ON, break_every_rule

pytestmark = pytest.mark.django_db

DEMO_DAY = date(2026, 11, 24)


def found_by_floor(rule: Rule, on: date) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(floor_of(rule.id), {"on": on})
        return sorted(cursor.fetchall())


def found_by_product(rule: Rule, on: date) -> list[tuple[str, str]]:
    return sorted(rule.broken(on).values_list("found_subject", "found_period"))


def test_every_rule_has_a_floor() -> None:
    assert floor_ids() == [rule.id for rule in all_rules()]


def test_floors_find_what_the_rules_find_where_every_rule_is_broken() -> None:
    break_every_rule()

    floors = {rule.id: found_by_floor(rule, ON) for rule in all_rules()}

    assert floors == {rule.id: found_by_product(rule, ON) for rule in all_rules()}
    assert all(floors.values())


def test_floors_find_what_the_rules_find_in_a_demo_district(tmp_path: Path) -> None:
    write_district(tmp_path, Order(300, 7, DEMO_DAY))
    assert not load_district(tmp_path, at=AT, by=BY).problems

    floors = {rule.id: found_by_floor(rule, DEMO_DAY) for rule in all_rules()}

    assert floors == {rule.id: found_by_product(rule, DEMO_DAY) for rule in all_rules()}
    assert sum(map(len, floors.values())) > 36
