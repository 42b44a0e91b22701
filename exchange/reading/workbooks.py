"""Workbooks read sheet by sheet: guarded and scanned first, the values by calamine."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from exchange.format import TABLES, Table, table_of_sheet
from exchange.reading.faults import Fault
from exchange.reading.folding import fold
from exchange.reading.headers import Layout, letter_of, read_header
from exchange.reading.masking import shown
from exchange.reading.problems import Errors
from exchange.reading.rows import RowReader
from exchange.reading.sheetfindings import SheetFindings
from exchange.reading.sheetscan import WorkbookScan
from exchange.reading.sources import TableSource
from exchange.reading.words import closest, nearest
from exchange.reading.zipguard import check_archive, checked_entries, too_large, unsafe

_MOST_INDEX_BYTES = 1 << 20
_MOST_SHEETS = 100
_MAIN = "{*}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


_SHEETS = [table.sheet for table in TABLES.values()]


def scan_workbook(path: Path) -> dict[str, SheetFindings]:
    """What a workbook's sheets hold, by sheet name; a `Fault` when it may not be opened at all."""
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = checked_entries(archive)
            parts = _sheet_parts(archive)
            scan = WorkbookScan(archive, set(parts.values()))
            for entry in entries:
                scan.scan(entry)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, ET.ParseError) as error:
        raise broken(error) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise broken(error) from error
    return {sheet: scan.sheets[part.casefold()] for sheet, part in parts.items()}


def broken(error: BaseException) -> Fault:
    """The workbook cannot be parsed; the parser's own words may hold content and are left out."""
    return Fault("broken_workbook", why=type(error).__name__)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by sheet name."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _index(archive, "xl/_rels/workbook.xml.rels").iterfind(
            f"{_MAIN}Relationship"
        )
    }
    sheets = _index(archive, "xl/workbook.xml").findall(f"{_MAIN}sheets/{_MAIN}sheet")
    if len(sheets) > _MOST_SHEETS:
        raise too_large(_("工作表超过 %(limit)s 张") % {"limit": _MOST_SHEETS})
    parts: dict[str, str] = {}
    for sheet in sheets:
        relation = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)
        name = sheet.get("name", "")
        if relation not in targets or name in parts:
            raise unsafe(_("工作表目录不对"))
        target = targets[relation]
        part = PurePosixPath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if ".." in part.parts:
            raise unsafe(_("部件名指向工作簿之外"))
        parts[name] = str(part)
    return parts


