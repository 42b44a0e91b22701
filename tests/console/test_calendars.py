"""Both pictures say what the brute-force reader and the rules say, to the day and the fen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from common.law_rows import sync_law
from compensation.pay_months import PayState, pay_months
from compliance.registry import all_rules
from exchange.loading.district import load_district
from insurance.calendar import DayState, cover_calendar
from internships.models import PayBasis, Placement
from tests.demo.districts import written
from tests.oracle.reading import read_district
from tests.oracle.words import cover_days
from tests.rules.builders import attend, make_placement, pay

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
    rules = {rule.id: rule for rule in all_rules()}
    unpaid = {(found.subject, found.period) for found in rules["PAY-09"].alerts(ON)}
    short = {
        (found.subject, found.period, found.facts["due"], found.facts["paid"])
        for found in rules["PAY-04"].alerts(ON)
    }

    shown = [
        (placement.code, f"{month.month:%Y-%m}", month)
        for placement in Placement.objects.begun(ON).production()
        for month in pay_months(placement, on=ON)
    ]

    assert unpaid
    assert short
    assert {(code, name) for code, name, month in shown if month.state is PayState.UNPAID} == unpaid
    assert {
        (code, name, f"{month.due}", f"{month.paid}")
        for code, name, month in shown
        if month.state is PayState.SHORT
    } == short


def test_half_a_fen_is_rounded_up_as_the_rule_rounds_it(db: None) -> None:
    sync_law()
    placement = make_placement(agreed_pay=Decimal("10.03"), pay_basis=PayBasis.HOURLY)
    attend(placement, date(2026, 9, 1), hours=Decimal("7.5"))
    pay(placement, date(2026, 9, 1), "75.22")

    september = pay_months(placement, on=ON)[0]

    assert (september.due, september.missing) == (Decimal("75.23"), Decimal("0.01"))
    assert september.state is PayState.SHORT
