"""Rows and cells of a sheet must follow one another, or a later one overwrites an earlier one.

A reader of values keeps the last of two cells at one address, and puts a cell into the row that its
address says, whatever row it stands in. No spreadsheet writes such a sheet.
"""

import re
from operator import lt
from string import ascii_uppercase

from django.utils.translation import gettext as _

from exchange.reading.sheetfindings import SheetFindings, column_number
from exchange.reading.zipguard import unsafe

_TAG = re.compile(rb"<(?:\w{1,30}:)?(?:c|row)[\s/>]")
_CELL = re.compile(rb"<(?:\w{1,30}:)?c[\s/>]")
_USUAL = re.compile(rb'<(?:c r="(?=[A-Z])|row r="(?=[0-9]))([A-Z]{0,3}[0-9]{1,7})"|<row>')
_ROW_OF_CELLS = re.compile(rb"([0-9]+)((?: [A-Z]{1,3}\1(?![0-9]))*)(?: |$)")
_ANY = re.compile(
    rb"""<(?:\w{1,30}:)?(c|row)((?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*/?>"""
)
_ATTRIBUTE = re.compile(rb"""([^\s=<>/"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_REFERENCE = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")

Place = tuple[bytes, bytes]
"""Letters and row of a cell; of a row no letters, and its number if it has one."""


def follow(buffer: bytes, start: int, end: int, findings: SheetFindings) -> int:
    """Stretch the sheet's bounds by the rows and cells of a piece; returns how many cells it has.

    The first that does not come after the one before it becomes `findings.disorder`, and nothing
    is stretched from there on. A cell without an address is refused with a `Fault`.
    """
    if findings.disorder is not None:
        return len(_CELL.findall(buffer, start, end))
    tags = len(_TAG.findall(buffer, start, end))
    if not tags:
        return 0
    usual = _USUAL.findall(buffer, start, end)
    cells = _ascend(usual, findings) if len(usual) == tags else None
    if cells is None:
        places = _places(buffer, start, end)
        if len(places) != tags:
            raise unsafe(_("有的单元格没有地址"))
        _follow_each(places, findings)
        cells = sum(bool(letters) for letters, _number in places)
    findings.cells += cells
    return cells


def _ascend(usual: list[bytes], findings: SheetFindings) -> int | None:
    """How many cells are among `2 A2 B2 3 A3 …`, if all go on in order; else nothing is changed.

    Rows are compared one by one, their columns once for each different set of them.
    """
    goes_on = usual[0][:1].isalpha()
    text = b" ".join(_numbered([findings.opened, *usual] if goes_on else usual))
    rows = _ROW_OF_CELLS.findall(text)
    if not rows or sum(len(number) + len(cells) + 1 for number, cells in rows) != len(text) + 1:
        return None
    numbers = [int(number) for number, _cells in rows]
    kinds = [cells.replace(number, b"") for number, cells in rows]
    columns = {kind: [column_number(letters) for letters in kind.split()] for kind in set(kinds)}
    after = findings.row
    if goes_on and findings.opened:
        after -= 1
        if columns[kinds[0]][0] <= findings.column:
            return None
    if not all(map(lt, [after, *numbers], numbers)):
        return None
    if not all(all(map(lt, places, places[1:])) for places in columns.values()):
        return None
    with_cells = next((int(number) for number, cells in reversed(rows) if cells), 0)
    findings.last_row = max(findings.last_row, with_cells)
    findings.last_column = max([findings.last_column, *(at[-1] for at in columns.values() if at)])
    is_open = bool(usual[-1])
    findings.row, findings.opened = numbers[-1], rows[-1][0] if is_open else b""
    findings.column = max(columns[kinds[-1]], default=0) if is_open else 0
    return text.count(b" ") + 1 - len(rows)


def _numbered(usual: list[bytes]) -> list[bytes]:
    """The same with the rows that have no number under that of their first cell, if it is here."""
    if b"" not in usual:
        return usual
    following = [*usual[1:], b""]
    places = [
        place or after.lstrip(ascii_uppercase.encode())
        for place, after in zip(usual, following, strict=True)
    ]
    return places if places[-1] else places[:-1]


def _places(buffer: bytes, start: int, end: int) -> list[Place]:
    """Every row and every cell with an address, in whatever way they are written."""
    places: list[Place] = []
    for tag, attributes in _ANY.findall(buffer, start, end):
        values = {name: one or other for name, one, other in _ATTRIBUTE.findall(attributes)}
        found = _REFERENCE.fullmatch(values.get(b"r", b"0"))
        if found is not None and (tag == b"c") is bool(found[1]):
            number = found[2] if int(found[2]) else b""
            places.append((found[1].upper(), number))
    return places


def _follow_each(places: list[Place], findings: SheetFindings) -> None:
    """The same one by one, which finds the first place out of order."""
    for letters, number in places:
        if not letters:
            if number and int(number) <= findings.row:
                findings.disorder = int(number), 0
                return
            findings.row = int(number or findings.row)
            findings.column, findings.opened = 0, number
            continue
        row, column = int(number or 0), column_number(letters)
        findings.last_row = max(findings.last_row, row)
        findings.last_column = max(findings.last_column, column)
        if number != findings.opened:
            # Only a row that has no number takes its first cell's.
            if findings.opened or row <= findings.row:
                findings.disorder = row, column
                return
            findings.row, findings.opened = row, number
        if column <= findings.column:
            findings.disorder = row, column
            return
        findings.column = column
