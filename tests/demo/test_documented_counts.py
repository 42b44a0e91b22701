"""The documented numbers of planted faults are what a reader of the contract finds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exchange.demo import faults
from exchange.demo.faults import PLAN, RULES, expected_counts, people_needed
from tests.demo.districts import found_by_reader, written

DOCUMENT = Path(__file__).parents[2] / "docs" / "demo-district.md"

#: a Sunday at a month's start, both sides of the confirmation limit, the Spring Festival, the 28th
#: (the latest pay day) after a short month, a day of a year whose notice is not known
DAYS = [
    date(2025, 6, 1),
    date(2025, 10, 5),
    date(2025, 10, 6),
    date(2026, 2, 17),
    date(2026, 3, 28),
    date(2026, 11, 24),
    date(2027, 6, 30),
]
#: month ends, every usual pay day and the day after, long holidays, school years' turns
MORE_DAYS = [
    date(2025, 7, 31),
    date(2025, 8, 31),
    date(2025, 9, 1),
    date(2025, 12, 29),
    date(2026, 1, 4),
    date(2026, 2, 5),
    date(2026, 3, 1),
    date(2026, 3, 29),
    date(2026, 4, 6),
    date(2026, 5, 10),
    date(2026, 6, 11),
    date(2026, 8, 15),
    date(2026, 9, 16),
    date(2026, 10, 1),
    date(2026, 10, 8),
    date(2026, 12, 31),
    date(2027, 1, 20),
    date(2027, 2, 21),
    date(2027, 3, 25),
    date(2027, 4, 26),
    date(2027, 5, 28),
]


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_each_line_of_the_plan_raises_what_it_says_on_any_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: date
) -> None:
    monkeypatch.setattr(faults, "PLAN", tuple(replace(fault, per_1200=10) for fault in PLAN))
    district = written(tmp_path, 120, 1, on)

    found = found_by_reader(tmp_path, on)

    assert found == district.expected == expected_counts(120)


@pytest.mark.deep
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("size", [300, 1200])
def test_larger_districts_have_what_is_documented(tmp_path: Path, size: int, seed: int) -> None:
    district = written(tmp_path, size, seed, date(2026, 11, 24))

    found = found_by_reader(tmp_path, date(2026, 11, 24))

    assert found == district.expected == expected_counts(size)


@pytest.mark.deep
@pytest.mark.parametrize("on", MORE_DAYS, ids=str)
def test_counts_hold_on_days_around_every_limit(tmp_path: Path, on: date) -> None:
    district = written(tmp_path, 300, on.toordinal(), on)

    found = found_by_reader(tmp_path, on)

    assert found == district.expected


@pytest.mark.parametrize("on", [date(2025, 10, 5), date(2026, 3, 1), date(2027, 2, 16)], ids=str)
def test_district_without_planted_faults_is_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: date
) -> None:
    monkeypatch.setattr(faults, "PLAN", ())
    written(tmp_path, 120, 3, on)

    found = found_by_reader(tmp_path, on)

    assert found == {}


@pytest.mark.parametrize("days", [20, 55, 56])
def test_attendance_that_is_not_written_is_counted_as_unconfirmed(
    tmp_path: Path, days: int
) -> None:
    on = date(2026, 11, 24)
    district = written(tmp_path, 120, 1, on, attendance_days=days)

    found = found_by_reader(tmp_path, on)

    assert found == district.expected
    assert found["ATT-01"] > expected_counts(120)["ATT-01"]


def test_every_rule_of_the_contract_has_a_planted_fault_in_every_size() -> None:
    for size in (60, 300, 1200, 130_000):
        counts = expected_counts(size)

        assert len(counts) == 36
        assert min(counts.values()) >= 1
        assert people_needed(size) < size


def test_headline_faults_have_the_most_cases() -> None:
    counts = expected_counts(1200)

    headline = sorted(counts, key=lambda rule: counts[rule])[-2:]

    assert set(headline) == {"INS-01", "PAY-09"}


def test_documentation_has_one_line_for_each_planted_fault() -> None:
    lines = {line.strip() for line in DOCUMENT.read_text(encoding="utf-8").splitlines()}

    planned = [
        f"| {fault.rule} | {fault.description} | {fault.per_1200} | {raised(fault)} |"
        for fault in PLAN
    ]

    assert [line for line in planned if line not in lines] == []
    assert sum(line.startswith(tuple(f"| {rule} | " for rule in RULES)) for line in lines) == (
        len(PLAN) + len(RULES)
    )


def test_documentation_has_the_totals_of_the_demo_district() -> None:
    lines = {line.strip() for line in DOCUMENT.read_text(encoding="utf-8").splitlines()}

    totals = [
        f"| {rule} | {small} | {middle} | {large} |"
        for (rule, small), middle, large in zip(
            expected_counts(60).items(),
            expected_counts(300).values(),
            expected_counts(1200).values(),
            strict=True,
        )
    ]

    assert [line for line in totals if line not in lines] == []


def raised(fault: faults.Fault) -> str:
    """What one case raises, as the documentation writes it."""
    own = fault.rule if fault.times == 1 else f"{fault.times} × {fault.rule}"
    return ", ".join((own, *fault.besides))
