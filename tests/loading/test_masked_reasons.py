"""A personal number in a column where none belongs is masked in value, reason and remedy alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.loading.district import load_district
from tests.loading.conftest import AT, BY, Load
from tests.loading.samples import LI, sample, write_folder

pytestmark = pytest.mark.django_db

PHONE = "13800138000"


@pytest.mark.parametrize("number", [LI, PHONE])
@pytest.mark.parametrize(
    ("stem", "column"),
    [("attendance", "安排编号"), ("placements", "学号"), ("agreements", "安排编号")],
)
def test_a_misplaced_number_is_nowhere_in_the_message(
    load: Load, stem: str, column: str, number: str
) -> None:
    district = sample()
    district[stem].append({**district[stem][-1], column: number})

    report = load(district)

    assert report.is_refused
    for problem in report.problems:
        assert number not in " ".join(map(str, (problem.value, problem.reason, problem.remedy)))


def test_a_file_of_another_kind_and_name_does_not_stop_a_good_load(tmp_path: Path) -> None:
    folder = write_folder(sample(), tmp_path / "district")
    (folder / b"\xcb\xb5\xc3\xf7.txt".decode(errors="surrogateescape")).write_text("x")

    report = load_district(folder, at=AT, by=BY)

    assert not report.is_refused
