"""Cells to values as the contract spells them: folding, dates, money, times, lists, defaults."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.oracle.district import (
    Agreement,
    Apprentice,
    Attendance,
    District,
    Enterprise,
    Filing,
    Insured,
    Month,
    Payment,
    Placement,
    Policy,
    Post,
    School,
    Student,
)

Cells = Mapping[str, str]
Tables = Mapping[str, Sequence[Cells]]

FOLDED: dict[int, int | str] = {
    **{0xFF10 + digit: 0x30 + digit for digit in range(10)},
    **{0xFF21 + letter: 0x41 + letter for letter in range(26)},
    **{0xFF41 + letter: 0x61 + letter for letter in range(26)},
    ord("："): ":",
    ord("－"): "-",
    ord("．"): ".",
    ord("／"): "/",
}


def fold(cell: str) -> str:
    """Full-width digits, letters and four signs made half-width, outer spaces dropped."""
    return cell.translate(FOLDED).strip()


def a_date(text: str) -> date:
    """`2026-09-01`, `2026/9/1`, `2026.9.1` or `20260901`."""
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    year, month, day = re.split(r"[-/.]", text)
    return date(int(year), int(month), int(day))


def a_month(text: str) -> Month:
    """`2026-09`, `202609` or `2026/9`."""
    if re.fullmatch(r"\d{6}", text):
        return Month(int(text[:4]), int(text[4:]))
    year, month = re.split(r"[-/]", text)
    return Month(int(year), int(month))


def a_time(text: str) -> int:
    """Minutes after midnight of `HH:MM` or `H:MM`; 24:00 is 1,440."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def a_yes(text: str) -> bool:
    return {"是": True, "否": False}[text]


def a_list(text: str) -> tuple[str, ...]:
    """Items between `;`, `；` or `、`, spaces around them dropped."""
    return tuple(item.strip() for item in re.split("[;；、]", text)) if text else ()


def a_set(text: str) -> frozenset[str]:
    return frozenset(a_list(text))


def an_ordinal(text: str) -> str:
    return f"{int(text):02d}"


def deductions(text: str) -> tuple[tuple[str, Decimal], ...]:
    """`name:amount` items, sorted by name: a list is a set."""
    pairs = [item.split(":") for item in a_list(text)]
    return tuple(sorted((name.strip(), Decimal(amount.strip())) for name, amount in pairs))


