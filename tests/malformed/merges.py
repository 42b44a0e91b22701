"""Rows that read well and are refused by what the district would be with them."""

from collections.abc import Callable
from typing import Any

from common.identifiers import make_credit_code
from tests.malformed.case import Form, Malformed, changed
from tests.malformed.district import CHEN, SCHOOL, District

_NOBODY = make_credit_code("91500117", "MA5U0199")
_FORMS: tuple[Form, ...] = ("csv", "xlsx")

TWINS: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("schools", {"学校名称": "别名"}, "duplicate_key", "学校标识码"),
    ("enterprises", {"企业名称": "别名"}, "duplicate_key", "统一社会信用代码"),
    ("students", {"班级": "1 班"}, "duplicate_key", "学号"),
    ("posts", {"岗位名称": "别名"}, "duplicate_key", "岗位编号"),
    ("placements", {"支付日": "1"}, "duplicate_key", "安排编号"),
    ("agreements", {}, "duplicate_key", "协议编号"),
    ("policies", {}, "duplicate_key", "保单号"),
    ("insured", {"终止日期": "2026-03-01"}, "duplicate_key", "生效日期"),
    ("attendance", {"状态": "休息"}, "duplicate_key", "日期"),
    ("attendance", {"日期": "２０２６／９／２"}, "duplicate_key", "日期"),
    ("payments", {}, "duplicate_row", "安排编号"),
    ("payments", {"金额": "800.00"}, "duplicate_row", "安排编号"),
    ("filings", {}, "duplicate_key", "备案编号"),
    ("apprentices", {}, "duplicate_key", "学徒编号"),
)

STRANGERS: tuple[tuple[str, str, str], ...] = (
    ("students", "学校标识码", "5001170199"),
    ("posts", "统一社会信用代码", _NOBODY),
    ("placements", "学号", "S9"),
    ("placements", "岗位编号", "P9"),
    ("agreements", "安排编号", "A9"),
    ("insured", "保单号", "L9"),
    ("insured", "学号", "S9"),
    ("attendance", "安排编号", "A9"),
    ("payments", "安排编号", "A9"),
    ("filings", "岗位编号", "P9"),
    ("filings", "学校标识码", "5001170199"),
    ("apprentices", "学号", "S9"),
    ("apprentices", "统一社会信用代码", _NOBODY),
)


def _again(stem: str, cells: dict[str, Any]) -> Callable[[District], None]:
    """The last row of a table once more, with other cells."""

    def change(district: District) -> None:
        district[stem].append({**district[stem][-1], **cells})

    return change


def _last(stem: str, cells: dict[str, Any]) -> Callable[[District], None]:
    """The last row of a table with other cells."""

    def change(district: District) -> None:
        district[stem][-1].update(cells)

    return change


def _stranger(stem: str, title: str, value: str, form: Form) -> Malformed:
    cells = {title: value}
    if stem == "students":
        rows = _again(stem, {**cells, "学号": "S3", "学籍状态": "毕业"})
        row = 4
    else:
        rows, row = _last(stem, cells), 3
    return changed(
        f"{title} of nobody",
        rows,
        "unknown_reference",
        form=form,
        stem=stem,
        row=row,
        column=title,
        stage="merge",
    )


DAYS: tuple[tuple[str, str, Callable[[District], None], str, int, str], ...] = (
    (
        "two placements that share a day",
        "placements",
        _again("placements", {"安排编号": "A3", "开始日期": "2026-07-15"}),
        "placements_overlap",
        4,
        "开始日期",
    ),
    (
        "two apprentices that share a day",
        "apprentices",
        _again(
            "apprentices",
            {"学徒编号": "Q3", "开始日期": "2026-06-30", "结束日期": "2027-06-30"},
        ),
        "apprentices_overlap",
        4,
        "开始日期",
    ),
    (
        "insured a day before the policy",
        "insured",
        _last("insured", {"生效日期": "2025-12-31"}),
        "insured_outside_policy",
        3,
        "生效日期",
    ),
    (
        "insured a day after the policy",
        "insured",
        _last("insured", {"终止日期": "2027-09-01"}),
        "insured_outside_policy",
        3,
        "终止日期",
    ),
    (
        "one person enrolled twice",
        "students",
        _again("students", {"学校标识码": "5001170102", "证件号码": CHEN}),
        "enrolled_twice",
        4,
        "证件号码",
    ),
    (
        "one person enrolled twice in one school",
        "students",
        _again("students", {"学校标识码": SCHOOL, "学号": "S3"}),
        "enrolled_twice",
        4,
        "证件号码",
    ),
)

CASES: list[Malformed] = [
    *(
        changed(
            f"twin {number}",
            _again(stem, cells),
            code,
            form=form,
            stem=stem,
            row=4,
            column=column,
            stage="merge",
        )
        for form in _FORMS
        for number, (stem, cells, code, column) in enumerate(TWINS)
    ),
    *(_stranger(*stranger, form) for form in _FORMS for stranger in STRANGERS),
    *(
        changed(name, change, code, form=form, stem=stem, row=row, column=column, stage="merge")
        for form in _FORMS
        for name, stem, change, code, row, column in DAYS
    ),
]
