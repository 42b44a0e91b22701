"""The interchange format as data: which files a district has, and what their cells may say.

`TABLES` lists the twelve tables in dependency order, each a `Table` of `Column`s.
Reading, loading, exporting and the demo district all take titles, sheets and keys from here.
"""

from exchange.format.shape import Column, Kind, Reference, Table
from exchange.format.tables import TABLES, VERSION, table_of_sheet

__all__ = ["TABLES", "VERSION", "Column", "Kind", "Reference", "Table", "table_of_sheet"]