def _index(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """A small part of the workbook as a tree; declarations are refused before it is parsed."""
    entry = next(
        entry for entry in archive.infolist() if entry.filename.casefold() == name.casefold()
    )
    with archive.open(entry) as part:
        text = part.read(_MOST_INDEX_BYTES + 1)
    if len(text) > _MOST_INDEX_BYTES:
        raise too_large(_("目录超过 %(limit)s MiB") % {"limit": _MOST_INDEX_BYTES >> 20})
    if b"<!" in text or b"\0" in text:
        raise unsafe(_("XML 里有实体或类型声明"))
    return ET.fromstring(text)  # noqa: S314 - no declarations, bounded


class SheetSource(TableSource):
    """One sheet of a workbook."""

    def __init__(
        self,
        workbook: CalamineWorkbook,
        table: Table,
        errors: Errors,
        findings: SheetFindings,
        *,
        keys_only: bool,
    ) -> None:
        super().__init__(table, table.sheet, errors, keys_only=keys_only)
        self._workbook = workbook
        self._findings = findings
        self._number = 0

    def fraction(self) -> float:
        """How much of the sheet's rows has been read."""
        return min(1.0, self._number / max(1, self._findings.last_row))

    def values(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Rows of the sheet; one that has a formula, a merged or a hidden cell is not given."""
        try:
            sheet = self._workbook.get_sheet_by_name(self.table.sheet)
            merged = sheet.merged_cell_ranges or []
            rows = iter(sheet.iter_rows())
        except CalamineError as error:
            self._give_up(broken(error))
            return
        titles = next(rows, [])
        if self._header_is_flagged():
            return
        if not any(str(title).strip() for title in titles):
            known = "、".join(column.title for column in self.columns)
            self._give_up(Fault("no_header", known=known), row=1)
            return
        reader = RowReader(
            self.table,
            self._layout(titles),
            place=self.place,
            errors=self.errors,
            keys_only=self.keys_only,
        )
        flagged = self._flagged(reader, merged)
        if self._findings.unnamed:
            self._refuse_by_flags(reader, flagged)
            return
        hidden = self._findings.hidden_rows
        read = reader.read_sheet
        for number, raw in enumerate(rows, 2):
            self._number = number
            if number in flagged or number in hidden:
                self._refuse(reader, number, raw, flagged.get(number, {}))
                continue
            values = read(number, raw)
            if values is not None:
                yield number, values
        self._refuse_below(reader, flagged)

    def _header_is_flagged(self) -> bool:
        """Report titles that are formulas or error values; nothing can be read under them."""
        flagged = [
            (column, code)
            for code, places in self._codes_of_places()
            for row, column in places
            if row == 1
        ]
        for column, code in flagged:
            self._give_up(Fault(code), 1, letter=letter_of(column - 1))
        return bool(flagged)

    def _codes_of_places(self) -> list[tuple[str, list[tuple[int, int]]]]:
        return [("formula_cell", self._findings.formulas), ("error_cell", self._findings.errors)]

    def _layout(self, titles: list[Any]) -> Layout:
        layout = read_header(
            [str(title) for title in titles],
            self.table,
            place=self.place,
            keys_only=self.keys_only,
            errors=self.errors,
        )
        self.layout = layout
        for first, last in self._findings.hidden_columns:
            for place in range(first - 1, min(last, len(layout.found))):
                column = layout.found[place]
                if column is not None:
                    self._give_up(Fault("hidden_column"), 1, column.title, letter_of(place))
        if not layout.is_complete:
            self.errors.incomplete_tables.add(self.table.stem)
        return layout

    def _flagged(
        self, reader: RowReader, merged: list[tuple[tuple[int, int], tuple[int, int]]]
    ) -> dict[int, dict[int, Fault]]:
        """Faults the scan knows of, by row and place from 0; a merged row has none and is left."""
        flagged: dict[int, dict[int, Fault]] = {}
        for code, places in self._codes_of_places():
            for row, column in places:
                flagged.setdefault(row, {})[column - 1] = Fault(code)
        for (top, left), (bottom, right) in merged:
            area = f"{letter_of(left)}{top + 1}:{letter_of(right)}{bottom + 1}"
            reader.report(Fault("merged_cells", range=area), top + 1, place=left)
            self.errors.incomplete_tables.add(self.table.stem)
            for row in range(top + 1, min(bottom + 1, self._findings.last_row) + 1):
                flagged.setdefault(row, {})
        return flagged

    def _refuse(
        self, reader: RowReader, number: int, raw: list[Any], faults: dict[int, Fault]
    ) -> None:
        is_hidden = number in self._findings.hidden_rows and any(str(cell).strip() for cell in raw)
        if is_hidden:
            reader.report(Fault("hidden_row"), number)
        if is_hidden or faults:
            reader.explain(number, raw, faults)

    def _refuse_below(self, reader: RowReader, flagged: dict[int, dict[int, Fault]]) -> None:
        """Report flagged rows that hold no value at all: the library ends before them."""
        for number in sorted(flagged):
            if number > max(1, self._number) and flagged[number]:
                reader.explain(number, [], flagged[number])

    def _refuse_by_flags(self, reader: RowReader, flagged: dict[int, dict[int, Fault]]) -> None:
        """Name the flagged cells that are known and count the others; no row can be trusted."""
        for number in sorted(flagged):
            for place, fault in sorted(flagged[number].items()):
                reader.report(fault, number, place=place)
        self.errors.total += self._findings.unnamed
        self.errors.incomplete_tables.add(self.table.stem)

    def _give_up(
        self,
        fault: Fault,
        row: int | None = None,
        column: str | None = None,
        letter: str | None = None,
    ) -> None:
        self.errors.incomplete_tables.add(self.table.stem)
        self.errors.report(self.place, fault, row=row, column=column, letter=letter)


def open_workbook(path: Path, errors: Errors, *, keys_only: bool) -> list[SheetSource]:
    """The sheets of a workbook in the order of the format; what is wrong goes to `errors`."""
    try:
        findings = scan_workbook(path)
        workbook = _load(path)
    except Fault as refused:
        errors.incomplete_tables.update(TABLES)
        errors.report(path.name, refused)
        return []
    sources = []
    for sheet in workbook.sheets_metadata:
        table = table_of_sheet(fold(sheet.name).strip())
        fault = _sheet_fault(sheet.name, table, findings, sheet.visible, sheet.typ)
        if fault is not None:
            row, letter = _where(fault, findings.get(sheet.name))
            errors.report(shown(sheet.name), fault, row=row, letter=letter)
            meant = table or table_of_sheet(closest(_likely(sheet.name), _SHEETS) or "")
            if meant is not None:
                errors.incomplete_tables.add(meant.stem)
        elif table is not None:
            source = SheetSource(workbook, table, errors, findings[sheet.name], keys_only=keys_only)
            sources.append(source)
    order = list(TABLES)
    return sorted(sources, key=lambda source: order.index(source.table.stem))


def _load(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise broken(error) from error


def _likely(name: str) -> str:
    """The sheet that a table's English name stands for, else the name itself."""
    table = TABLES.get(name.casefold().strip())
    return table.sheet if table else name


def _sheet_fault(
    name: str,
    table: Table | None,
    findings: dict[str, SheetFindings],
    visible: SheetVisibleEnum,
    kind: SheetTypeEnum,
) -> Fault | None:
    if table is None or name != table.sheet:
        near = table.sheet if table else _likely(name)
        return Fault("unknown_sheet", known="、".join(_SHEETS), nearest=nearest(near, _SHEETS))
    if kind != SheetTypeEnum.WorkSheet:
        return Fault("not_a_worksheet")
    if visible != SheetVisibleEnum.Visible:
        return Fault("hidden_sheet")
    why = findings[name].too_large() if name in findings else _("目录里没有它")
    if why:
        return Fault("sheet_too_large", why=why)
    return Fault("disordered_cells") if findings[name].disorder else None


def _where(fault: Fault, found: SheetFindings | None) -> tuple[int | None, str | None]:
    """The row and the column's letter of a fault of a whole sheet, where it has a place."""
    if fault.code != "disordered_cells" or found is None or found.disorder is None:
        return None, None
    row, column = found.disorder
    return row, letter_of(column - 1) or None
