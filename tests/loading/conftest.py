"""Loads of small districts, at a fixed moment by a fixed operator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from exchange.loading.district import load_district
from exchange.loading.report import LoadReport
from tests.loading.samples import District, write_folder

AT = datetime(2026, 10, 6, 1, 0, tzinfo=UTC)
BY = "operator"

Load = Callable[..., LoadReport]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """`load(district, …)` writes the tables to a folder of their own and loads it."""
    folders = (tmp_path / f"district-{number}" for number in range(1_000))

    def load_tables(district: District, **options: Any) -> LoadReport:
        return load_district(write_folder(district, next(folders)), at=AT, by=BY, **options)

    return load_tables
