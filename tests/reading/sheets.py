"""Workbooks of one sheet written as XML, so that a test may say what no spreadsheet would."""

import io
import zipfile
from pathlib import Path

from openpyxl import Workbook

SHEET = "学校"
TITLES = ("学校标识码", "学校名称", "办学层次", "行政区划代码")
FIRST = ("5001170101", "涪滩职教中心", "中职", "500117")
SECOND = ("5001170102", "钓鱼城学院", "高职专科", "500117")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def text(address: str, value: str) -> str:
    """A cell of a text."""
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'


def formula(address: str, stored: str = "") -> str:
    """A cell of a formula, without the value it had unless one is given."""
    return f'<c r="{address}"><f>1+1</f>{stored}</c>'


def row(number: int, *values: str, attributes: str = "") -> str:
    """A row of texts from A on; a value that is a cell already stands as it is."""
    cells = [
        value if value.startswith("<") else text(f"{letter}{number}", value)
        for letter, value in zip("ABCDEFGH", values, strict=False)
    ]
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def write_sheet(path: Path, *rows: str, columns: str = "", after: str = "") -> Path:
    """A workbook of schools whose sheet has these rows, `columns` before and `after` them."""
    workbook = Workbook()
    workbook.active.title = SHEET
    buffer = io.BytesIO()
    workbook.save(buffer)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"'
        ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        f"{columns}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"
    )
    with zipfile.ZipFile(buffer) as plain, zipfile.ZipFile(path, "w") as archive:
        for name in plain.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            archive.writestr(name, content.encode() if is_sheet else plain.read(name))
    return path
