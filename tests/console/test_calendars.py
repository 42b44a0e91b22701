"""Both pictures say what the brute-force reader and the rules say, to the day and the fen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from common.law_rows import sync_law
from compensation.pay_months import PayState, pay_months
from exchange.loading.district import load_district
from insurance.calendar import DayState, cover_calendar
from internships.models import AttendanceStatus, PayBasis, Placement, PlacementState
from tests.demo.districts import written
from tests.oracle.reading import read_district
from tests.oracle.words import cover_days
from tests.rules.builders import amend, attend, attend_all, make_placement, pay, workdays
from tests.rules.shown_months import judged, shown

ON = date(2026, 11, 24)


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    written(tmp_path, 60, 1, ON)
    sync_law()
    report = load_district(tmp_path, at=datetime(2026, 11, 24, 2, 30, tzinfo=UTC), by="test")
    assert report.problems == []
    return tmp_path


def test_every_cell_of_every_calendar_is_what_the_brute_force_reader_says(folder: Path) -> None:
    read = read_district(folder)
    placements = {row.code: row for row in Placement.objects.all()}

    differing = []
    for told in read.placements:
        calendar = cover_calendar(placements[told.code], on=ON)
        covered = cover_days(read, told.learner, "实习责任保险")
        for cell in calendar.days:
            wanted = {
                (True, True): DayState.COVERED,
                (False, True): DayState.GAP,
                (True, False): DayState.AHEAD,
                (False, False): DayState.OPEN,
            }[cell.day in covered, cell.day <= ON]
            if cell.state is not wanted or bool(cell.policies) != (cell.day in covered):
                differing.append((told.code, cell.day, cell.state))

    assert len(placements) == len(read.placements) > 50
    assert differing == []


def test_unpaid_and_short_months_are_those_of_the_rules(folder: Path) -> None:
    wanted = judged(ON)

    pages = shown(ON)

    assert {rule for rule, _ in wanted.values()} == {"PAY-04", "PAY-09"}
    assert pages == wanted


def test_half_a_fen_is_rounded_up_as_the_rule_rounds_it(db: None) -> None:
    sync_law()
    placement = make_placement(agreed_pay=Decimal("10.03"), pay_basis=PayBasis.HOURLY)
    attend(placement, date(2026, 9, 1), hours=Decimal("7.5"))
    pay(placement, date(2026, 9, 1), "75.22")

    september = pay_months(placement, on=ON)[0]

    assert (september.due, september.missing) == (Decimal("75.23"), Decimal("0.01"))
    assert september.state is PayState.SHORT


def state_of(placement: Placement, month: str, on: date) -> PayState:
    """What the page calls the month on `on`."""
    states = {f"{found.month:%Y-%m}": found.state for found in pay_months(placement, on=on)}
    return states[month]


def test_month_with_pay_agreed_for_its_first_half_alone_is_one_of_pay(db: None) -> None:
    sync_law()
    placement = make_placement(starts_on=date(2026, 10, 1))
    amend(placement, date(2026, 10, 15), agreed_pay=None)

    states = [state_of(placement, "2026-10", date(2026, 11, day)) for day in (10, 11)]

    assert states == [PayState.RUNNING, PayState.UNPAID]
    assert state_of(placement, "2026-11", date(2026, 12, 11)) is PayState.NOT_AGREED


def test_month_touched_on_days_off_alone_waits_for_no_pay_day(db: None) -> None:
    sync_law()
    placement = make_placement(starts_on=date(2026, 10, 31))
    other = make_placement(starts_on=date(2026, 10, 30))

    states = [state_of(row, "2026-10", date(2026, 12, 1)) for row in (placement, other)]

    assert states == [PayState.NO_WORKDAY, PayState.UNPAID]


@pytest.mark.parametrize(
    ("state", "said"),
    [(PlacementState.APPROVED, PayState.NOT_BEGUN), (PlacementState.ENDED, PayState.UNPAID)],
)
def test_month_of_a_placement_that_never_began_is_not_called_unpaid(
    db: None, state: PlacementState, said: PayState
) -> None:
    sync_law()
    placement = make_placement(state=state)

    assert state_of(placement, "2026-09", ON) is said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 9, 30), PayState.RUNNING),
        (date(2026, 10, 1), PayState.NO_WORK),
        (date(2026, 10, 11), PayState.NO_WORK),
    ],
)
def test_month_is_without_work_once_it_is_over(db: None, on: date, said: PayState) -> None:
    sync_law()
    placement = make_placement()
    attend(placement, date(2026, 9, 1), status=AttendanceStatus.ABSENT)

    assert state_of(placement, "2026-09", on) is said


@pytest.mark.parametrize(
    ("confirmed", "amount", "said"),
    [
        (True, "3000.00", PayState.PAID),
        (True, "2999.99", PayState.SHORT),
        (False, "3000.00", PayState.PAID),
        (False, "2999.99", PayState.UNCONFIRMED),
    ],
)
def test_too_little_is_short_only_by_confirmed_attendance(
    db: None, confirmed: bool, amount: str, said: PayState
) -> None:
    sync_law()
    placement = make_placement()
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 9, 30)), confirmed=confirmed)
    pay(placement, date(2026, 9, 1), amount)

    assert state_of(placement, "2026-09", date(2026, 10, 11)) is said


def test_unpaid_month_stays_so_when_the_rules_judge_the_placement_no_more(db: None) -> None:
    sync_law()
    placement = make_placement(ends_on=date(2026, 9, 30))

    last, after = date(2027, 9, 30), date(2027, 10, 1)

    assert [len(judged(on)) for on in (last, after)] == [1, 0]
    assert [state_of(placement, "2026-09", on) for on in (last, after)] == [PayState.UNPAID] * 2


@pytest.mark.parametrize("ends_on", [date(2026, 9, 30), date(2027, 8, 31)])
def test_months_are_asked_for_in_three_questions_however_many(
    db: None, ends_on: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sync_law()
    placement = make_placement(ends_on=ends_on)
    amend(placement, date(2026, 9, 15), agreed_pay=Decimal("3600.00"))
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 9, 30)))
    pay(placement, date(2026, 9, 1), "3000.00")

    with django_assert_num_queries(3):
        pay_months(placement, on=ON)
