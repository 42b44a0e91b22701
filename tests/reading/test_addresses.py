"""Cells that a later one would overwrite, or that nobody sees, are refused at their place."""

from pathlib import Path

import pytest

from exchange.reading import open_district, sheetscan
from tests.reading.sheets import FIRST, SECOND, TITLES, row, text, write_sheet

HEAD = row(1, *TITLES)
GOOD = row(2, *FIRST)


def told(path: Path) -> list[tuple[int | None, str | None, str | None, str]]:
    """Where the faults of a workbook are."""
    return [(p.row, p.letter, p.column, p.code) for p in open_district(path).read_through()]


def cells(*places: tuple[str, str]) -> str:
    """Texts at the given addresses."""
    return "".join(text(address, value) for address, value in places)


DISORDER = {
    "a row twice": ([GOOD, row(2, *SECOND)], 2, None),
    "an empty row twice": ([GOOD, row(3), row(3, *SECOND)], 3, None),
    "a row above the one before it": ([row(3, *SECOND), GOOD], 2, None),
    "a cell twice": (
        [f'<row r="2">{cells(("A2", "5001170109"))}{row(2, *FIRST)[11:]}'],
        2,
        "A",
    ),
    "a cell to the left of the one before it": (
        [f'<row r="2">{text("A2", FIRST[0])}{text("C2", "中职")}{text("B2", "甲")}</row>'],
        2,
        "B",
    ),
    "a cell of another row": ([f'<row r="2">{row(7, *FIRST)[11:]}'], 7, "A"),
    "a cell of the row above": ([GOOD, f'<row r="3">{text("A2", "5001170109")}</row>'], 2, "A"),
    "a row without a number that repeats one": ([GOOD, f"<row>{text('A2', 'x')}</row>"], 2, "A"),
    "a row twice in another spelling": (
        [GOOD, row(2, *SECOND).replace('<c r="A2" t="inlineStr">', "<c t='inlineStr' r = 'A2'>")],
        2,
        None,
    ),
    "a cell twice in another spelling": (
        [GOOD.replace("</row>", "<c s='0' r='d2'><v>1</v></c></row>")],
        2,
        "D",
    ),
    "an address within a text of another attribute": (
        [GOOD.replace("</row>", """<c x=' r="E2" ' r="D2"><v>1</v></c></row>""")],
        2,
        "D",
    ),
}


@pytest.mark.parametrize("chunk", [1 << 18, 64], ids=["at-once", "in-pieces"])
@pytest.mark.parametrize("name", DISORDER)
def test_a_cell_that_would_be_overwritten_or_moved_refuses_its_sheet(
    name: str, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheetscan, "CHUNK", chunk)
    rows, number, letter = DISORDER[name]
    path = write_sheet(tmp_path / "a.xlsx", HEAD, *rows, row(9, *SECOND))

    assert told(path) == [(number, letter, None, "disordered_cells")]


@pytest.mark.parametrize("chunk", [1 << 18, 64, 40], ids=["at-once", "in-pieces", "in-bits"])
@pytest.mark.parametrize(
    "rows",
    [
        [GOOD, row(3, *SECOND)],
        [GOOD, row(3), row(1000, *SECOND)],
        [GOOD.replace('<row r="2">', "<row>"), row(3, *SECOND).replace('<row r="3">', "<row>")],
        [GOOD.replace('<c r="', '<c s="0" r="'), row(3, *SECOND)],
        [GOOD, row(12, *SECOND, attributes=' spans="1:4" ht="14.4" customHeight="1"')],
    ],
    ids=["next", "gap", "no-numbers", "other-spelling", "height"],
)
def test_rows_and_cells_in_order_are_read(
    rows: list[str], chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheetscan, "CHUNK", chunk)
    source = open_district(write_sheet(tmp_path / "a.xlsx", HEAD, *rows))

    given = [values[0] for table in source.tables() for _number, values in table.values()]

    assert list(source.errors) == []
    assert given == [FIRST[0], SECOND[0]]


@pytest.mark.parametrize(
    "attributes",
    [' hidden="1"', " hidden='true'", ' ht="0" customHeight="1"', ' ht="0.75"', " ht = '.5'"],
)
def test_a_row_that_nobody_sees_is_refused(attributes: str, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", HEAD, GOOD, row(3, *SECOND, attributes=attributes))

    assert told(path) == [(3, None, None, "hidden_row")]


def test_a_hidden_row_without_a_number_is_refused(tmp_path: Path) -> None:
    hidden = row(3, *SECOND).replace('<row r="3">', '<row hidden="1">')
    path = write_sheet(tmp_path / "a.xlsx", HEAD, GOOD, hidden)

    assert told(path) == [(None, None, None, "unsafe_workbook")]


@pytest.mark.parametrize(
    "attributes", ['hidden="1"', 'width="0" customWidth="1"', "width='0.5' customWidth='1'"]
)
def test_a_column_that_nobody_sees_is_refused(attributes: str, tmp_path: Path) -> None:
    columns = f'<cols><col min="2" max="2" {attributes}/></cols>'
    path = write_sheet(tmp_path / "a.xlsx", HEAD, GOOD, columns=columns)

    assert told(path) == [(1, "B", TITLES[1], "hidden_column")]


def test_rows_and_columns_of_a_usual_size_are_seen(tmp_path: Path) -> None:
    columns = '<cols><col min="1" max="4" width="1.5" customWidth="1" hidden="0"/></cols>'
    low = row(3, *SECOND, attributes=' ht="1" customHeight="1" hidden="0"')
    path = write_sheet(tmp_path / "a.xlsx", HEAD, GOOD, low, columns=columns)

    assert told(path) == []
