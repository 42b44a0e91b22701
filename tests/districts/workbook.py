"""The same cells as a workbook: texts, real dates, and numbers where the contract takes them."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from tests.districts.making import Generated
from tests.districts.roster import Cells
from tests.districts.spelling import DATES, MONEY, columns_of, respelled

SHEETS = {
    "schools": "学校",
    "enterprises": "企业",
    "students": "学生",
    "posts": "岗位",
    "placements": "实习安排",
    "agreements": "三方协议",
    "policies": "保单",
    "insured": "被保险人",
    "attendance": "考勤",
    "payments": "报酬发放",
    "filings": "特殊备案",
    "apprentices": "学徒",
}
NUMBERS = frozenset(["在岗职工人数", "同岗位在岗人数", "支付日", "工时", *MONEY])


def cell_of(pick: random.Random, row: Cells, heading: str) -> str | date | float | int | None:
    """A cell as a spreadsheet may hold it."""
    text = row.get(heading, "")
    if text and heading in DATES and pick.random() < 0.5:
        return date.fromisoformat(text)
    if text and heading in NUMBERS and pick.random() < 0.5:
        return float(text) if "." in text else int(text)
    return respelled(pick, row, heading) or None


def as_workbook(generated: Generated, path: Path) -> None:
    """Write every table that has rows to the sheet of its name."""
    pick = random.Random(f"workbook {generated.seed}")
    book = Workbook(write_only=True)
    for stem, rows in generated.tables.items():
        columns = columns_of(stem, rows)
        pick.shuffle(columns)
        sheet = book.create_sheet(SHEETS[stem])
        sheet.append(columns)
        for row in rows:
            sheet.append([cell_of(pick, row, heading) for heading in columns])
    book.save(path)
