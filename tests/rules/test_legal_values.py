"""Numbers come from the law, on the day that the contract names for each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import DateField, F, Value

import law.legal_values
from common.age_sql import AgeOn, first_school_year_end
from common.law_rows import FIRST_DAY
from common.law_sql import LegalValue
from common.models import CalendarDay
from compliance.registry import all_rules
from internships.models import Hazard
from law.legal_values import DatedValue, LawBook, history, names
from law.reckoning import age_on
from tests.oracle.rules.eligibility import first_year_ends_on
from tests.rules.builders import (
    attend,
    attend_all,
    facts_of,
    fires,
    insure,
    make_learner,
    make_placement,
    make_post,
    pay,
    workdays,
)

pytestmark = pytest.mark.django_db

READ_BY_RULES = sorted({name for rule in all_rules() for name in rule.legal_values})
Change = Callable[[str, date, Any], None]


@pytest.fixture
def from_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Changes a legal value from a day on, for this test."""
    book = law.legal_values.read_law_book(law.legal_values.LAW / "values")

    def change(name: str, day: date, value: Any) -> None:
        nonlocal book
        entry = book.national[name]
        dated = (*entry.values, DatedValue(day, value, "test"))
        kept = tuple(sorted(dated, key=lambda one: one.in_force_from))
        book = LawBook({**book.national, name: replace(entry, values=kept)}, book.regional)
        law.legal_values.history.cache_clear()

    monkeypatch.setattr(law.legal_values, "_book", lambda: book)
    law.legal_values.history.cache_clear()
    yield change
    law.legal_values.history.cache_clear()


def test_value_in_sql_changes_on_its_first_day_and_is_unknown_before_the_first(
    from_day: Change,
) -> None:
    from_day("hours_per_day", date(2026, 10, 5), Decimal(7))
    days = [date(1899, 12, 31), date(1900, 1, 1), date(2026, 10, 4), date(2026, 10, 5)]

    values = [
        CalendarDay.objects.annotate(
            asked=Value(day, output_field=DateField()),
            value=LegalValue("hours_per_day", day=Value(day, output_field=DateField())),
        )
        .values_list("value", flat=True)
        .first()
        for day in days
    ]

    assert values == [None, 8, 8, 7]


def test_working_time_is_judged_by_the_law_of_the_rows_day(from_day: Change) -> None:
    from_day("hours_per_day", date(2026, 10, 13), Decimal(7))
    placement = make_placement()
    for day in (date(2026, 10, 12), date(2026, 10, 13)):
        attend(placement, day, hours=Decimal(8))

    assert facts_of("TIME-01", date(2026, 12, 1)) == [{"days": ["2026-10-13"]}]


def test_night_is_judged_by_the_law_of_the_rows_day(from_day: Change) -> None:
    from_day("night_starts_at", date(2026, 10, 13), "21:00")
    from_day("night_ends_at", date(2026, 10, 14), "07:00")
    placement = make_placement()
    for day in (date(2026, 10, 12), date(2026, 10, 13)):
        attend(placement, day, came_minute=14 * 60, left_minute=22 * 60)
        attend(placement, day + timedelta(days=7), came_minute=6 * 60, left_minute=14 * 60)

    assert facts_of("TIME-04", date(2026, 12, 1)) == [
        {"days": ["2026-10-13", "2026-10-19", "2026-10-20"]}
    ]


def test_weekly_hours_are_judged_by_the_law_of_the_weeks_last_row(from_day: Change) -> None:
    from_day("hours_per_week", date(2026, 10, 23), Decimal(39))
    placement = make_placement()
    for day in (12, 13, 14, 15, 16, 19, 20, 21, 22, 23):
        attend(placement, date(2026, 10, day), hours=Decimal(8))

    assert facts_of("TIME-02", date(2026, 12, 1)) == [{"hours": "40.00"}]


@pytest.mark.parametrize(
    ("name", "value", "rule_id"),
    [("minimum_age", 19, "ELIG-01"), ("pay_floor_share", Decimal("0.90"), "PAY-02")],
)
def test_eligibility_and_floor_are_judged_by_the_law_of_the_first_day(
    from_day: Change, name: str, value: Any, rule_id: str
) -> None:
    from_day(name, date(2026, 9, 2), value)
    learner = make_learner(born_on=date(2008, 3, 1))
    make_placement(learner=learner, agreed_pay=Decimal("3600.00"), ends_on=date(2026, 9, 1))

    assert not fires(rule_id, date(2026, 10, 1))

    make_placement(learner=learner, agreed_pay=Decimal("3600.00"), starts_on=date(2026, 9, 2))

    assert fires(rule_id, date(2026, 10, 1))


