"""What every source of one table's rows gives, be it a CSV file or a sheet."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from exchange.format import Column, Table
from exchange.reading.headers import Layout, columns_of
from exchange.reading.problems import Errors
from exchange.reading.rows import Row


class TableSource(ABC):
    """The rows of one table in one file or sheet, read once, in the order they are written.

    Faults go to `errors`; a row with a fault is not given. `place` is the file or sheet as
    messages name it; `layout` is known once the header has been read.
    """

    def __init__(self, table: Table, place: str, errors: Errors, *, keys_only: bool) -> None:
        self.table = table
        self.place = place
        self.errors = errors
        self.keys_only = keys_only
        self.columns: tuple[Column, ...] = columns_of(table, keys_only=keys_only)
        self.layout: Layout | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The English names of the values of a row, in order."""
        return tuple(column.field for column in self.columns)

    @abstractmethod
    def values(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Row number and values in the order of `fields`: the fast way."""

    @abstractmethod
    def fraction(self) -> float:
        """How much has been read, from 0 to 1."""

    def rows(self) -> Iterator[Row]:
        """The same as `Row`s, whose cells have names."""
        fields = self.fields
        for number, values in self.values():
            yield Row(number, dict(zip(fields, values, strict=True)))
