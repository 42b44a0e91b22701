"""The demo district loads, and the sweep finds in it what is documented, rule by rule."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from common.law_rows import sync_law
from compliance.sweep import sweep
from exchange.demo.faults import expected_counts
from exchange.loading.district import load_district
from tests.demo.districts import written

pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


def found_by_sweep(folder: Path, on: date) -> dict[str, int]:
    """Alerts by rule after loading the folder into the test's database."""
    sync_law()
    report = load_district(folder, at=LOADED_AT, by="test")
    assert report.problems == []
    found: Counter[str] = Counter()
    outcome = sweep(on, keep=lambda alerts: found.update(alert.rule for alert in alerts))
    assert outcome.failed == {}
    return dict(found)


@pytest.mark.parametrize("seed", [1, 2])
def test_sweep_of_the_smallest_district_finds_what_is_documented(tmp_path: Path, seed: int) -> None:
    on = date(2026, 11, 24)
    written(tmp_path, 60, seed, on)

    found = found_by_sweep(tmp_path, on)

    assert found == expected_counts(60)


@pytest.mark.parametrize("on", [date(2025, 10, 6), date(2027, 2, 21)], ids=str)
def test_sweep_finds_it_on_days_of_other_years(tmp_path: Path, on: date) -> None:
    written(tmp_path, 60, 3, on)

    found = found_by_sweep(tmp_path, on)

    assert found == expected_counts(60)


@pytest.mark.deep
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("size", [300, 1200])
def test_sweep_of_larger_districts_finds_what_is_documented(
    tmp_path: Path, size: int, seed: int
) -> None:
    on = date(2026, 11, 24)
    written(tmp_path, size, seed, on)

    found = found_by_sweep(tmp_path, on)

    assert found == expected_counts(size)


@pytest.mark.django_db(transaction=True)
def test_second_load_of_the_demo_district_changes_nothing(tmp_path: Path) -> None:
    written(tmp_path, 60, 1, date(2026, 11, 24))
    load_district(tmp_path, at=LOADED_AT, by="test")

    again = load_district(tmp_path, at=LOADED_AT, by="test")

    assert again.problems == []
    assert {stem: counts.written for stem, counts in again.tables.items()} == dict.fromkeys(
        again.tables, 0
    )
