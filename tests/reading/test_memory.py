"""Reading holds no more than a few rows, however long the cells are."""

import tracemalloc
from pathlib import Path

import pytest

from exchange.reading import open_district

MIB = 1 << 20
ROWS = 1_000
PADDING = 10_000


def _peak(folder: Path) -> int:
    """The most bytes that Python holds while the folder is read."""
    tracemalloc.start()
    try:
        assert list(open_district(folder).read_through()) == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("stem", "titles", "row"),
    [
        ("attendance", "安排编号,日期,企业确认,状态", "A1,2026-09-01,是,出勤"),
        ("agreements", "协议编号,安排编号,示范文本版本", "X,A1,一"),
    ],
    ids=["words", "texts"],
)
def test_cells_padded_with_spaces_are_not_remembered(
    stem: str, titles: str, row: str, tmp_path: Path
) -> None:
    with (tmp_path / f"{stem}.csv").open("w", encoding="utf-8") as file:
        file.write(f"{titles}\n")
        file.writelines(f"{row}{' ' * (PADDING + number)}\n" for number in range(ROWS))

    assert _peak(tmp_path) < 6 * MIB


def test_different_cells_are_remembered_within_a_bound(tmp_path: Path) -> None:
    titles = "安排编号,学校标识码,学号,岗位编号,实习类型,安排方式,开始日期,结束日期,状态"
    with (tmp_path / "placements.csv").open("w", encoding="utf-8") as file:
        file.write(f"{titles}\n")
        for number in range(50_000):
            code = f"{number:050}"
            file.write(
                f"{code},5001170101,{code},{code},岗位实习,学校安排,2026-09-01,2027-01-31,实习中\n"
            )

    assert _peak(tmp_path) < 20 * MIB
