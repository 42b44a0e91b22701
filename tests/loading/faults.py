"""Rows at fault, each to stand last in the last file of a load, and how they are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from common.identifiers import make_credit_code
from exchange.format import TABLES
from tests.loading.checksums import checksums
from tests.loading.conftest import Load
from tests.loading.samples import (
    LI,
    OTHER_SCHOOL,
    Cells,
    District,
    make_id,
    sample,
)

NOBODY = make_credit_code("91500117", "MA5U0009")


@dataclass(frozen=True)
class Refused:
    """A row added to a table, as the last row of the last file, and how it is refused."""

    stem: str
    row: Callable[[District], Cells]
    code: str
    column: str


def _again(stem: str, place: int, **cells: str) -> Callable[[District], Cells]:
    """A row of the sample once more, with other cells."""
    return lambda district: {**district[stem][place], **cells}


REFUSALS: dict[str, Refused] = {
    "a school twice": Refused("schools", _again("schools", 0), "duplicate_key", "学校标识码"),
    "an enterprise twice": Refused(
        "enterprises",
        _again("enterprises", 1, 企业名称="别名"),
        "duplicate_key",
        "统一社会信用代码",
    ),
    "a student twice": Refused("students", _again("students", 1), "duplicate_key", "学号"),
    "a post twice": Refused("posts", _again("posts", 0), "duplicate_key", "岗位编号"),
    "a placement twice": Refused(
        "placements", _again("placements", 3), "duplicate_key", "安排编号"
    ),
    "an agreement twice": Refused(
        "agreements", _again("agreements", 1), "duplicate_key", "协议编号"
    ),
    "a policy twice": Refused("policies", _again("policies", 1), "duplicate_key", "保单号"),
    "an insured twice": Refused("insured", _again("insured", 2), "duplicate_key", "生效日期"),
    "a day twice": Refused(
        "attendance", _again("attendance", 4, 状态="休息", 工时=""), "duplicate_key", "日期"
    ),
    "a bank reference twice": Refused(
        "payments", _again("payments", 0, 金额="1"), "duplicate_key", "银行流水号"
    ),
    "a payment twice": Refused(
        "payments", _again("payments", 1, 金额="500.00"), "duplicate_row", "安排编号"
    ),
    "a filing twice": Refused("filings", _again("filings", 1), "duplicate_key", "备案编号"),
    "an apprentice twice": Refused(
        "apprentices", _again("apprentices", 1), "duplicate_key", "学徒编号"
    ),
    "a student of no school": Refused(
        "students",
        _again("students", 1, 学号="S9", 学校标识码="5001170009", 学籍状态="毕业"),
        "unknown_reference",
        "学校标识码",
    ),
    "a post of no enterprise": Refused(
        "posts",
        _again("posts", 0, 岗位编号="P9", 统一社会信用代码=NOBODY),
        "unknown_reference",
        "统一社会信用代码",
    ),
    "a placement of no student": Refused(
        "placements", _again("placements", 3, 安排编号="A9", 学号="S9"), "unknown_reference", "学号"
    ),
    "a placement of no school": Refused(
        "placements",
        _again("placements", 3, 安排编号="A9", 学校标识码="5001170009"),
        "unknown_reference",
        "学校标识码",
    ),
    "a placement at no post": Refused(
        "placements",
        _again("placements", 3, 安排编号="A9", 岗位编号="P9"),
        "unknown_reference",
        "岗位编号",
    ),
    "an agreement on no placement": Refused(
        "agreements",
        _again("agreements", 1, 协议编号="X9", 安排编号="A9"),
        "unknown_reference",
        "安排编号",
    ),
    "an insured of no policy": Refused(
        "insured", _again("insured", 0, 保单号="L9"), "unknown_reference", "保单号"
    ),
    "an insured who is no student": Refused(
        "insured", _again("insured", 0, 学号="S9"), "unknown_reference", "学号"
    ),
    "a day of no placement": Refused(
        "attendance", _again("attendance", 4, 安排编号="A9"), "unknown_reference", "安排编号"
    ),
    "pay of no placement": Refused(
        "payments", _again("payments", 1, 安排编号="A9"), "unknown_reference", "安排编号"
    ),
    "a filing on no post": Refused(
        "filings",
        _again("filings", 1, 备案编号="F9", 岗位编号="P9"),
        "unknown_reference",
        "岗位编号",
    ),
    "a filing for no school": Refused(
        "filings",
        _again("filings", 1, 备案编号="F9", 学校标识码="5001170009"),
        "unknown_reference",
        "学校标识码",
    ),
    "an apprentice who is no student": Refused(
        "apprentices",
        _again("apprentices", 1, 学徒编号="T9", 学号="S9"),
        "unknown_reference",
        "学号",
    ),
    "an apprentice of no enterprise": Refused(
        "apprentices",
        _again(
            "apprentices",
            1,
            学徒编号="T9",
            开始日期="2028-01-01",
            结束日期="2028-02-01",
            统一社会信用代码=NOBODY,
        ),
        "unknown_reference",
        "统一社会信用代码",
    ),
    "two enrolments of one person": Refused(
        "students",
        _again("students", 3, 学号="S9", 证件号码=LI),
        "enrolled_twice",
        "证件号码",
    ),
    "two production placements on one day": Refused(
        "placements",
        _again("placements", 2, 安排编号="A9", 开始日期="2026-12-31", 结束日期="2026-12-31"),
        "placements_overlap",
        "开始日期",
    ),
    "two apprentice identities on one day": Refused(
        "apprentices",
        _again("apprentices", 1, 学徒编号="T9", 开始日期="2027-06-30", 结束日期="2027-06-30"),
        "apprentices_overlap",
        "开始日期",
    ),
    "an insured from before the policy": Refused(
        "insured",
        _again("insured", 1, 生效日期="2025-12-31"),
        "insured_outside_policy",
        "生效日期",
    ),
    "an insured to after the policy": Refused(
        "insured",
        _again("insured", 1, 生效日期="2026-02-01", 终止日期="2027-01-01"),
        "insured_outside_policy",
        "终止日期",
    ),
    "an unreadable cell": Refused(
        "apprentices",
        _again("apprentices", 1, 学徒编号="T9", 开始日期="2026-13-01"),
        "no_such_date",
        "开始日期",
    ),
}


def _with_last_row(refused: Refused) -> District:
    """The sample, changed in every table, up to the table whose last row is at fault."""
    district = sample()
    district["schools"][0]["学校名称"] = "改名学校"
    district["posts"][0]["同岗位在岗人数"] = "31"
    district["students"].append(
        {
            "学校标识码": OTHER_SCHOOL,
            "学号": "N1",
            "姓名": "新生",
            "证件号码": make_id("2009-01-01", 1),
            "专业代码": "510101",
            "入学日期": "2026-09-01",
        }
    )
    stems = list(TABLES)
    kept = stems[: stems.index(refused.stem) + 1]
    district[refused.stem].append(refused.row(district))
    return {stem: district[stem] for stem in kept}


def refused_whole(load: Load, refused: Refused) -> None:
    """Nothing is written, and the one row is named with what is wrong and what to do."""
    state = checksums()
    district = _with_last_row(refused)

    report = load(district)

    found = [(p.code, p.place, p.row, p.column) for p in report.problems]
    row = len(district[refused.stem]) + 1
    assert found == [(refused.code, f"{refused.stem}.csv", row, refused.column)]
    assert report.further_problems == 0
    assert report.operation_id is None
    assert checksums() == state
    problem = report.problems[0]
    assert problem.letter
    assert problem.reason
    assert problem.remedy
    assert LI not in str(problem)
