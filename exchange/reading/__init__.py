"""District files read strictly: a folder of CSV files or one workbook, as rows of typed values.

`open_district` looks at the whole of it first (names, version, bounds of a workbook) and gives a
`DistrictSource`; its tables stream rows and put everything that is wrong into one `Errors`.
"""

from exchange.reading.district import DistrictSource, open_district
from exchange.reading.problems import Errors, Problem
from exchange.reading.rows import Row
from exchange.reading.sources import TableSource

__all__ = ["DistrictSource", "Errors", "Problem", "Row", "TableSource", "open_district"]
