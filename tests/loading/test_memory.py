"""A load streams: what it holds does not grow with the rows of its files."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from exchange.loading.district import load_district
from tests.loading.conftest import AT, BY
from tests.loading.samples import sample, write_folder

pytestmark = pytest.mark.django_db

MIB = 1 << 20


def _district(folder: Path, *, attendance: int) -> Path:
    """The sample with so many days, of placements that only they name."""
    district = sample()
    base = district["placements"][3]
    placements = attendance // 336 + 1
    district["placements"] += [{**base, "安排编号": f"M{number}"} for number in range(placements)]
    district["attendance"] = []
    write_folder(district, folder)
    with (folder / "attendance.csv").open("w", encoding="utf-8") as file:
        file.write("安排编号,日期,状态,企业确认\n")
        for number in range(attendance):
            placement, day = divmod(number, 336)
            month, day = divmod(day, 28)
            file.write(f"M{placement},2026-{month + 1:02}-{day + 1:02},出勤,是\n")
    return folder


def _peak(folder: Path) -> int:
    """The most bytes that Python holds while the folder is judged and merged."""
    tracemalloc.start()
    try:
        report = load_district(folder, at=AT, by=BY)
        assert report.problems == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _assert_flat(tmp_path: Path, few: int, many: int) -> None:
    least = _peak(_district(tmp_path / "few", attendance=few))
    most = _peak(_district(tmp_path / "many", attendance=many))

    print(f"peak of {few} rows {least / MIB:.1f} MiB, of {many} rows {most / MIB:.1f} MiB")  # noqa: T201 - the size of the proof
    assert most - least < 4 * MIB


def test_memory_does_not_grow_with_attendance(tmp_path: Path) -> None:
    _assert_flat(tmp_path, 2_000, 30_000)


@pytest.mark.deep
def test_memory_does_not_grow_with_two_hundred_thousand_days(tmp_path: Path) -> None:
    _assert_flat(tmp_path, 2_000, 200_000)
