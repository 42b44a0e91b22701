"""The parts of a workbook scanned as bytes before a library reads them.

Counts what really comes out, and finds what a reader of values would not tell: formulas, error
values, hidden rows and columns, entity declarations, cells that a later one would overwrite, and
cells so far apart that a table of them would not fit in memory.
"""

import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from exchange.reading.problems import LIMIT
from exchange.reading.sheetfindings import MOST_ROWS, SheetFindings, column_number
from exchange.reading.sheetorder import follow
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
_CONTEXT = 400

_P = rb"<(?:\w{1,30}:)?"
# <xm:f> is of a list or a format that the sheet keeps beside its cells.
_FORMULA = re.compile(rb"<(?!xm:)(?:\w{1,30}:)?f[\s/>]")
_ERROR = re.compile(_P + rb"""c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*>""")
_LAST_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
# Less than a point high or a character wide is as good as hidden.
_UNSEEN = (
    rb"""(?=[^<>]*\b(?:hidden\s*=\s*["'](?:1|true)|%s\s*=\s*["']0*(?:\.[0-9]*)?)["'])[^<>]*>"""
)
_HIDDEN_ROW = re.compile(_P + rb"row\s" + _UNSEEN % b"ht")
_HIDDEN_COLUMN = re.compile(_P + rb"col\s" + _UNSEEN % b"width")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,7})["']""")
_STRING = re.compile(_P + rb"si[\s/>]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_XML = (".xml", ".rels", ".vml")


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
        self._cells += follow(buffer, start, end, findings)
        if self._cells > MOST_CELLS:
            raise too_large(_("单元格超过 %(limit)s 个") % {"limit": MOST_CELLS})
        if b"<f" in buffer or b":f" in buffer:
            _note_formulas(buffer, start, end, findings)
        if b'"e"' in buffer or b"'e'" in buffer:
            _note_errors(buffer, start, end, findings)
        if b"hidden" in buffer or b"ht" in buffer or b"width" in buffer:
            _note_hidden(buffer, start, end, findings)


def _note_formulas(buffer: bytes, start: int, end: int, findings: SheetFindings) -> None:
    for tag in _FORMULA.finditer(buffer, start, end):
        if len(findings.formulas) >= LIMIT:
            findings.unnamed += 1
            continue
        place = _last_place(buffer[max(0, tag.start() - _CONTEXT) : tag.start()])
        findings.formulas.append(place or (1, 1))


def _note_errors(buffer: bytes, start: int, end: int, findings: SheetFindings) -> None:
    for tag in _ERROR.finditer(buffer, start, end):
        if len(findings.errors) >= LIMIT:
            findings.unnamed += 1
        elif place := _last_place(tag[0]):
            findings.errors.append(place)


def _note_hidden(buffer: bytes, start: int, end: int, findings: SheetFindings) -> None:
    for tag in _HIDDEN_ROW.finditer(buffer, start, end):
        found = _ROW_NUMBER.search(tag[0])
        if found is None:
            raise unsafe(_("隐藏的行没有行号"))
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
