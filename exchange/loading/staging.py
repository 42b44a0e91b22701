"""Temporary tables that hold a district file while it is judged; personal numbers come sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from psycopg import sql

from exchange.format import TABLES, Column, Table
from exchange.loading.current import KEYS
from exchange.loading.encoding import SQL_TYPES, encode_text, encoder, remembered
from exchange.loading.sealing import SEALED_COLUMNS, SEALED_FIELDS, seal_students

LINES_A_WRITE = 2_000
STUDENTS_A_CHUNK = 5_000

NumberedRow = tuple[int, Sequence[Any]]
Progress = Callable[[str, int], None]


def staged(stem: str) -> str:
    """The name of the staging table of `stem`."""
    return f"staged_{stem}"


def create_staging(cursor: Any, stem: str, *, keys_only: bool) -> None:
    """Make the empty staging table of `stem`; it goes with the transaction."""
    columns: list[sql.Composable] = [sql.SQL("line bigint NOT NULL")]
    columns += [
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in _staged_columns(TABLES[stem], keys_only=keys_only)
    ]
    cursor.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(
            sql.Identifier(staged(stem)), sql.SQL(", ").join(columns)
        )
    )


def drop_staging(cursor: Any) -> None:
    """Remove every temporary table of this session now, so that a transaction may load twice."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'"
    )
    names = [sql.Identifier("pg_temp", name) for (name,) in cursor.fetchall()]
    if names:
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.SQL(", ").join(names)))


def _staged_columns(table: Table, *, keys_only: bool) -> list[tuple[str, str]]:
    columns = table.key_columns if keys_only else table.columns
    found = [
        (column.field, "bytea" if (table.stem, column.field) in SEALED_FIELDS else _type(column))
        for column in columns
    ]
    if table.stem == "students" and not keys_only:
        found += SEALED_COLUMNS
    if table.key_needs is not None:
        found.append(("row_key", "text"))
    return found


def _type(column: Column) -> str:
    return SQL_TYPES.get(column.kind, "text")


def stage(
    cursor: Any, stem: str, rows: Iterable[NumberedRow], *, keys_only: bool, progress: Progress
) -> int:
    """Copy `rows` (values in the order of the table's columns) in; returns how many there were."""
    create_staging(cursor, stem, keys_only=keys_only)
    table = TABLES[stem]
    count = 0
    if stem == "students" and not keys_only:
        iterator = iter(rows)
        while chunk := list(islice(iterator, STUDENTS_A_CHUNK)):
            count += _copy(cursor, stem, seal_students(cursor, chunk), progress)
    elif table.key_needs is not None:
        count = _copy(cursor, stem, _payment_lines(table, rows), progress)
    else:
        columns = table.key_columns if keys_only else table.columns
        count = _copy(cursor, stem, _lines(stem, columns, rows), progress)
    _index_and_analyze(cursor, stem)
    return count


def _copy(cursor: Any, stem: str, lines: Iterator[str], progress: Progress) -> int:
    count = 0
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(staged(stem)))
    with cursor.copy(statement) as copy:
        while batch := list(islice(lines, LINES_A_WRITE)):
            copy.write("".join(batch))
            count += len(batch)
            progress(stem, len(batch))
    return count


def _lines(stem: str, columns: Sequence[Column], rows: Iterable[NumberedRow]) -> Iterator[str]:
    encoders = [remembered(stem, column) for column in columns]
    join = "\t".join
    for number, values in rows:
        cells = [encode[value] for encode, value in zip(encoders, values, strict=True)]
        yield f"{number}\t{join(cells)}\n"


def _payment_lines(table: Table, rows: Iterable[NumberedRow]) -> Iterator[str]:
    encoders = [encoder(table.stem, column) for column in table.columns]
    reference = table.fields.index("bank_reference")
    for number, values in rows:
        cells = [encode(value) for encode, value in zip(encoders, values, strict=True)]
        key = encode_text(values[reference]) or row_digest(cells)
        yield "\t".join((str(number), *cells, key)) + "\n"


def row_digest(cells: Sequence[str]) -> str:
    """What names a payment without a bank reference: a digest of its whole row as encoded."""
    return hashlib.sha256("\t".join(cells).encode()).hexdigest()


def _index_and_analyze(cursor: Any, stem: str) -> None:
    name = sql.Identifier(staged(stem))
    if stem != "attendance":
        key = sql.SQL(", ").join(map(sql.Identifier, KEYS[stem]))
        cursor.execute(sql.SQL("CREATE INDEX ON {} ({})").format(name, key))
    cursor.execute(sql.SQL("ANALYZE {}").format(name))
