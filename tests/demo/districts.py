"""Writes demo districts for the tests and counts what the brute-force reader finds in them."""

from collections import Counter
from datetime import date
from pathlib import Path

from exchange.demo.writing import Order, Written, write_district
from tests.oracle.reading import read_district
from tests.oracle.sweeping import alerts


def written(
    folder: Path, size: int, seed: int, on: date, attendance_days: int | None = None
) -> Written:
    """The district of that order, written into the folder."""
    return write_district(folder, Order(size, seed, on, attendance_days))


def found_by_reader(folder: Path, on: date) -> dict[str, int]:
    """Alerts by rule, as the brute-force reader counts them; rules with none are left out."""
    return dict(Counter(alert["rule"] for alert in alerts(read_district(folder), on)))
