"""A district opened: a folder of CSV files or one workbook, its names and version checked."""

import json
from collections.abc import Iterator
from pathlib import Path

from exchange.format import TABLES, VERSION
from exchange.reading.csvfiles import CsvSource
from exchange.reading.faults import Fault
from exchange.reading.masking import shown
from exchange.reading.problems import Errors
from exchange.reading.sources import TableSource
from exchange.reading.words import closest, nearest
from exchange.reading.workbooks import open_workbook

VERSION_FILE = "district.json"
_MOST_VERSION_BYTES = 1 << 20
_OTHER_SHEETS = frozenset(
    {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et", ".tsv", ".zip", ".numbers"}
)


class DistrictSource:
    """The tables of one district, each to be read once; everything wrong goes to `errors`.

    Nothing may be written while `errors` is true after the last row has been read.
    """

    def __init__(self, path: Path, sources: list[TableSource], errors: Errors) -> None:
        self.path = path
        self.errors = errors
        self._sources = sources

    def tables(self) -> Iterator[TableSource]:
        """The tables that are there, in the order of the format (dependencies first)."""
        return iter(self._sources)

    def read_through(self) -> Errors:
        """Read every row for its faults alone."""
        for source in self._sources:
            for _row in source.values():
                pass
        return self.errors


def open_district(
    path: Path | str, *, keys_only: bool = False, errors: Errors | None = None
) -> DistrictSource:
    """Open the folder or the .xlsx workbook at `path`; `keys_only` reads rows to retract.

    Never raises for what the files hold: an unknown name, another version or a workbook past its
    bounds is reported in `errors`, like every bad cell met later.
    """
    path = Path(path)
    errors = Errors() if errors is None else errors
    sources: list[TableSource] = []
    try:
        if path.is_dir():
            sources = _open_folder(path, errors, keys_only=keys_only)
        elif not path.exists():
            errors.report(path.name, Fault("not_found"))
        elif not path.is_file():
            errors.report(path.name, Fault("not_a_file"))
        elif path.suffix.casefold() == ".xlsx":
            sources = [*open_workbook(path, errors, keys_only=keys_only)]
        else:
            errors.report(path.name, Fault("not_a_district"))
    except OSError as error:
        errors.incomplete_tables.update(TABLES)
        errors.report(path.name, Fault("unreadable", why=error.strerror or error))
    return DistrictSource(path, sources, errors)


def _open_folder(path: Path, errors: Errors, *, keys_only: bool) -> list[TableSource]:
    present: dict[str, Path] = {}
    for file in sorted(path.iterdir()):
        if file.name == VERSION_FILE:
            _check_version(file, errors)
        elif not file.name.startswith((".", "~$")):
            _sort_in(file, present, errors)
    return [
        CsvSource(present[stem], table, errors, keys_only=keys_only)
        for stem, table in TABLES.items()
        if stem in present
    ]


def _sort_in(file: Path, present: dict[str, Path], errors: Errors) -> None:
    """Take a file of the folder for its table, report it, or leave it alone."""
    known_stem = file.stem in TABLES
    suffix = file.suffix.casefold()
    if suffix == ".csv":
        if not known_stem or file.suffix != ".csv":
            errors.report(shown(file.name), _unknown_file(file, errors))
        elif not file.is_file():
            errors.incomplete_tables.add(file.stem)
            errors.report(file.name, Fault("not_a_file"))
        else:
            present[file.stem] = file
    elif file.is_file() and (suffix in _OTHER_SHEETS or known_stem):
        errors.report(shown(file.name), Fault("unexpected_file"))


def _unknown_file(file: Path, errors: Errors) -> Fault:
    """An unknown name; the table it was likely meant for counts as not read."""
    known = [table.file_name for table in TABLES.values()]
    by_sheet = {table.sheet: table.file_name for table in TABLES.values()}
    likely = by_sheet.get(file.stem, file.name.casefold())
    if meant := closest(likely, known):
        errors.incomplete_tables.add(meant.removesuffix(".csv"))
    return Fault("unknown_file", known="、".join(known), nearest=nearest(likely, known))


def _check_version(file: Path, errors: Errors) -> None:
    if not file.is_file():
        errors.report(VERSION_FILE, Fault("not_a_file"))
        return
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_VERSION_BYTES + 1)
        if len(text) > _MOST_VERSION_BYTES:
            raise ValueError("too long")
        stated = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        stated = None
    if not isinstance(stated, dict):
        errors.report(VERSION_FILE, Fault("bad_version_file"))
        return
    version = stated.get("version", VERSION)
    if type(version) is not int or version != VERSION:
        value = shown(json.dumps(version))
        errors.report(VERSION_FILE, Fault("unknown_version"), column="version", value=value)
