"""A formula or an error value is named wherever it stands, and no row is lost beside it."""

from pathlib import Path

import pytest

from exchange.reading import open_district
from exchange.reading.problems import LIMIT
from tests.reading.sheets import FIRST, SECOND, TITLES, formula, row, write_sheet

ERROR = '<c r="{}" t="e"><v>#N/A</v></c>'
Told = list[tuple[int | None, str | None, str | None, str]]


def read(path: Path) -> tuple[list[int], Told]:
    """The numbers of the rows given out, and where the faults are."""
    source = open_district(path)
    numbers = [number for table in source.tables() for number, _values in table.values()]
    return numbers, [(p.row, p.letter, p.column, p.code) for p in source.errors]


@pytest.mark.parametrize("letter", ["E", "Z"])
@pytest.mark.parametrize("stored", ["", "<v></v>", "<v>2</v>"], ids=["none", "empty", "two"])
def test_a_formula_to_the_right_of_the_titles_is_named(
    letter: str, stored: str, tmp_path: Path
) -> None:
    helper = formula(f"{letter}2", stored)
    path = write_sheet(
        tmp_path / "a.xlsx", row(1, *TITLES), row(2, *FIRST, helper), row(3, *SECOND)
    )

    rows, told = read(path)

    assert told == [(2, letter, None, "formula_cell")]
    assert rows == [3]


def test_an_error_value_to_the_right_of_the_titles_is_named(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", row(1, *TITLES), row(2, *FIRST, ERROR.format("E2")))

    rows, told = read(path)

    assert told == [(2, "E", None, "error_cell")]
    assert rows == []


def test_rows_of_formulas_alone_below_the_values_are_named(tmp_path: Path) -> None:
    below = [
        row(number, *(formula(f"{letter}{number}") for letter in "ABCD")) for number in (4, 5, 9)
    ]
    path = write_sheet(
        tmp_path / "a.xlsx", row(1, *TITLES), row(2, *FIRST), row(3, *SECOND), *below
    )

    rows, told = read(path)

    assert told == [
        (number, letter, title, "formula_cell")
        for number in (4, 5, 9)
        for letter, title in zip("ABCD", TITLES, strict=True)
    ]
    assert rows == [2, 3]


def test_a_formula_with_a_text_of_its_own_in_the_last_row_is_named(tmp_path: Path) -> None:
    last = '<c r="E3" t="inlineStr"><is><t>x</t></is><f>1+1</f></c>'
    path = write_sheet(tmp_path / "a.xlsx", row(1, *TITLES), row(2, *FIRST), row(3, *SECOND, last))

    rows, told = read(path)

    assert told == [(3, "E", None, "formula_cell")]
    assert rows == [2]


def test_cells_without_a_title_beside_a_formula_are_named_as_well(tmp_path: Path) -> None:
    beyond = [formula("E2"), "x", "y"]
    path = write_sheet(tmp_path / "a.xlsx", row(1, *TITLES), row(2, *FIRST, *beyond))

    _rows, told = read(path)

    assert told == [
        (2, "E", None, "formula_cell"),
        (2, "F", None, "untitled_column"),
        (2, "G", None, "untitled_column"),
    ]


def test_a_sheet_of_more_formulas_than_are_named_gives_no_row_and_counts_them_all(
    tmp_path: Path,
) -> None:
    count = LIMIT + 500
    rows = [
        row(number, FIRST[0], FIRST[1], FIRST[2], formula(f"D{number}", "<v>500117</v>"))
        for number in range(2, count + 2)
    ]
    path = write_sheet(tmp_path / "a.xlsx", row(1, *TITLES), *rows)

    source = open_district(path)
    given = [number for table in source.tables() for number, _values in table.values()]

    assert given == []
    assert source.errors.total == count
    assert len(source.errors.problems) == LIMIT
    last = source.errors.problems[-1]
    assert (last.row, last.letter, last.column) == (LIMIT + 1, "D", TITLES[3])
    assert source.errors.incomplete_tables == {"schools"}


def test_a_formula_of_a_list_beside_the_cells_does_no_harm(tmp_path: Path) -> None:
    lists = "<extLst><ext><xm:f>Sheet2!$A$1:$A$5</xm:f></ext></extLst>"
    path = write_sheet(
        tmp_path / "a.xlsx", row(1, *TITLES), row(2, *FIRST), row(3, *SECOND), after=lists
    )

    assert read(path) == ([2, 3], [])
