"""Rows of one file or sheet: raw cells to typed values, every fault of a row reported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from exchange.format import Column, Table
from exchange.reading.cells import CellReader, cell_reader, text_of
from exchange.reading.faults import Fault
from exchange.reading.folding import fold
from exchange.reading.headers import Layout, letter_of
from exchange.reading.masking import shown
from exchange.reading.problems import Errors
from exchange.reading.rowchecks import CHECKS, FILLS, RowCheck, retraction_checks


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row: its number in the file (the header is 1) and its values by English field name."""

    number: int
    cells: dict[str, Any]

    def __repr__(self) -> str:
        return f"<Row {self.number}>"


class RowReader:
    """Reads the raw rows of one file into tuples in the order of `layout.columns`."""

    def __init__(
        self,
        table: Table,
        layout: Layout,
        *,
        place: str,
        errors: Errors,
        encoding: str = "UTF-8",
        keys_only: bool = False,
    ) -> None:
        self.table = table
        self.layout = layout
        self.place = place
        self.errors = errors
        self._width = len(layout.found)
        self._readers: list[CellReader] = [
            cell_reader(column, encoding) if column else _Untold(index in layout.untitled)
            for index, column in enumerate(layout.found)
        ]
        self._arrange = _arrangement(layout)
        self._fill = None if keys_only else FILLS.get(table.stem)
        self._checks = _row_checks(table, layout, keys_only=keys_only)
        self._places = _places(layout)
        self._key = None if _lost(layout) & _sure_key(table) else table.key

    def read(self, number: int, raw: Sequence[str]) -> tuple[Any, ...] | None:
        """The values of a row of texts, or None when it is blank or has been reported."""
        if len(raw) != self._width:
            fitted = self._fit(number, raw)
            if fitted is None:
                return None
            raw = fitted
        try:
            values = [reader[text] for reader, text in zip(self._readers, raw, strict=True)]
        except Fault:
            spared = self._spared(raw)
            if spared is not None:
                return self.read(number, spared)
            self.explain(number, raw)
            return None
        if self._arrange is not None:
            values = self._arrange(values)
        if self._fill is not None:
            self._fill(values)
        for check, pick in self._checks:
            if check.find(*pick(values)) is not None:
                self.explain(number, raw)
                return None
        return tuple(values) if self.layout.is_complete else None

    def read_sheet(self, number: int, raw: Sequence[Any]) -> tuple[Any, ...] | None:
        """The same for a row of a sheet, whose cells are typed already."""
        try:
            texts = [
                cell if type(cell) is str else _plain(cell, column)
                for cell, column in zip(raw, self.layout.found, strict=False)
            ]
        except Fault:
            spared = self._spared(raw)
            if spared is not None:
                return self.read_sheet(number, spared)
            self.explain(number, raw)
            return None
        texts.extend(str(cell) for cell in raw[self._width :])
        return self.read(number, texts)

    def report(
        self, fault: Fault, number: int | None, *, place: int | None = None, value: str = ""
    ) -> None:
        """Report a fault of a row or, at a `place` from 0, of one of its cells."""
        column = self.layout.found[place] if place is not None and place < self._width else None
        self._report_cell(fault, number, column, place, value)

    def _report_cell(
        self,
        fault: Fault,
        number: int | None,
        column: Column | None,
        place: int | None,
        value: str,
    ) -> None:
        self.errors.report(
            self.place,
            fault,
            row=number,
            column=column.title if column else None,
            letter=None if place is None else letter_of(place),
            value=shown(value, column) or None,
        )

    def _fit(self, number: int, raw: Sequence[str]) -> Sequence[str] | None:
        """The row padded or cut to the header's width; None when blank or too wide."""
        if len(raw) < self._width:
            return [*raw, *[""] * (self._width - len(raw))]
        for place in range(self._width, len(raw)):
            if raw[place].strip():
                self.explain(number, raw)
                return None
        return raw[: self._width]

    def explain(
        self, number: int, raw: Sequence[Any], known: Mapping[int, Fault] | None = None
    ) -> None:
        """Report every fault of a row, with those `known` by place; a blank row has no others."""
        known = known or {}
        if not known and not any(str(cell).strip() for cell in raw):
            return
        cells = [*raw[: self._width], *[""] * (self._width - len(raw))]
        values, faults = self._sort_out(number, cells, known)
        self._judge(values, faults)
        for column, place in self._places:
            if column.field in faults:
                value = "" if place is None else str(cells[place])
                self._report_cell(faults[column.field], number, column, place, value)
        self._report_beyond(number, raw, known)
        if self._key is None or faults.keys() & _sure_key(self.table):
            self.errors.incomplete_tables.add(self.table.stem)
        else:
            self.errors.refuse_key(self.table.stem, tuple(values[name] for name in self._key))

    def _report_beyond(self, number: int, raw: Sequence[Any], known: Mapping[int, Fault]) -> None:
        """Report what stands to the right of the titles: every known fault, one cell besides."""
        told = False
        for place in range(self._width, max([len(raw), *(at + 1 for at in known)])):
            value = str(raw[place]) if place < len(raw) else ""
            if place in known:
                self.report(known[place], number, place=place, value=value)
            elif value.strip() and not told:
                self.report(Fault("extra_cells"), number, place=place, value=value)
                told = True

    def _sort_out(
        self, number: int, cells: Sequence[Any], known: Mapping[int, Fault]
    ) -> tuple[dict[str, Any], dict[str, Fault]]:
        """The sound values and the faults of a row, by field; untitled cells are reported."""
        values = {column.field: column.empty_value for column in self.layout.columns}
        faults: dict[str, Fault] = {}
        for place, column in enumerate(self.layout.found):
            try:
                if place in known:
                    raise known[place]
                value = self._readers[place][_plain(cells[place], column)]
            except Fault as fault:
                if column is None:
                    self.report(fault, number, place=place, value=str(cells[place]))
                else:
                    faults[column.field] = fault
            else:
                if column is not None:
                    values[column.field] = value
        return values, faults

    def _spared(self, raw: Sequence[Any]) -> Sequence[Any] | None:
        """The row without the cells that count only beside a word which is not there, if any."""
        cells = list(raw)
        for column, place in self._places:
            if column.only_with is None or place is None or place >= len(raw):
                continue
            field, word = column.only_with
            other = next(at for told, at in self._places if told.field == field)
            said = "" if other is None or other >= len(raw) else fold(str(raw[other])).strip()
            if said != word and cells[place] != "":
                cells[place] = ""
        return None if cells == list(raw) else cells

    def _judge(self, values: dict[str, Any], faults: dict[str, Fault]) -> None:
        """Add what the sound cells of the row are not to each other."""
        unsound = set(faults)
        for check, _pick in self._checks:
            if not unsound & set(check.fields):
                finding = check.find(*(values[field] for field in check.fields))
                if finding is not None:
                    faults.setdefault(*finding)


