"""CSV files streamed: the encoding found by the header, memory bounded whatever the file holds."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from exchange.format import Table
from exchange.reading.faults import Fault
from exchange.reading.folding import fold
from exchange.reading.headers import read_header
from exchange.reading.problems import Errors
from exchange.reading.rows import RowReader
from exchange.reading.sniffing import not_text
from exchange.reading.sources import TableSource

CHUNK = 1 << 18
LONGEST_LINE = 1 << 20
LONGEST_HEADER = 1 << 16
_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GBK/GB18030"}


class CsvSource(TableSource):
    """One CSV file of a folder."""

    def __init__(self, path: Path, table: Table, errors: Errors, *, keys_only: bool) -> None:
        super().__init__(table, path.name, errors, keys_only=keys_only)
        self.path = path
        self._size = 0
        self._read = 0

    def fraction(self) -> float:
        """How much of the file's bytes has been read."""
        return min(1.0, self._read / self._size) if self._size else 0.0

    def values(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Rows of the file; what makes the whole file unreadable ends them."""
        try:
            with self.path.open("rb") as file:
                self._size = self.path.stat().st_size
                yield from self._rows(file)
        except OSError as error:
            self._give_up(Fault("unreadable", why=error.strerror or error), None)
        self._read = self._size

    def _rows(self, file: BinaryIO) -> Iterator[tuple[int, tuple[Any, ...]]]:
        start = file.read(LONGEST_HEADER)
        file.seek(0)
        encoding = self._encoding_of(start)
        if encoding is None:
            return
        number = 0
        try:
            records = csv.reader(self._lines(file, encoding), strict=True)
            titles = next(records, None)
            number = 1
            reader = self._reader(titles, encoding)
            if reader is None:
                return
            read = reader.read
            for number, raw in enumerate(records, 2):
                values = read(number, raw)
                if values is not None:
                    yield number, values
        except _LineTooLong:
            self._give_up(Fault("huge_cell"), number + 1)
        except csv.Error as error:
            huge = "field limit" in str(error)
            self._give_up(Fault("huge_cell" if huge else "broken_quotes"), number + 1)

    def _reader(self, titles: list[str] | None, encoding: str) -> RowReader | None:
        known = "、".join(column.title for column in self.columns)
        if not titles or not any(title.strip() for title in titles):
            self._give_up(Fault("no_header", known=known), 1)
            return None
        if len(titles) == 1 and len(self.columns) > 1 and _is_split_otherwise(titles[0]):
            self._give_up(Fault("wrong_delimiter"), 1)
            return None
        layout = read_header(
            titles, self.table, place=self.place, keys_only=self.keys_only, errors=self.errors
        )
        self.layout = layout
        if not layout.is_complete:
            self.errors.incomplete_tables.add(self.table.stem)
        return RowReader(
            self.table,
            layout,
            place=self.place,
            errors=self.errors,
            encoding=_NAMES[encoding],
            keys_only=self.keys_only,
        )

    def _encoding_of(self, start: bytes) -> str | None:
        """The encoding in which the header has most known titles; None when there is none."""
        what = not_text(start)
        if what is not None:
            self._give_up(Fault("wrong_content", what=what), None)
            return None
        header = start.split(b"\n", 1)[0]
        scores = {name: self._known_titles(header, name) for name in _NAMES}
        if any(scores.values()):
            return max(scores, key=lambda name: scores[name])
        fitting = next((name for name in _NAMES if _decodes(header, name)), None)
        if fitting is None:
            self._give_up(Fault("wrong_encoding"), 1)
        return fitting

    def _known_titles(self, header: bytes, encoding: str) -> int:
        text = header.decode(encoding, errors="surrogateescape")
        titles = (fold(title).strip().strip('"').strip() for title in text.split(","))
        return sum(title in self.table.by_title for title in titles)

    def _lines(self, file: BinaryIO, encoding: str) -> Iterator[str]:
        """Lines of the file; bytes that are no text of the encoding become lone surrogates."""
        return chain.from_iterable(self._blocks(file, encoding))

    def _blocks(self, file: BinaryIO, encoding: str) -> Iterator[io.StringIO]:
        decoder = codecs.getincrementaldecoder(encoding)(errors="surrogateescape")
        rest = ""
        while chunk := file.read(CHUNK):
            self._read = file.tell()
            block = rest + decoder.decode(chunk)
            end = max(block.rfind("\n"), block.rfind("\r", 0, len(block) - 1)) + 1
            rest = block[end:]
            if len(rest) > LONGEST_LINE:
                raise _LineTooLong
            yield io.StringIO(block[:end], newline="")
        yield io.StringIO(rest + decoder.decode(b"", final=True), newline="")

    def _give_up(self, fault: Fault, row: int | None) -> None:
        self.errors.incomplete_tables.add(self.table.stem)
        self.errors.report(self.place, fault, row=row)


class _LineTooLong(Exception):
    """A line goes on past what any row may have."""


def _decodes(header: bytes, encoding: str) -> bool:
    try:
        header.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_split_otherwise(title: str) -> bool:
    return any(sign in title for sign in "\t;|，；")