class Row:
    """The cells of one row, asked for by their Chinese heading."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def text(self, heading: str, default: str = "") -> str:
        return fold(self.cells.get(heading) or "") or default

    def value(self, heading: str, parse: Callable[[str], Any]) -> Any:
        return parse(self.text(heading))

    def maybe(self, heading: str, parse: Callable[[str], Any]) -> Any:
        text = self.text(heading)
        return parse(text) if text else None


def a_school(row: Row) -> School:
    return School(
        code=row.text("学校标识码"),
        name=row.text("学校名称"),
        level=row.text("办学层次"),
        division_code=row.text("行政区划代码"),
    )


def an_enterprise(row: Row) -> Enterprise:
    return Enterprise(
        credit_code=row.text("统一社会信用代码"),
        name=row.text("企业名称"),
        division_code=row.text("行政区划代码"),
        staff_count=row.value("在岗职工人数", int),
        address=row.text("地址"),
        venue=row.text("场所类型"),
        nature=row.text("单位性质", "用工单位"),
        contact_name=row.text("联系人"),
        contact_phone=row.text("联系电话"),
    )


def a_student(row: Row) -> Student:
    return Student(
        school_code=row.text("学校标识码"),
        student_number=row.text("学号"),
        name=row.text("姓名"),
        id_number=row.text("证件号码"),
        major_code=row.text("专业代码"),
        major_name=row.text("专业名称"),
        class_name=row.text("班级"),
        enrolled_on=row.value("入学日期", a_date),
        national_number=row.text("学籍号"),
        phone=row.text("手机"),
        guardian_name=row.text("监护人姓名"),
        guardian_relation=row.text("监护人关系"),
        guardian_phone=row.text("监护人手机"),
        status=row.text("学籍状态", "在籍"),
    )


def a_post(row: Row) -> Post:
    return Post(
        code=row.text("岗位编号"),
        credit_code=row.text("统一社会信用代码"),
        name=row.text("岗位名称"),
        staff_count=row.value("同岗位在岗人数", int),
        wage_standard=row.value("同岗位工资标准", Decimal),
        lowest_wage=row.maybe("最低档工资标准", Decimal),
        major_groups=frozenset(map(an_ordinal, row.value("对口专业大类", a_list))),
        labour_grade=row.text("体力劳动强度"),
        hazards=row.value("危险因素", a_set),
    )


def a_placement(row: Row) -> Placement:
    return Placement(
        code=row.text("安排编号"),
        school_code=row.text("学校标识码"),
        student_number=row.text("学号"),
        post_code=row.text("岗位编号"),
        kind=row.text("实习类型"),
        arrangement=row.text("安排方式"),
        stage=row.text("阶段", "相对独立"),
        starts_on=row.value("开始日期", a_date),
        ends_on=row.value("结束日期", a_date),
        ended_on=row.maybe("实际结束日期", a_date),
        status=row.text("状态"),
        pay_basis=row.text("计酬方式", "月薪"),
        agreed_pay=row.maybe("约定报酬", Decimal),
        pay_day=int(row.text("支付日", "15")),
        teacher_name=row.text("校内指导教师"),
        mentor_name=row.text("企业指导教师"),
        safety_trained_on=row.maybe("安全培训合格日期", a_date),
        student_consented_on=row.maybe("学生同意日期", a_date),
        guardian_consented_on=row.maybe("监护人同意日期", a_date),
    )


def an_agreement(row: Row) -> Agreement:
    return Agreement(
        code=row.text("协议编号"),
        placement_code=row.text("安排编号"),
        school_signed_on=row.maybe("学校签署日期", a_date),
        enterprise_signed_on=row.maybe("企业签署日期", a_date),
        student_signed_on=row.maybe("学生签署日期", a_date),
        template_version=row.text("示范文本版本"),
    )


def a_policy(row: Row) -> Policy:
    return Policy(
        number=row.text("保单号"),
        kind=row.text("险种"),
        insurer=row.text("保险公司"),
        premium_payer=row.text("保费承担方"),
        starts_on=row.value("起保日期", a_date),
        ends_on=row.value("终保日期", a_date),
        status=row.text("状态", "有效"),
        surrendered_on=row.maybe("退保日期", a_date),
        limit_per_person=row.maybe("每人责任限额", Decimal),
    )


def an_insured(row: Row) -> Insured:
    return Insured(
        policy_number=row.text("保单号"),
        school_code=row.text("学校标识码"),
        student_number=row.text("学号"),
        starts_on=row.value("生效日期", a_date),
        ends_on=row.value("终止日期", a_date),
    )


def an_attendance(row: Row) -> Attendance:
    status = row.text("状态")
    default_hours = {"出勤": "8", "半天": "4"}.get(status, "0")
    return Attendance(
        placement_code=row.text("安排编号"),
        day=row.value("日期", a_date),
        status=status,
        hours=Decimal(row.text("工时", default_hours)),
        came_at=row.maybe("上班时间", a_time),
        left_at=row.maybe("下班时间", a_time),
        confirmed=row.value("企业确认", a_yes),
    )


def a_payment(row: Row) -> Payment:
    return Payment(
        placement_code=row.text("安排编号"),
        month=row.value("所属月份", a_month),
        amount=row.value("金额", Decimal),
        paid_on=row.value("发放日期", a_date),
        method=row.text("发放方式"),
        payer=row.text("付款方"),
        payee=row.text("收款人"),
        deductions=row.value("扣款项目", deductions),
        bank_reference=row.text("银行流水号"),
    )


def a_filing(row: Row) -> Filing:
    return Filing(
        code=row.text("备案编号"),
        post_code=row.text("岗位编号"),
        matters=row.value("事项", a_set),
        filed_on=row.value("备案日期", a_date),
        starts_on=row.value("有效起", a_date),
        ends_on=row.value("有效止", a_date),
        school_code=row.text("学校标识码"),
        major_code=row.text("专业代码"),
    )


def an_apprentice(row: Row) -> Apprentice:
    return Apprentice(
        code=row.text("学徒编号"),
        school_code=row.text("学校标识码"),
        student_number=row.text("学号"),
        credit_code=row.text("统一社会信用代码"),
        form=row.text("培养形式"),
        starts_on=row.value("开始日期", a_date),
        ends_on=row.value("结束日期", a_date),
        agreement_code=row.text("培养协议编号"),
        agreed_on=row.maybe("协议签订日期", a_date),
        guardian_signed_on=row.maybe("监护人签署日期", a_date),
        teacher_name=row.text("学校导师"),
        mentor_name=row.text("企业师傅"),
        contract_code=row.text("劳动合同编号"),
    )


ROW_OF: dict[str, Callable[[Row], Any]] = {
    "schools": a_school,
    "enterprises": an_enterprise,
    "students": a_student,
    "posts": a_post,
    "placements": a_placement,
    "agreements": an_agreement,
    "policies": a_policy,
    "insured": an_insured,
    "attendance": an_attendance,
    "payments": a_payment,
    "filings": a_filing,
    "apprentices": an_apprentice,
}


def district_from(tables: Tables) -> District:
    """The district that tables of text cells describe; a missing table is empty."""
    rows: dict[str, Any] = {
        stem: tuple(make(Row(cells)) for cells in tables.get(stem, ()))
        for stem, make in ROW_OF.items()
    }
    return District(**rows)


def cells_of(path: Path) -> list[dict[str, str]]:
    """The rows of one CSV file, rows of empty cells left out."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    rows = csv.reader(io.StringIO(text, newline=""))
    headings = [fold(cell) for cell in next(rows, [])]
    return [dict(zip(headings, row, strict=False)) for row in rows if any(map(fold, row))]


def read_district(path: str | Path) -> District:
    """The district in a folder of CSV files."""
    folder = Path(path)
    present = {stem: folder / f"{stem}.csv" for stem in ROW_OF}
    return district_from({stem: cells_of(file) for stem, file in present.items() if file.exists()})
