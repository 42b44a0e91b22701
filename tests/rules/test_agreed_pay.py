"""PAY-01 and PAY-02: pay that is agreed, and not below the floor of the post."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from internships.models import PayBasis, PlacementKind, PlacementState, Stage
from tests.rules.builders import facts_of, fires, found, make_placement, make_post

pytestmark = pytest.mark.django_db

ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("agreed", "expected"), [(None, True), ("0.00", True), ("0.01", False), ("3000.00", False)]
)
def test_pay_of_nothing_is_no_pay_agreed(agreed: str | None, expected: bool) -> None:
    make_placement(agreed_pay=None if agreed is None else Decimal(agreed))

    assert fires("PAY-01", ON) is expected


def test_missing_pay_is_critical_for_production_internships_alone() -> None:
    production = make_placement(agreed_pay=None)
    make_placement(agreed_pay=None, kind=PlacementKind.ORIENTATION)

    assert found("PAY-01", ON) == [(production.code, "", "critical", {})]


@pytest.mark.parametrize(
    ("standard", "lowest", "agreed", "expected"),
    [
        ("4500.00", None, "3599.99", [{"floor": "3600.00", "agreed": "3599.99"}]),
        ("4500.00", None, "3600.00", []),
        ("4500.01", None, "3600.00", [{"floor": "3600.01", "agreed": "3600.00"}]),
        ("4500.00", "3800.00", "3500.00", [{"floor": "3600.00", "agreed": "3500.00"}]),
        ("4500.00", "3800.00", "3600.00", []),
        ("4500.00", "3000.00", "2999.99", [{"floor": "3000.00", "agreed": "2999.99"}]),
        ("4500.00", "3000.00", "3000.00", []),
        ("4500.00", "0.00", "0.01", []),
    ],
)
def test_floor_is_eighty_percent_or_the_lowest_grade_whichever_is_less(
    standard: str, lowest: str | None, agreed: str, expected: list[dict[str, str]]
) -> None:
    post = make_post(
        wage_standard=Decimal(standard), lowest_wage=None if lowest is None else Decimal(lowest)
    )
    make_placement(post=post, agreed_pay=Decimal(agreed))

    assert facts_of("PAY-02", ON) == expected


@pytest.mark.parametrize(
    ("basis", "agreed", "expected"),
    [
        (PayBasis.DAILY, "165.51", [{"floor": "3600.00", "agreed": "3599.84"}]),
        (PayBasis.DAILY, "165.52", []),
        (PayBasis.HOURLY, "20.68", [{"floor": "3600.00", "agreed": "3598.32"}]),
        (PayBasis.HOURLY, "20.69", []),
    ],
)
def test_daily_and_hourly_rates_are_judged_as_a_months_pay(
    basis: PayBasis, agreed: str, expected: list[dict[str, str]]
) -> None:
    make_placement(pay_basis=basis, agreed_pay=Decimal(agreed))

    assert facts_of("PAY-02", ON) == expected


@pytest.mark.parametrize(
    ("stage", "severity"), [(Stage.INDEPENDENT, "critical"), (Stage.ASSISTING, "warning")]
)
def test_low_pay_of_who_only_assists_is_a_warning(stage: Stage, severity: str) -> None:
    placement = make_placement(agreed_pay=Decimal("1000.00"), stage=stage)

    facts = {"floor": "3600.00", "agreed": "1000.00"}
    assert found("PAY-02", ON) == [(placement.code, "", severity, facts)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PlacementState.APPROVED, True),
        (PlacementState.ACTIVE, True),
        (PlacementState.SUSPENDED, True),
        (PlacementState.ENDED, False),
        (PlacementState.DRAFT, False),
    ],
)
def test_floor_is_asked_of_placements_to_come_or_running(
    state: PlacementState, expected: bool
) -> None:
    make_placement(agreed_pay=Decimal("1000.00"), state=state)

    assert fires("PAY-02", ON) is expected


def test_floor_is_asked_of_production_internships_with_pay() -> None:
    make_placement(agreed_pay=Decimal("1000.00"), kind=PlacementKind.ORIENTATION)
    make_placement(agreed_pay=Decimal("0.00"))
    make_placement(agreed_pay=None)

    assert not fires("PAY-02", ON)
