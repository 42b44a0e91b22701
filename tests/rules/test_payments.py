"""PAY-05, PAY-06 and PAY-07: pay in goods, through third parties, with deductions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compensation.models import Payee, Payer, PaymentMethod
from internships.models import PlacementKind, PlacementState
from tests.rules.builders import facts_of, fires, found, make_placement, pay, take_back

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)
ON = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (PaymentMethod.BANK_TRANSFER, False),
        (PaymentMethod.CASH, False),
        (PaymentMethod.GOODS, True),
        (PaymentMethod.VOUCHER, True),
    ],
)
def test_goods_and_vouchers_are_no_money(method: PaymentMethod, expected: bool) -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "3000.00", method=method)

    alerts = found("PAY-05", ON)

    assert alerts == ([(placement.code, "2026-09", "critical", {})] if expected else [])


@pytest.mark.parametrize(
    ("payer", "payee", "expected"),
    [
        (Payer.HOST, Payee.STUDENT, False),
        (Payer.SCHOOL, Payee.STUDENT, True),
        (Payer.INTERMEDIARY, Payee.STUDENT, True),
        (Payer.LABOUR_DISPATCH, Payee.STUDENT, True),
        (Payer.OTHER, Payee.STUDENT, True),
        (Payer.HOST, Payee.GUARDIAN, True),
        (Payer.HOST, Payee.OTHER, True),
    ],
)
def test_pay_goes_straight_from_host_to_student(payer: Payer, payee: Payee, expected: bool) -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "3000.00", payer=payer, payee=payee)

    alerts = found("PAY-06", ON)

    assert alerts == ([(placement.code, "2026-09", "critical", {})] if expected else [])


def test_names_of_a_months_deductions_are_sorted_and_told_once() -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "2000.00", deductions={"餐费": "0.00", "住宿费": "100.00"})
    pay(placement, SEPTEMBER, "500.00", deductions={"住宿费": "20.00", "个税": "3.00"})

    assert found("PAY-07", ON) == [
        (placement.code, "2026-09", "critical", {"items": ["住宿费", "餐费"]})
    ]


@pytest.mark.parametrize("deductions", [{}, {"个税": "12.00"}])
def test_income_tax_is_the_one_lawful_deduction(deductions: dict[str, str]) -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "3000.00", deductions=deductions)

    assert not fires("PAY-07", ON)


FAULTS: dict[str, dict[str, Any]] = {
    "PAY-05": {"method": PaymentMethod.GOODS},
    "PAY-06": {"payer": Payer.SCHOOL},
    "PAY-07": {"deductions": {"管理费": "1.00"}},
}


@pytest.mark.parametrize("rule_id", FAULTS)
def test_payment_is_judged_from_the_day_it_is_made(rule_id: str) -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "3000.00", paid_on=date(2026, 10, 15), **FAULTS[rule_id])

    assert not fires(rule_id, date(2026, 10, 14))
    assert fires(rule_id, date(2026, 10, 15))


@pytest.mark.parametrize("rule_id", FAULTS)
def test_payment_is_judged_under_the_month_it_names_be_it_outside_the_placement(
    rule_id: str,
) -> None:
    placement = make_placement(kind=PlacementKind.ORIENTATION)
    pay(placement, date(2026, 3, 1), "1.00", **FAULTS[rule_id])
    pay(placement, date(2026, 3, 1), "2.00", **FAULTS[rule_id])

    periods = [(subject, period) for subject, period, _, _ in found(rule_id, ON)]

    assert periods == [(placement.code, "2026-03")]


@pytest.mark.parametrize("rule_id", FAULTS)
def test_payment_of_a_placement_that_does_not_stand_is_not_judged(rule_id: str) -> None:
    placement = make_placement(state=PlacementState.DRAFT)
    pay(placement, SEPTEMBER, "1.00", **FAULTS[rule_id])

    assert not fires(rule_id, ON)


@pytest.mark.parametrize("rule_id", FAULTS)
def test_payment_taken_back_is_forgiven(rule_id: str) -> None:
    placement = make_placement()
    payment = pay(placement, SEPTEMBER, "1.00", **FAULTS[rule_id])
    take_back(payment)

    assert not facts_of(rule_id, ON)
