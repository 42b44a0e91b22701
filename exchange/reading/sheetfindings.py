"""What the scan of a workbook found in one sheet, and the bounds a sheet must keep."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_ROWS = 1_048_576
MOST_COLUMNS = 64
SPARSE_AREA = 1_000_000
SPARSE_FACTOR = 20


def column_number(letters: bytes) -> int:
    """The column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


@dataclass
class SheetFindings:
    """What the scan found in one sheet; places are (row, column), both from 1.

    A thousand places of `formulas` and of `errors` are kept, `unnamed` counts the others.
    `disorder` is the first place that does not come after the one before it, its column 0 where
    it is a row; `row`, `column` and `opened` (the row's number as written) are where the scan is.
    """

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    unnamed: int = 0
    disorder: tuple[int, int] | None = None
    row: int = 0
    column: int = 0
    opened: bytes = b""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def too_large(self) -> str | None:
        """Why the sheet is past a bound, if it is."""
        if self.last_row > MOST_ROWS or self.last_column > MOST_COLUMNS:
            return _("超过 %(rows)s 行或 %(columns)s 列") % {
                "rows": MOST_ROWS,
                "columns": MOST_COLUMNS,
            }
        if self.last_row * self.last_column > max(SPARSE_AREA, SPARSE_FACTOR * self.cells):
            return _("内容零散地分布到第 %(row)s 行") % {"row": self.last_row}
        return None