class _Untold:
    """The reader of a column that is none of the table's: without a title it must be empty."""

    def __init__(self, must_be_empty: bool) -> None:
        self._must_be_empty = must_be_empty

    def __getitem__(self, text: str) -> object:
        if self._must_be_empty and text.strip():
            raise Fault("untitled_column")
        return None


def _plain(cell: Any, column: Column | None) -> str:
    return str(cell) if column is None else text_of(cell, column.kind)


def _lost(layout: Layout) -> set[str]:
    return {column.field for column in layout.absent if column.required}


def _sure_key(table: Table) -> set[str]:
    return {field for field in table.key if field != table.key_needs}


def _places(layout: Layout) -> list[tuple[Column, int | None]]:
    """Columns with their places in the file, in the order of the file, the absent ones last."""
    there = [(column, place) for place, column in enumerate(layout.found) if column]
    return [*there, *((column, None) for column in layout.absent)]


def _arrangement(layout: Layout) -> Callable[[list[Any]], list[Any]] | None:
    """How values in the file's order become values in the order of `layout.columns`."""
    if layout.found == layout.columns:
        return None
    constants = [column.empty_value for column in layout.absent]
    places = {column.field: place for place, column in enumerate(layout.found) if column}
    for place, column in enumerate(layout.absent, len(layout.found)):
        places[column.field] = place
    order = [places[column.field] for column in layout.columns]
    return lambda values: [(values + constants)[place] for place in order]


def _row_checks(
    table: Table, layout: Layout, *, keys_only: bool
) -> list[tuple[RowCheck, Callable[[Sequence[Any]], tuple[Any, ...]]]]:
    fields = [column.field for column in layout.columns]
    lost = _lost(layout)
    checks = retraction_checks(table) if keys_only else CHECKS.get(table.stem, ())
    return [
        (check, itemgetter(*(fields.index(field) for field in check.fields)))
        for check in checks
        if not lost & set(check.fields)
    ]