def test_hazards_are_judged_by_the_law_of_the_first_day(from_day: Change) -> None:
    from_day("high_risk_hazards", date(2026, 9, 2), ("粉尘",))
    post = make_post(hazards=[Hazard.DUST, Hazard.HEIGHT])
    make_placement(post=post, code="A1")
    make_placement(post=post, code="A2", starts_on=date(2026, 9, 2))

    assert facts_of("HAZ-01", date(2026, 10, 1)) == [{"hazards": ["高空"]}, {"hazards": ["粉尘"]}]


def test_attendance_is_judged_by_the_law_of_the_months_last_day(from_day: Change) -> None:
    from_day("attendance_confirmation_days", date(2026, 10, 1), 9)
    make_placement()

    assert fires("ATT-01", date(2026, 10, 6))
    assert len(facts_of("ATT-01", date(2026, 11, 9))) == 1
    assert len(facts_of("ATT-01", date(2026, 11, 10))) == 2


def test_pay_is_judged_by_the_law_of_the_months_last_day(from_day: Change) -> None:
    from_day("allowed_deductions", date(2026, 10, 1), ("个税", "餐费"))
    placement = make_placement()
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        attend_all(placement, workdays(month, month + timedelta(days=29)))
        pay(placement, month, "2800.00", deductions={"餐费": "200.00"})

    assert len(facts_of("PAY-07", date(2026, 12, 1))) == 1
    assert facts_of("PAY-04", date(2026, 12, 1)) == [{"due": "3000.00", "paid": "2800.00"}]


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 11, 1), False), (date(2026, 11, 2), True)]
)
def test_other_rules_are_judged_by_the_law_of_the_day_asked(
    from_day: Change, on: date, expected: bool
) -> None:
    from_day("cover_warning_days", date(2026, 11, 2), 60)
    from_day("interns_share_of_post", date(2026, 11, 2), Decimal("0.01"))
    placement = make_placement(ends_on=date(2027, 3, 1))
    insure(placement.learner, date(2026, 9, 1), date(2026, 12, 20))

    assert fires("INS-02", on) is expected
    assert fires("HOST-09", on) is expected


def test_age_in_sql_is_the_age_of_the_law_on_every_day_around_birthdays() -> None:
    births = [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1), date(2009, 12, 31)]
    days = [
        date(year, month, day)
        for year in (2024, 2025, 2026, 2027, 2028)
        for month, day in ((1, 1), (1, 2), (2, 28), (3, 1), (3, 2), (3, 3), (12, 31))
    ] + [date(2024, 2, 29), date(2028, 2, 29)]

    for born_on in births:
        counted = dict(
            CalendarDay.objects.filter(day__in=days)
            .annotate(age=AgeOn(Value(born_on, output_field=DateField()), F("day")))
            .values_list("day", "age")
        )
        assert counted == {day: age_on(born_on, day) for day in days}


def test_first_school_year_in_sql_ends_where_the_contract_ends_it_on_every_day_of_four_years() -> (
    None
):
    on = Value(date(2026, 9, 1), output_field=DateField())
    rows = CalendarDay.objects.filter(day__range=(date(2023, 1, 1), date(2026, 12, 31)))

    ends = rows.annotate(end=first_school_year_end(F("day"), day=on)).values_list("day", "end")

    assert [end for _, end in ends] == [first_year_ends_on(day) for day, _ in ends]
    assert len(ends) == 1461


def test_every_rule_names_numbers_that_the_law_has_and_an_article() -> None:
    for rule in all_rules():
        assert set(rule.numbers) <= set(names())
        assert rule.article.source
        assert rule.meaning


@pytest.mark.parametrize("name", READ_BY_RULES)
def test_value_that_a_rule_reads_is_there_from_the_first_day_a_file_may_name(name: str) -> None:
    first = history(name)[0]

    assert first.in_force_from == FIRST_DAY
