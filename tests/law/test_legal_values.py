"""The law's numbers are those of the contract, from their day on, in every region."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.law_rows import FIRST_DAY
from law.legal_values import (
    DatedValue,
    NotInForce,
    UnknownValue,
    describe,
    history,
    names,
    regions,
    value_on,
    whole_on,
    word_on,
)

HECHUAN = "500117"
CHONGQING = "500000"

CONTRACT = {
    "age_reached_on": "day_after",
    "allowed_deductions": ("个税",),
    "attendance_confirmation_days": 5,
    "banned_venues": (
        "酒吧",
        "夜总会",
        "歌厅",
        "洗浴中心",
        "电子游戏厅",
        "网吧",
        "其他营业性娱乐场所",
    ),
    "barred_host_natures": ("中介机构", "劳务派遣机构"),
    "consent_lead_days": 7,
    "consent_signers": ("guardian", "student"),
    "cover_warning_days": 30,
    "first_year_end": "08-31",
    "first_year_months": 6,
    "forbidden_premium_payers": ("学生",),
    "heavy_labour_grades": ("III", "IV"),
    "high_risk_hazards": ("高空", "井下", "放射性", "有毒", "易燃易爆", "其他高风险"),
    "hours_per_day": Decimal("8"),
    "hours_per_week": Decimal("40"),
    "interns_share_of_post": Decimal("0.20"),
    "interns_share_of_staff": Decimal("0.10"),
    "internship_days_norm": 184,
    "lawful_payees": ("学生本人",),
    "lawful_payers": ("实习单位",),
    "liability_insurance_duty": True,
    "majority_age": 18,
    "minimum_age": 16,
    "money_payment_methods": ("银行转账", "现金"),
    "monthly_paid_days": Decimal("21.75"),
    "monthly_paid_hours": Decimal("174"),
    "night_ends_at": "06:00",
    "night_starts_at": "22:00",
    "paid_leave_hours": Decimal("8"),
    "pay_duty": True,
    "pay_floor_share": Decimal("0.80"),
    "required_cover_kinds": ("实习责任保险",),
    "standing_ahead_days": 30,
    "standing_behind_days": 365,
}
DAYS_OF_CHANGE = (
    date(1995, 5, 1),
    date(2016, 4, 10),
    date(2016, 4, 11),
    date(2021, 12, 30),
    date(2021, 12, 31),
    date(2022, 4, 30),
    date(2022, 5, 1),
    date(2026, 4, 30),
    date(2026, 5, 1),
    date(2060, 12, 31),
)


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_contract_number_is_the_same_on_every_day_and_in_every_region(name: str) -> None:
    places = [None, HECHUAN, CHONGQING, "110101", *regions()]

    found = {value_on(name, day, place) for day in DAYS_OF_CHANGE for place in places}

    assert found == {CONTRACT[name]}
    assert {type(value) for value in found} == {type(CONTRACT[name])}


def test_every_value_says_what_it_is_and_where_it_comes_from() -> None:
    known = [describe(name) for name in names()]

    sourced = [dated.source for value in known for dated in value.values]

    assert all(value.description.endswith(".") for value in known)
    assert all(sourced)
    assert {value.reviewed_on for value in known} == {date(2026, 11, 24)}


@pytest.mark.parametrize(
    ("name", "first_day"),
    [
        ("minimum_age", FIRST_DAY),
        ("hours_per_day", FIRST_DAY),
        ("hours_per_week", FIRST_DAY),
    ],
)
def test_day_before_the_first_value_raises_and_the_day_itself_does_not(
    name: str, first_day: date
) -> None:
    the_day_before = date.fromordinal(first_day.toordinal() - 1)

    value = value_on(name, first_day)

    assert value == CONTRACT[name]
    with pytest.raises(NotInForce, match=f"{name} .* {the_day_before}"):
        value_on(name, the_day_before)


def test_regulation_of_2021_stands_as_an_entry_of_its_own() -> None:
    stated_by_the_regulation = (
        "minimum_age",
        "interns_share_of_staff",
        "interns_share_of_post",
        "internship_days_norm",
        "pay_floor_share",
        "heavy_labour_grades",
        "high_risk_hazards",
        "banned_venues",
        "liability_insurance_duty",
        "forbidden_premium_payers",
    )

    entries = {
        name: [dated for dated in history(name) if dated.in_force_from == date(2021, 12, 31)]
        for name in stated_by_the_regulation
    }

    assert all(len(dated) == 1 for dated in entries.values())
    assert all("教职成〔2021〕4号" in dated[0].source for dated in entries.values())


@pytest.mark.parametrize("name", ["liability_insurance_duty", "pay_duty"])
def test_chongqing_adds_its_own_source_from_may_2026(name: str) -> None:
    nation = history(name)
    hechuan = history(name, HECHUAN)

    added = [dated for dated in hechuan if dated not in nation]

    assert [dated.in_force_from for dated in added] == [date(2026, 5, 1)]
    assert "重庆市实施" in added[0].source
    assert hechuan[:-1] == nation
    assert history(name, "320000") == nation


def test_narrowest_region_with_a_value_wins_and_only_from_its_first_day() -> None:
    name = "practice_share_of_plan"

    before = history(name, CHONGQING)
    on_the_day = value_on(name, date(2023, 4, 14), HECHUAN)

    assert before == ()
    assert on_the_day == Decimal("0.50")
    with pytest.raises(NotInForce):
        value_on(name, date(2023, 4, 13), HECHUAN)
    with pytest.raises(NotInForce):
        value_on(name, date(2023, 4, 14), CHONGQING)


def test_unverified_minimum_wage_is_off_unless_asked_for() -> None:
    name = "minimum_monthly_wage_tier_1"
    day = date(2025, 1, 1)

    asked_for = value_on(name, day, HECHUAN, unverified=True)
    the_day_before = value_on(name, date(2024, 12, 31), HECHUAN, unverified=True)

    assert asked_for == Decimal("2330")
    assert the_day_before == Decimal("2100")
    with pytest.raises(NotInForce):
        value_on(name, day, HECHUAN)


def test_history_is_ascending_and_frozen() -> None:
    histories = [history(name, HECHUAN, unverified=True) for name in names()]

    days = [[dated.in_force_from for dated in values] for values in histories]

    assert all(run == sorted(set(run)) for run in days)
    with pytest.raises(AttributeError):
        histories[0][0].value = 1  # type: ignore[misc]
    assert isinstance(histories[0][0], DatedValue)


@pytest.mark.parametrize("ask", [history, describe, lambda name: value_on(name, date(2026, 1, 1))])
def test_unknown_name_is_refused(ask: Callable[[str], object]) -> None:
    name = "minimum_agee"

    with pytest.raises(UnknownValue) as refused:
        ask(name)

    assert refused.value.args == (name,)


@pytest.mark.parametrize("region", ["", "50", "5001170", "50011x", "５００１１７", "重庆市"])
def test_region_that_is_no_division_code_is_refused(region: str) -> None:
    day = date(2026, 1, 1)

    with pytest.raises(ValueError, match="6 digits"):
        value_on("minimum_age", day, region)

    assert value_on("minimum_age", day, HECHUAN) == 16


def test_moment_is_refused_where_a_day_is_meant() -> None:
    moment = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)

    with pytest.raises(TypeError, match="day"):
        value_on("minimum_age", moment)

    assert value_on("minimum_age", moment.date()) == 16


@pytest.mark.parametrize(
    ("ask", "name", "value", "of_another_unit"),
    [
        (whole_on, "minimum_age", 16, "pay_duty"),
        (word_on, "night_starts_at", "22:00", "heavy_labour_grades"),
    ],
)
def test_typed_reader_refuses_a_value_of_another_unit(
    ask: Callable[[str, date], object], name: str, value: object, of_another_unit: str
) -> None:
    day = date(2026, 9, 15)

    found = ask(name, day)

    assert found == value
    with pytest.raises(TypeError, match=of_another_unit):
        ask(of_another_unit, day)
