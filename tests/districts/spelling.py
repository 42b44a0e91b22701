"""The same cells in the many ways the contract accepts: encodings, dates, signs, columns."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

from tests.districts.making import Generated
from tests.districts.roster import Cells

REQUIRED = {
    "schools": "学校标识码 学校名称 办学层次 行政区划代码",
    "enterprises": "统一社会信用代码 企业名称 行政区划代码 在岗职工人数",
    "students": "学校标识码 学号 姓名 证件号码 专业代码 入学日期",
    "posts": "岗位编号 统一社会信用代码 岗位名称 同岗位在岗人数 同岗位工资标准",
    "placements": "安排编号 学校标识码 学号 岗位编号 实习类型 安排方式 开始日期 结束日期 状态",
    "agreements": "协议编号 安排编号",
    "policies": "保单号 险种 保险公司 保费承担方 起保日期 终保日期",
    "insured": "保单号 学校标识码 学号 生效日期 终止日期",
    "attendance": "安排编号 日期 状态 企业确认",
    "payments": "安排编号 所属月份 金额 发放日期 发放方式 付款方 收款人",
    "filings": "备案编号 岗位编号 事项 备案日期 有效起 有效止",
    "apprentices": "学徒编号 学校标识码 学号 统一社会信用代码 培养形式 开始日期 结束日期",
}
DATES = frozenset(
    """入学日期 开始日期 结束日期 实际结束日期 安全培训合格日期 学生同意日期 监护人同意日期
    学校签署日期 企业签署日期 学生签署日期 起保日期 终保日期 退保日期 生效日期 终止日期 日期
    发放日期 备案日期 有效起 有效止 协议签订日期 监护人签署日期""".split()
)
MONEY = frozenset("同岗位工资标准 最低档工资标准 约定报酬 每人责任限额 金额".split())
TIMES = frozenset("上班时间 下班时间".split())
LISTS = frozenset("对口专业大类 危险因素 事项 扣款项目".split())
DEFAULTS = {
    "单位性质": "用工单位",
    "学籍状态": "在籍",
    "阶段": "相对独立",
    "计酬方式": "月薪",
    "支付日": "15",
}
HOURS = {"出勤": ("8", "8.00", "8.0"), "半天": ("4", "4.00", "4.0")}
FULL_WIDTH: dict[int, int | str] = {
    **{ord("0") + digit: 0xFF10 + digit for digit in range(10)},
    **{ord("A") + letter: 0xFF21 + letter for letter in range(26)},
    **{ord("a") + letter: 0xFF41 + letter for letter in range(26)},
    ord(":"): "：",
    ord("-"): "－",
    ord("."): "．",
    ord("/"): "／",
}
BLANKS = (" ", "  ", "　")


def a_date(pick: random.Random, cell: str) -> str:
    year, month, day = cell.split("-")
    return pick.choice(
        (
            cell,
            f"{year}/{int(month)}/{int(day)}",
            f"{year}.{int(month)}.{int(day)}",
            f"{year}{month}{day}",
        )
    )


def a_month(pick: random.Random, cell: str) -> str:
    year, month = cell.split("-")
    return pick.choice((cell, year + month, f"{year}/{int(month)}"))


def money(pick: random.Random, cell: str) -> str:
    whole, _, fen = cell.partition(".")
    return pick.choice((cell, f"{whole}.{fen:0<2}"))


def a_time(pick: random.Random, cell: str) -> str:
    hours, minutes = cell.split(":")
    return pick.choice((f"{int(hours)}:{minutes}", f"{int(hours):02d}:{minutes}"))


def a_list(pick: random.Random, cell: str) -> str:
    items = cell.replace("、", ";").split(";")
    pick.shuffle(items)
    separator = pick.choice((";", "；", "、", "； ", " 、 "))
    return separator.join(items)


SPELLINGS = (
    (DATES, a_date),
    (frozenset(["所属月份"]), a_month),
    (MONEY, money),
    (TIMES, a_time),
    (LISTS, a_list),
)


def respelled(pick: random.Random, row: Cells, heading: str) -> str:
    """One cell as somebody else would write it; what is its default may be left empty."""
    cell = row.get(heading, "")
    if heading in DEFAULTS and cell in ("", DEFAULTS[heading]):
        return pick.choice(("", DEFAULTS[heading]))
    if heading == "工时" and cell in ("", *HOURS.get(row["状态"], ())):
        return pick.choice(("", *HOURS.get(row["状态"], ())))
    if not cell:
        return cell
    for headings, spell in SPELLINGS:
        if heading in headings:
            cell = spell(pick, cell)
    if pick.random() < 0.15:
        cell = cell.translate(FULL_WIDTH)
    if pick.random() < 0.1:
        cell = pick.choice(BLANKS) + cell + pick.choice(BLANKS)
    return cell


def columns_of(stem: str, rows: Sequence[Cells]) -> list[str]:
    """The required columns, and the others that some row fills."""
    filled = {heading for row in rows for heading, cell in row.items() if cell}
    required = REQUIRED[stem].split()
    return required + sorted(filled - set(required))


def plain(generated: Generated, folder: Path) -> None:
    """Every table in UTF-8, cells as the oracle reads them."""
    for stem, rows in generated.tables.items():
        columns = columns_of(stem, rows)
        write_csv(folder / f"{stem}.csv", columns, rows, "utf-8", "\n")


def varied(generated: Generated, folder: Path) -> None:
    """Every table in an encoding, a column order and spellings of its own, chosen by the seed."""
    pick = random.Random(f"spelling {generated.seed}")
    for stem, rows in generated.tables.items():
        if not rows and pick.random() < 0.5:
            continue
        columns = columns_of(stem, rows)
        pick.shuffle(columns)
        spelled = [{heading: respelled(pick, row, heading) for heading in columns} for row in rows]
        encoding = pick.choice(("utf-8", "utf-8-sig", "gb18030"))
        write_csv(folder / f"{stem}.csv", columns, spelled, encoding, pick.choice(("\n", "\r\n")))
    if pick.random() < 0.3:
        (folder / "district.json").write_text(
            '{"version": 1, "说明": "另有说明"}', encoding="utf-8"
        )


def write_csv(
    path: Path, columns: Sequence[str], rows: Sequence[Cells], encoding: str, line_end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(heading, "") for heading in columns])
    path.write_bytes(text.getvalue().encode(encoding))


def write(generated: Generated, folder: Path) -> None:
    """Two districts of three in varied spellings, the third plain."""
    folder.mkdir(parents=True, exist_ok=True)
    (plain if generated.seed % 3 == 0 else varied)(generated, folder)
