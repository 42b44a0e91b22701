"""Sheets whose cells would overwrite one another, or that hold what nobody sees."""

from collections.abc import Callable

from tests.malformed.case import Malformed, repacked
from tests.malformed.workbooks import SCHOOLS, SHEET


def _in_sheet(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(old.encode(), new.encode(), 1)

    return change


_AGAIN = '<row r="3"><c r="A3" t="inlineStr"><is><t>5001170103</t></is></c></row></sheetData>'

ADDRESSES = [
    repacked(f"with {name}", _in_sheet(old, new), "disordered_cells", place=SCHOOLS, row=row)
    for name, old, new, row in (
        ("a row twice", "</sheetData>", _AGAIN, 3),
        ("a row out of order", "</sheetData>", _AGAIN.replace("3", "2"), 2),
        ("a cell twice", '<c r="B3"', '<c r="A3"><v>1</v></c><c r="B3"', 3),
        ("cells out of order", '<c r="B3"', '<c r="D3"><v>1</v></c><c r="B3"', 3),
        ("a cell of another row", '<c r="B3"', '<c r="B7"', 7),
        ("a row that says another number", '<row r="3"', '<row r="2"', 2),
        (
            "a cell twice in another spelling",
            '<c r="B3"',
            "<c t='n' r='A3'><v>1</v></c><c r=\"B3\"",
            3,
        ),
    )
]

UNSEEN = [
    repacked(
        "with a row of no height",
        _in_sheet('<row r="3"', '<row r="3" ht="0" customHeight="1"'),
        "hidden_row",
        place=SCHOOLS,
        row=3,
    ),
    repacked(
        "with a column of no width",
        _in_sheet(
            "<sheetData>",
            '<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>',
        ),
        "hidden_column",
        place=SCHOOLS,
        row=1,
        column="学校名称",
    ),
    repacked(
        "with a hidden row of no number",
        _in_sheet('<row r="3"', '<row hidden="1"'),
        "unsafe_workbook",
    ),
]

CASES: list[Malformed] = [*ADDRESSES, *UNSEEN]
