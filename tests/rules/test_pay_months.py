"""PAY-09 and PAY-04: months past their due day, unpaid or paid in part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from compensation.models import Payee, Payer, PaymentMethod
from internships.models import AttendanceStatus, PayBasis, PlacementKind, PlacementState
from tests.rules.builders import (
    attend,
    attend_all,
    facts_of,
    fires,
    found,
    make_placement,
    pay,
    take_back,
    workdays,
)

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
IN_SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
IN_OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("on", "overdue"),
    [
        (date(2026, 10, 9), 0),
        (date(2026, 10, 10), 0),
        (date(2026, 10, 11), 1),
        (date(2026, 10, 20), 10),
    ],
)
def test_month_is_unpaid_from_the_day_after_its_due_day(on: date, overdue: int) -> None:
    placement = make_placement(pay_day=10)
    attend_all(placement, workdays(*IN_SEPTEMBER))

    alerts = found("PAY-09", on)

    facts = {"days_overdue": overdue, "due_on": "2026-10-10"}
    assert alerts == ([(placement.code, "2026-09", "critical", facts)] if overdue else [])


def test_month_without_attendance_is_unpaid_just_the_same() -> None:
    make_placement(pay_day=10)

    facts = facts_of("PAY-09", date(2026, 10, 11))

    assert facts == [{"days_overdue": 1, "due_on": "2026-10-10"}]


def test_due_day_of_december_lies_in_the_next_year() -> None:
    make_placement(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31), pay_day=28)

    assert not fires("PAY-09", date(2027, 1, 28))
    assert facts_of("PAY-09", date(2027, 1, 29)) == [{"days_overdue": 1, "due_on": "2027-01-28"}]


def test_settled_month_in_which_nothing_counts_need_not_be_paid() -> None:
    placement = make_placement()
    attend_all(placement, workdays(*IN_SEPTEMBER), status=AttendanceStatus.ABSENT)

    assert not fires("PAY-09", date(2026, 10, 11))


def test_one_unconfirmed_row_takes_the_excuse_away() -> None:
    placement = make_placement()
    absent = workdays(*IN_SEPTEMBER)
    attend_all(placement, absent[1:], status=AttendanceStatus.ABSENT)
    attend(placement, absent[0], status=AttendanceStatus.ABSENT, confirmed=False)

    assert fires("PAY-09", date(2026, 10, 11))


@pytest.mark.parametrize(
    "status",
    [AttendanceStatus.PRESENT, AttendanceStatus.HALF_DAY, AttendanceStatus.PAID_LEAVE],
)
def test_one_row_that_counts_takes_the_excuse_away_be_it_of_no_hours(
    status: AttendanceStatus,
) -> None:
    placement = make_placement()
    attend(placement, date(2026, 9, 1), status=status, hours=Decimal(0))

    assert fires("PAY-09", date(2026, 10, 11))


def test_rows_outside_the_placement_neither_count_nor_unsettle() -> None:
    placement = make_placement(starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 25))
    attend(placement, date(2026, 9, 7), status=AttendanceStatus.ABSENT)
    attend(placement, date(2026, 9, 4))
    attend(placement, date(2026, 9, 28), confirmed=False)

    assert not fires("PAY-09", date(2026, 10, 11))


@pytest.mark.parametrize(
    ("change", "unpaid"),
    [
        ({}, False),
        ({"method": PaymentMethod.CASH}, False),
        ({"method": PaymentMethod.GOODS}, True),
        ({"method": PaymentMethod.VOUCHER}, True),
        ({"payer": Payer.SCHOOL}, True),
        ({"payer": Payer.LABOUR_DISPATCH}, True),
        ({"payee": Payee.GUARDIAN}, True),
        ({"paid_on": date(2026, 10, 11)}, False),
        ({"paid_on": date(2026, 10, 12)}, True),
    ],
)
def test_money_from_the_host_to_the_student_is_pay_from_its_day_on(
    change: dict[str, Any], unpaid: bool
) -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "3000.00", **change)

    assert fires("PAY-09", date(2026, 10, 11)) is unpaid


def test_payment_of_nothing_leaves_the_month_unpaid_unless_tax_was_withheld() -> None:
    placement = make_placement()
    pay(placement, SEPTEMBER, "0.00", deductions={"餐费": "100.00"})

    assert fires("PAY-09", date(2026, 10, 11))

    pay(placement, SEPTEMBER, "0.00", deductions={"个税": "0.01"})

    assert not fires("PAY-09", date(2026, 10, 11))


def test_reversed_payment_is_none() -> None:
    placement = make_placement()
    payment = pay(placement, SEPTEMBER, "3000.00")
    take_back(payment)

    assert fires("PAY-09", date(2026, 10, 11))


def test_month_touched_only_on_days_off_is_no_pay_month() -> None:
    make_placement(starts_on=date(2026, 10, 31), ends_on=date(2026, 11, 30), pay_day=10)

    assert [period for _, period, _, _ in found("PAY-09", date(2027, 1, 1))] == ["2026-11"]


def test_one_touching_workday_makes_a_pay_month() -> None:
    make_placement(starts_on=date(2026, 10, 30), ends_on=date(2026, 11, 30), pay_day=10)

    periods = [period for _, period, _, _ in found("PAY-09", date(2027, 1, 1))]

    assert periods == ["2026-10", "2026-11"]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": PlacementKind.ORIENTATION},
        {"state": PlacementState.APPROVED},
        {"agreed_pay": None},
        {"agreed_pay": Decimal("0.00")},
        {"state": PlacementState.WITHDRAWN},
    ],
)
def test_only_begun_production_internships_with_pay_have_pay_months(
    values: dict[str, Any],
) -> None:
    make_placement(**values)

    assert not fires("PAY-09", date(2026, 10, 11))


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ("1499.99", [{"due": "1500.00", "paid": "1499.99"}]),
        ("1500.00", []),
        ("1500.01", []),
        ("0.01", [{"due": "1500.00", "paid": "0.01"}]),
        ("0.00", []),
    ],
)
def test_settled_month_paid_in_part_is_underpaid_by_one_fen(
    paid: str, expected: list[dict[str, str]]
) -> None:
    placement = make_placement(starts_on=OCTOBER)
    attend_all(placement, workdays(*IN_OCTOBER)[:9])
    pay(placement, OCTOBER, paid)

    assert facts_of("PAY-04", date(2026, 11, 11)) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 11, 10), False), (date(2026, 11, 11), True)]
)
def test_month_is_underpaid_only_once_it_is_ripe(on: date, expected: bool) -> None:
    placement = make_placement(starts_on=OCTOBER)
    attend_all(placement, workdays(*IN_OCTOBER))
    pay(placement, OCTOBER, "2999.99", paid_on=date(2026, 11, 1))

    assert fires("PAY-04", on) is expected


def test_unsettled_month_is_not_called_underpaid() -> None:
    placement = make_placement(starts_on=OCTOBER)
    attended = workdays(*IN_OCTOBER)
    attend_all(placement, attended[1:])
    attend(placement, attended[0], confirmed=False)
    pay(placement, OCTOBER, "100.00")

    assert not fires("PAY-04", date(2026, 11, 11))


def test_payments_of_a_month_are_summed_with_the_tax_withheld() -> None:
    placement = make_placement(starts_on=OCTOBER)
    attend_all(placement, workdays(*IN_OCTOBER))
    pay(placement, OCTOBER, "1000.00")
    pay(placement, OCTOBER, "1900.00", deductions={"个税": "99.99", "餐费": "50.00"})

    assert facts_of("PAY-04", date(2026, 11, 11)) == [{"due": "3000.00", "paid": "2999.99"}]


def test_monthly_pay_is_never_due_beyond_itself() -> None:
    placement = make_placement(starts_on=OCTOBER)
    attend_all(placement, [date(2026, 10, day) for day in range(1, 32)])
    pay(placement, OCTOBER, "3000.00")

    assert not fires("PAY-04", date(2026, 11, 11))


@pytest.mark.parametrize(
    ("status", "due"),
    [
        (AttendanceStatus.PRESENT, "166.67"),
        (AttendanceStatus.PAID_LEAVE, "166.67"),
        (AttendanceStatus.HALF_DAY, "83.33"),
    ],
)
def test_units_are_shares_of_the_months_workdays_rounded_half_up(
    status: AttendanceStatus, due: str
) -> None:
    placement = make_placement(starts_on=OCTOBER)
    attend(placement, date(2026, 10, 8), status=status)
    pay(placement, OCTOBER, "0.01")

    assert facts_of("PAY-04", date(2026, 11, 11)) == [{"due": due, "paid": "0.01"}]


def test_half_a_fen_is_rounded_up() -> None:
    placement = make_placement(
        starts_on=OCTOBER, pay_basis=PayBasis.DAILY, agreed_pay=Decimal("0.01")
    )
    attend(placement, date(2026, 10, 8), status=AttendanceStatus.HALF_DAY)
    attend(placement, date(2026, 10, 9))
    pay(placement, OCTOBER, "0.01")

    assert facts_of("PAY-04", date(2026, 11, 11)) == [{"due": "0.02", "paid": "0.01"}]


def test_daily_rate_is_due_for_every_unit_without_a_cap() -> None:
    placement = make_placement(
        starts_on=OCTOBER, pay_basis=PayBasis.DAILY, agreed_pay=Decimal("200.00")
    )
    attend_all(placement, [date(2026, 10, day) for day in range(1, 31)])
    attend(placement, date(2026, 10, 31), status=AttendanceStatus.HALF_DAY)
    pay(placement, OCTOBER, "6099.99")

    assert facts_of("PAY-04", date(2026, 11, 11)) == [{"due": "6100.00", "paid": "6099.99"}]


def test_hourly_rate_is_due_for_worked_hours_and_eight_of_a_paid_leave() -> None:
    placement = make_placement(
        starts_on=OCTOBER, pay_basis=PayBasis.HOURLY, agreed_pay=Decimal("20.00")
    )
    attend(placement, date(2026, 10, 8), hours=Decimal("7.25"))
    attend(placement, date(2026, 10, 9), hours=Decimal(3), status=AttendanceStatus.HALF_DAY)
    attend(placement, date(2026, 10, 10), hours=Decimal(1), status=AttendanceStatus.PAID_LEAVE)
    attend(placement, date(2026, 10, 12), hours=Decimal(9), status=AttendanceStatus.SICK_LEAVE)
    pay(placement, OCTOBER, "364.99")

    assert facts_of("PAY-04", date(2026, 11, 11)) == [{"due": "365.00", "paid": "364.99"}]
