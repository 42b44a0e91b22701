"""The parts of a workbook scanned as bytes before a library reads them.

Counts what really comes out, and finds what a reader of values would not tell: formulas, error
values, hidden rows and columns, entity declarations, and cells so far apart that a table of them
would not fit in memory.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exchange.reading.problems import LIMIT
from exchange.reading.zipguard import (
    MOST_ENTRY_BYTES,
    MOST_TOTAL_BYTES,
    check_first_bytes,
    check_ratio,
    too_large,
    unsafe,
)

CHUNK = 1 << 18
LONGEST_TEXT = 1 << 20
MOST_CELLS = 1_000_000
MOST_STRINGS = 2_000_000
MOST_ROWS = 1_048_576
MOST_COLUMNS = 64
SPARSE_AREA = 1_000_000
SPARSE_FACTOR = 20
_CONTEXT = 400

_P = rb"<(?:\w{1,30}:)?"
_CELL = re.compile(_P + rb"c[\s/>]")
_ADDRESS = re.compile(_P + rb"""c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*>""")
_USUAL_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_USUAL_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_FORMULA = re.compile(_P + rb"f[\s/>]")
_ERROR = re.compile(_P + rb"""c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*>""")
_LAST_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_HIDDEN_ROW = re.compile(_P + rb"""row\s(?=[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])[^<>]*>""")
_HIDDEN_COLUMN = re.compile(_P + rb"""col\s(?=[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])[^<>]*>""")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,7})["']""")
_STRING = re.compile(_P + rb"si[\s/>]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_XML = (".xml", ".rels", ".vml")


def column_number(letters: bytes) -> int:
    """The column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


@dataclass
class SheetFindings:
    """What the scan found in one sheet; places are (row, column), both from 1."""

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def too_large(self) -> str | None:
        """Why the sheet is past a bound, if it is."""
        if self.last_row > MOST_ROWS or self.last_column > MOST_COLUMNS:
            return _("超过 %(rows)s 行或 %(columns)s 列") % {
                "rows": MOST_ROWS,
                "columns": MOST_COLUMNS,
            }
        if self.last_row * self.last_column > max(SPARSE_AREA, SPARSE_FACTOR * self.cells):
            return _("内容零散地分布到第 %(row)s 行") % {"row": self.last_row}
        return None


class WorkbookScan:
    """Scans every entry of a workbook once; `sheets` has what was found, by part name."""

    def __init__(self, archive: zipfile.ZipFile, sheet_parts: set[str]) -> None:
        self.sheets = {part.casefold(): SheetFindings() for part in sheet_parts}
        self._archive = archive
        self._total = 0
        self._cells = 0
        self._strings = 0

    def scan(self, entry: zipfile.ZipInfo) -> None:
        """Read the entry to its end, within bounds; a `Fault` says what is wrong."""
        name = entry.filename.casefold()
        findings = self.sheets.get(name)
        if findings is None and "worksheets/" in name and name.endswith(".xml"):
            findings = self.sheets.setdefault(name, SheetFindings())
        if findings is not None or name.endswith(_XML):
            for buffer, start, end in self._windows(entry):
                self._look(buffer, start, end, findings)
        else:
            for _chunk in self._chunks(entry):
                pass

    def _chunks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        unpacked = 0
        with self._archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                if not unpacked:
                    check_first_bytes(entry.filename, chunk)
                unpacked += len(chunk)
                self._total += len(chunk)
                check_ratio(entry, unpacked)
                if unpacked > MOST_ENTRY_BYTES or self._total > MOST_TOTAL_BYTES:
                    limit = MOST_TOTAL_BYTES >> 20
                    raise too_large(_("解压后超过 %(limit)s MiB") % {"limit": limit})
                yield chunk

    def _windows(self, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int, int]]:
        """Pieces of the entry that end before a tag, each behind some bytes of the one before."""
        buffer = b""
        start = 0
        for chunk in self._chunks(entry):
            if not buffer:
                _check_encoding(chunk)
            buffer += chunk
            end = buffer.rfind(b"<", start)
            if end <= start:
                if len(buffer) - start > LONGEST_TEXT:
                    raise too_large(_("一格文字超过 %(limit)s MiB") % {"limit": LONGEST_TEXT >> 20})
                continue
            yield buffer, start, end
            kept = max(0, end - _CONTEXT)
            buffer, start = buffer[kept:], end - kept
        yield buffer, start, len(buffer)

    def _look(self, buffer: bytes, start: int, end: int, findings: SheetFindings | None) -> None:
        if b"<!" in buffer and _DECLARATION.search(buffer, start, end):
            raise unsafe(_("XML 里有实体或类型声明"))
        if b"si" in buffer:
            self._strings += len(_STRING.findall(buffer, start, end))
        if self._strings > MOST_STRINGS:
            raise too_large(_("文字超过 %(limit)s 条") % {"limit": MOST_STRINGS})
        if findings is None:
            return
        self._cells += self._measure(buffer, start, end, findings)
        if self._cells > MOST_CELLS:
            raise too_large(_("单元格超过 %(limit)s 个") % {"limit": MOST_CELLS})
        if b"<f" in buffer or b":f" in buffer:
            _note_formulas(buffer, start, end, findings)
        if b'"e"' in buffer or b"'e'" in buffer:
            _note_errors(buffer, start, end, findings)
        if b"hidden" in buffer:
            _note_hidden(buffer, start, end, findings)

    @staticmethod
    def _measure(buffer: bytes, start: int, end: int, findings: SheetFindings) -> int:
        """Count the cells of a piece and stretch the sheet's bounds to hold them."""
        cells = len(_CELL.findall(buffer, start, end))
        if not cells:
            return 0
        rows = _USUAL_ROW.findall(buffer, start, end)
        columns = _USUAL_COLUMN.findall(buffer, start, end)
        if not len(rows) == len(columns) == cells:
            places = _ADDRESS.findall(buffer, start, end)
            if len(places) != cells:
                raise unsafe(_("有的单元格没有地址"))
            columns, rows = map(list, zip(*places, strict=True))
        findings.cells += cells
        findings.last_row = max(findings.last_row, max(map(int, set(rows))))
        findings.last_column = max(findings.last_column, *map(column_number, set(columns)))
        return cells


def _note_formulas(buffer: bytes, start: int, end: int, findings: SheetFindings) -> None:
    for tag in _FORMULA.finditer(buffer, start, end):
        if len(findings.formulas) >= LIMIT:
            return
        place = _last_place(buffer[max(0, tag.start() - _CONTEXT) : tag.start()])
        findings.formulas.append(place or (1, 1))


def _note_errors(buffer: bytes, start: int, end: int, findings: SheetFindings) -> None:
    for tag in _ERROR.finditer(buffer, start, end):
        if len(findings.errors) < LIMIT and (place := _last_place(tag[0])):
            findings.errors.append(place)


def _note_hidden(buffer: bytes, start: int, end: int, findings: SheetFindings) -> None:
    for tag in _HIDDEN_ROW.finditer(buffer, start, end):
        if found := _ROW_NUMBER.search(tag[0]):
            findings.hidden_rows.add(int(found[1]))
    for tag in _HIDDEN_COLUMN.finditer(buffer, start, end):
        span = {side: int(number) for side, number in _SPAN.findall(tag[0])}
        findings.hidden_columns.append((span.get(b"min", 1), span.get(b"max", MOST_ROWS)))


def _last_place(tags: bytes) -> tuple[int, int] | None:
    found = _LAST_ADDRESS.findall(tags)
    return (int(found[-1][1]), column_number(found[-1][0])) if found else None


def _check_encoding(first: bytes) -> None:
    """Refuse a part whose bytes a reader could take for other characters than this scan does."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff", b"\0", b"<\0")):
        raise unsafe(_("XML 不是 UTF-8"))
    found = _ENCODING.match(first.removeprefix(b"\xef\xbb\xbf"))
    if found and found[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise unsafe(_("XML 不是 UTF-8"))
