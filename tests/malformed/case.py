"""What one malformed input is, and the ways to make one."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook

from exchange.format import TABLES
from tests.malformed.district import District, as_workbook, csv_text, good_district, write_folder

Stage = Literal["reading", "merge"]
Form = Literal["csv", "xlsx"]


@dataclass(frozen=True)
class Malformed:
    """`make(folder)` writes the input and gives its path; the rest is where the fault is named.

    `place` is the file or the sheet, `row` counts the header as 1, `column` is the title.
    """

    name: str
    make: Callable[[Path], Path]
    code: str
    place: str
    row: int | None = None
    column: str | None = None
    stage: Stage = "reading"
    keys_only: bool = False

    def __str__(self) -> str:
        return self.name


def place_of(stem: str, form: Form) -> str:
    """How messages name a table's file or sheet."""
    return TABLES[stem].file_name if form == "csv" else TABLES[stem].sheet


def written(district: District, folder: Path, form: Form) -> Path:
    """The district written as a folder or as a workbook of texts."""
    if form == "csv":
        return write_folder(district, folder / "district")
    path = folder / "district.xlsx"
    as_workbook(district).save(path)
    return path


def changed(
    name: str,
    change: Callable[[District], None],
    code: str,
    *,
    form: Form,
    stem: str,
    row: int | None = 3,
    column: str | None = None,
    stage: Stage = "reading",
) -> Malformed:
    """A good district with a change made to its cells."""

    def make(folder: Path) -> Path:
        district = good_district()
        change(district)
        return written(district, folder, form)

    return Malformed(f"{form} {stem} {name}", make, code, place_of(stem, form), row, column, stage)


def cell(stem: str, title: str, value: Any, code: str, *, form: Form, name: str = "") -> Malformed:
    """The last row of a table with one bad cell."""

    def change(district: District) -> None:
        district[stem][-1][title] = value

    told = name or repr(value)[:40]
    return changed(f"{title} {told}", change, code, form=form, stem=stem, column=title)


def sheet(
    name: str,
    change: Callable[[Workbook], None],
    code: str,
    place: str,
    row: int | None = None,
    column: str | None = None,
) -> Malformed:
    """A good workbook changed through openpyxl."""

    def make(folder: Path) -> Path:
        workbook = as_workbook(good_district())
        change(workbook)
        path = folder / "district.xlsx"
        workbook.save(path)
        return path

    return Malformed(f"xlsx {name}", make, code, place, row, column)


def table_bytes(
    name: str, stem: str, change: Callable[[bytes], bytes], code: str, **where: Any
) -> Malformed:
    """A good folder in which the bytes of one file are changed."""

    def make(folder: Path) -> Path:
        path = write_folder(good_district(), folder / "district")
        file = path / f"{stem}.csv"
        file.write_bytes(change(csv_text(good_district()[stem]).encode()))
        return path

    return Malformed(f"csv {stem} {name}", make, code, f"{stem}.csv", **where)


def folder_with(
    name: str, change: Callable[[Path], None], code: str, place: str, **where: Any
) -> Malformed:
    """A good folder to which something was done."""

    def make(folder: Path) -> Path:
        path = write_folder(good_district(), folder / "district")
        change(path)
        return path

    return Malformed(f"folder {name}", make, code, place, **where)


def repacked(
    name: str, change: Callable[[dict[str, bytes]], None], code: str, **where: Any
) -> Malformed:
    """A good workbook whose parts were changed before they were packed again."""

    def make(folder: Path) -> Path:
        path = folder / "district.xlsx"
        path.write_bytes(pack(changed_parts(change)))
        return path

    return Malformed(f"xlsx {name}", make, code, where.pop("place", "district.xlsx"), **where)


def file_named(name: str, file_name: str, content: bytes, code: str) -> Malformed:
    """A single file given as the path of a district."""

    def make(folder: Path) -> Path:
        path = folder / file_name
        path.write_bytes(content)
        return path

    return Malformed(f"file {name}", make, code, file_name)


def good_parts() -> dict[str, bytes]:
    """The parts of a good workbook by name."""
    buffer = io.BytesIO()
    as_workbook(good_district()).save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def changed_parts(change: Callable[[dict[str, bytes]], None]) -> dict[str, bytes]:
    """The parts of a good workbook, changed in place."""
    parts = good_parts()
    change(parts)
    return parts


def pack(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as the bytes of a ZIP file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
