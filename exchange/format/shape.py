"""What a table and a column of the interchange format are made of."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a cell holds, and the Python value it is read as (an empty cell is read as None)."""

    TEXT = "text"
    """str, folded, outer spaces dropped."""
    CODE = "code"
    """str; a whole number of at most 15 digits is taken from a sheet."""
    SCHOOL_CODE = "school_code"
    """str of 10 digits."""
    DIVISION_CODE = "division_code"
    """str of 6 digits."""
    MAJOR_CODE = "major_code"
    """str, six digits and perhaps K."""
    CREDIT_CODE = "credit_code"
    """str of 18 characters, upper case, check digit right."""
    ID_NUMBER = "id_number"
    """str of 18 characters, upper case, check character and birth date right."""
    MOBILE = "mobile"
    """str in E.164, a mobile number."""
    PHONE = "phone"
    """str in E.164, any telephone."""
    DATE = "date"
    """datetime.date."""
    MONTH = "month"
    """datetime.date, the first day of the month."""
    MONEY = "money"
    """Decimal yuan, 0 or more, at most two decimals."""
    HOURS = "hours"
    """Decimal hours, 0 to 24, at most two decimals."""
    TIME = "time"
    """int, minutes after midnight, 0 to 1439."""
    CLOSING_TIME = "closing_time"
    """int, minutes after midnight, 0 to 1440: 24:00 is allowed."""
    HEADCOUNT = "headcount"
    """int, 1 or more."""
    PAY_DAY = "pay_day"
    """int, 1 to 28."""
    BOOLEAN = "boolean"
    """bool, written 是 or 否."""
    CHOICE = "choice"
    """str, one of `Column.choices`, the Chinese word as written."""
    CHOICES = "choices"
    """tuple of str, a set in the order of `Column.choices`; empty cell: ()."""
    ORDINALS = "ordinals"
    """tuple of two-digit str 01 to 19, a set in ascending order; empty cell: ()."""
    DEDUCTIONS = "deductions"
    """tuple of (name, Decimal yuan), each name once, ascending by name; empty cell: ()."""


LIST_KINDS = frozenset({Kind.CHOICES, Kind.ORDINALS, Kind.DEDUCTIONS})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Chinese title, its English name in code, and what its cells may say.

    `default` is the value of an empty cell. `sensitive` ("id_number" or "phone") masks every echo
    of a cell. `only_with` (field, word): the cell counts, and is required, only beside that word.
    """

    title: str
    field: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    sensitive: str | None = None
    only_with: tuple[str, str] | None = None
    max_length: int = 200

    @property
    def empty_value(self) -> object:
        """What an empty cell, or a column that is absent, is read as."""
        return () if self.kind in LIST_KINDS else self.default


@dataclass(frozen=True, slots=True)
class Reference:
    """`fields` of a row name a row of `table` by its `target`; an empty one names nothing."""

    fields: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One file or sheet. `key` names a row; where `key_needs` is empty, the whole row does."""

    stem: str
    sheet: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    key_needs: str | None = None
    references: tuple[Reference, ...] = field(default=())

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The English names in column order."""
        return tuple(column.field for column in self.columns)

    @cached_property
    def by_title(self) -> dict[str, Column]:
        """Columns by their Chinese title."""
        return {column.title: column for column in self.columns}

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Columns by their English name."""
        return {column.field: column for column in self.columns}

    @property
    def file_name(self) -> str:
        """The name of the table's file in a folder."""
        return f"{self.stem}.csv"

    @cached_property
    def key_columns(self) -> tuple[Column, ...]:
        """What a file of rows to retract may have: the key, or all where a whole row may be it."""
        if self.key_needs is not None:
            return self.columns
        return tuple(self.by_field[name] for name in self.key)
