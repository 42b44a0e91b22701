"""One export of the whole district, recorded before a row is read."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from audit.models import Operation
from audit.reveal import Reading, record_export
from common.one_moment import one_moment
from exchange.export.cells import cell, inert
from exchange.format import TABLES, VERSION
from exchange.loading.current import CURRENT, KEYS
from exchange.loading.sealing import SEALS

Progress = Callable[[str, int], None]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Lets a spreadsheet take the file for UTF-8; the contract allows it."""

ROWS_A_FETCH = 2_000
LONGEST_REASON = 200

# People write a Chinese mobile without its country code, and it is read back to the same number.
_CHINESE_MOBILE = re.compile(r"^\+86(1[0-9]{10})$")

_COPY = sql.SQL("COPY (SELECT {cells} FROM ({current}) kept ORDER BY {order}) TO STDOUT WITH CSV")
_COUNT = sql.SQL("SELECT count(*) FROM ({current}) kept")

_SEALED_STUDENTS = """
SELECT {cells}, student.public_id, learner.public_id, guardian.public_id,
    student.id_number_sealed, learner.national_number_sealed, learner.phone_sealed,
    guardian.phone_sealed
FROM ({current}) kept
JOIN people_learneridentity learner ON learner.id = kept.id
JOIN people_student student ON student.id = learner.student_id
LEFT JOIN people_guardian guardian ON guardian.learner_id = learner.id
ORDER BY kept.school_code, kept.student_number
"""


class ExportRefused(Exception):
    """Nothing was read or written; `reason` says why, to an operator."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ExportReport:
    """Rows written by table, and the audit record that says who asked and why."""

    rows: dict[str, int]
    operation_id: UUID


def export_district(
    path: Path,
    *,
    reason: str,
    at: datetime,
    by: str,
    progress: Progress = lambda stem, rows: None,
) -> ExportReport:
    """Write every table into the new or empty folder `path`; files are for their owner alone.

    The record of the export is committed before any row is read, so an export that is cut off is
    on record too. The folder appears whole or not at all; what a killed export left beside it goes
    with the next one. Refuses a folder that holds anything and an empty reason. Terms
    amended later than a placement's first day and reversed payments are not in the files.
    """
    path = path.absolute()
    _refuse_bad_request(path, reason)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_what_was_cut_off(path)
    operation = _record(path, reason=reason, at=at, by=by)
    prefix = f".{path.name}.partial-{os.getpid()}-"
    partial = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
    try:
        with one_moment(), connection.cursor() as cursor:
            rows = _count(cursor)
            _write_tables(cursor, partial, Reading(operation), progress)
        partial.rename(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return ExportReport(rows, operation.id)


def _record(path: Path, *, reason: str, at: datetime, by: str) -> Operation:
    with transaction.atomic(), connection.cursor() as cursor:
        return record_export(
            by=by,
            reason=reason,
            at=at,
            source={"folder": path.name.encode(errors="replace").decode()},
            counts=_count(cursor),
        )


def _remove_what_was_cut_off(path: Path) -> None:
    """Plain numbers must not lie beside the target after a kill: remove what dead exports left."""
    marker = f".{path.name}.partial-"
    for left in path.parent.iterdir():
        process = left.name.removeprefix(marker).partition("-")[0]
        if left.name.startswith(marker) and process.isdigit() and not _runs(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _refuse_bad_request(path: Path, reason: str) -> None:
    if not reason.strip():
        raise ExportRefused(_("请写明导出的理由：导出的文件含有证件号码和电话的原文"))
    if len(reason.strip()) > LONGEST_REASON:
        raise ExportRefused(_("导出的理由请控制在 200 个字以内"))
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise ExportRefused(_("目标已存在，而且不是文件夹"))
    if path.is_dir() and any(path.iterdir()):
        raise ExportRefused(_("目标文件夹不是空的：请指定新的或空的文件夹"))


def _count(cursor: Any) -> dict[str, int]:
    rows = {}
    for stem in TABLES:
        cursor.execute(_COUNT.format(current=_current(stem)))
        rows[stem] = cursor.fetchone()[0]
    return rows


def _current(stem: str) -> sql.Composable:
    return sql.SQL(CURRENT[stem])


def _write_tables(cursor: Any, folder: Path, reading: Reading, progress: Progress) -> None:
    with _private_file(folder / "district.json") as file:
        file.write(json.dumps({"version": VERSION}).encode())
    for stem, table in TABLES.items():
        with _private_file(folder / table.file_name) as file:
            file.write(BYTE_ORDER_MARK)
            file.write((",".join(column.title for column in table.columns) + "\n").encode())
            if stem == "students":
                _write_students(file, reading, progress)
            else:
                _write_table(cursor, stem, file, progress)


@contextmanager
def _private_file(path: Path) -> Iterator[IO[bytes]]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def _write_table(cursor: Any, stem: str, file: IO[bytes], progress: Progress) -> None:
    """PostgreSQL writes the CSV itself; nothing is held here."""
    cells = sql.SQL(", ").join(cell(stem, column) for column in TABLES[stem].columns)
    # Millions of days come as their index has them, everything else by its key.
    order_by = ("id", "day") if stem == "attendance" else KEYS[stem]
    order = sql.SQL(", ").join(sql.Identifier("kept", name) for name in order_by)
    statement = _COPY.format(cells=cells, current=_current(stem), order=order)
    waiting = 0
    with cursor.copy(statement) as copy:
        for block in copy:
            file.write(block)
            waiting += 1
            if waiting == ROWS_A_FETCH:
                progress(stem, waiting)
                waiting = 0
    progress(stem, waiting)


def _write_students(file: IO[bytes], reading: Reading, progress: Progress) -> None:
    table = TABLES["students"]
    sealed = [field for field, _seal, _bound_to in SEALS]
    plain = [column for column in table.columns if column.field not in sealed]
    statement = sql.SQL(_SEALED_STUDENTS).format(
        cells=sql.SQL(", ").join(cell("students", column) for column in plain),
        current=_current("students"),
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            for row in rows:
                texts = dict(zip((column.field for column in plain), row, strict=False))
                texts |= _opened(row[len(plain) :], reading)
                line = [texts[column.field] or "" for column in table.columns]
                file.write(_csv_line(line))
            progress("students", len(rows))


def _opened(values: tuple[Any, ...], reading: Reading) -> dict[str, str]:
    """The plain numbers, read under the record of the export."""
    public_ids = dict(
        zip(("student_public_id", "learner_public_id", "guardian_public_id"), values, strict=False)
    )
    opened = {}
    for (field, seal, bound_to), ciphertext in zip(SEALS, values[3:], strict=True):
        value = seal.value(ciphertext, row=public_ids[bound_to])
        text = "" if value is None else reading.text(value)
        opened[field] = inert(_CHINESE_MOBILE.sub(r"\1", text))
    return opened


class _Line:
    """Takes what a csv writer writes."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _csv_line(cells: list[str]) -> bytes:
    """One line; a writer quotes only the breaks that it ends lines with, so it is given both."""
    line = _Line()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return f"{line.text[:-2]}\n".encode()
