"""The header row of a file or sheet: which column is which, and what is wrong with the titles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exchange.format import Column, Table
from exchange.reading.faults import Fault
from exchange.reading.folding import fold
from exchange.reading.masking import shown
from exchange.reading.problems import Errors
from exchange.reading.words import nearest


def letter_of(index: int) -> str:
    """The letter of a column by its place from 0: A, B, … Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table stand in one file.

    `found` has the column at each place of the file, None where a place has no known title, and
    `untitled` the places with none at all; `columns` are those a row is given in; `is_complete`
    says that the header had no fault.
    """

    found: tuple[Column | None, ...]
    untitled: frozenset[int]
    columns: tuple[Column, ...]
    is_complete: bool

    @property
    def absent(self) -> tuple[Column, ...]:
        """The columns of the table that this file does not have."""
        return tuple(column for column in self.columns if column not in self.found)

    def letter(self, column: Column) -> str | None:
        """The letter of the column in this file, if it is there."""
        places = [place for place, found in enumerate(self.found) if found is column]
        return letter_of(places[0]) if places else None


def columns_of(table: Table, *, keys_only: bool) -> tuple[Column, ...]:
    """The columns a file may have; of rows to retract, only the key's are ever required."""
    if not keys_only:
        return table.columns
    if table.key_needs is None:
        return tuple(replace(column, required=True) for column in table.key_columns)
    needed = set(table.key) - {table.key_needs}
    return tuple(replace(column, required=column.field in needed) for column in table.columns)


def read_header(
    titles: Sequence[str], table: Table, *, place: str, keys_only: bool, errors: Errors
) -> Layout:
    """Match the titles of a header row to the table's columns, reporting every bad one."""
    columns = columns_of(table, keys_only=keys_only)
    by_title = {column.title: column for column in columns}
    found: list[Column | None] = []
    untitled: set[int] = set()
    faults = 0

    def report(fault: Fault, title: str, letter: str | None) -> None:
        nonlocal faults
        faults += 1
        errors.report(place, fault, row=1, column=title, letter=letter)

    for index, raw in enumerate(titles):
        title = fold(raw).strip()
        column = by_title.get(title)
        if column in found and column is not None:
            report(Fault("duplicate_column"), column.title, letter_of(index))
            column = None
        elif not title:
            untitled.add(index)
        elif column is None:
            report(_unknown(title, table, columns), shown(title), letter_of(index))
        found.append(column)
    for column in columns:
        if column.required and column not in found:
            report(Fault("missing_column"), column.title, None)
    return Layout(tuple(found), frozenset(untitled), columns, is_complete=not faults)


def _unknown(title: str, table: Table, columns: tuple[Column, ...]) -> Fault:
    known = "、".join(column.title for column in columns)
    if title in table.by_title:
        return Fault("not_a_key_column", known=known)
    near = nearest(title, [column.title for column in columns])
    return Fault("unknown_column", known=known, nearest=near)
