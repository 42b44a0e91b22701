"""A load with one fault in the last row of its last file writes nothing, and names the place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from common.identifiers import make_credit_code
from exchange.format import TABLES
from tests.loading.checksums import checksums
from tests.loading.conftest import Load
from tests.loading.samples import (
    FACTORY,
    LI,
    OTHER_SCHOOL,
    SCHOOL,
    Cells,
    District,
    make_id,
    sample,
)

NOBODY = make_credit_code("91500117", "MA5U0009")

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("before", [pytest.param("empty", marks=pytest.mark.deep), "loaded"])
def test_one_fault_in_the_last_row_of_the_last_file_writes_nothing(
    load: Load, before: str, name: str
) -> None:
    refused = REFUSALS[name]
    if before == "loaded":
        load(sample())
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


def test_every_error_of_every_file_is_told_at_once_in_the_order_of_the_files(load: Load) -> None:
    district = sample()
    district["students"][0]["专业代码"] = "1"
    district["placements"].append({**district["placements"][0], "岗位编号": "P9"})
    district["attendance"][1]["状态"] = "迟到"
    district["attendance"].append({**district["attendance"][0], "安排编号": "A9"})
    district["apprentices"][1]["开始日期"] = "2027-06-30"

    report = load(district)

    assert [(p.place, p.row, p.code) for p in report.problems] == [
        ("students.csv", 2, "bad_major_code"),
        ("placements.csv", 6, "duplicate_key"),
        ("placements.csv", 6, "unknown_reference"),
        ("attendance.csv", 3, "unknown_word"),
        ("attendance.csv", 7, "unknown_reference"),
        ("apprentices.csv", 3, "apprentices_overlap"),
    ]


def test_rows_that_follow_from_an_unreadable_row_are_not_called_wrong(load: Load) -> None:
    district = sample()
    district["schools"][0]["办学层次"] = "大学"
    district["policies"][0]["起保日期"] = "明天"

    report = load(district)

    assert [(p.place, p.row) for p in report.problems] == [
        ("schools.csv", 2),
        ("policies.csv", 2),
    ]


def test_rows_that_may_mean_a_row_with_an_unreadable_key_are_not_called_wrong(load: Load) -> None:
    district = sample()
    district["schools"][0]["学校标识码"] = "500117000"

    report = load(district)

    assert [(p.place, p.row, p.code) for p in report.problems] == [
        ("schools.csv", 2, "bad_school_code")
    ]


def test_the_first_thousand_errors_are_told_and_the_others_counted(load: Load) -> None:
    district = sample()
    days = [{**district["attendance"][4], "安排编号": f"N{number}"} for number in range(1_200)]
    district["attendance"] += days
    district["apprentices"][1]["开始日期"] = "2027-06-30"

    report = load(district)

    assert len(report.problems) == 1_000
    assert report.further_problems == 201
    assert [problem.row for problem in report.problems] == list(range(7, 1_007))


def test_a_policy_cut_below_rows_that_stay_names_the_policys_row(load: Load) -> None:
    load(sample())
    state = checksums()
    shorter = {**sample()["policies"][0], "终保日期": "2026-12-30"}

    report = load({"policies": [shorter]})

    found = [(p.code, p.place, p.row, p.column, p.value) for p in report.problems]
    assert found == [
        ("policy_cut_below_insured", "policies.csv", 2, "终保日期", "2026-12-30"),
    ]
    assert checksums() == state


def test_a_policy_and_its_rows_may_be_cut_in_one_load(load: Load) -> None:
    load(sample())
    shorter = {**sample()["policies"][0], "终保日期": "2026-12-30"}
    insured = [{**row, "终止日期": "2026-12-30"} for row in sample()["insured"][:2]]

    report = load({"policies": [shorter], "insured": insured})

    assert report.problems == []
    assert report.tables["policies"].changed == 1
    assert report.tables["insured"].changed == 2


def test_a_later_file_may_not_move_a_placement_onto_another(load: Load) -> None:
    load(sample())
    moved = {**sample()["placements"][1], "实际结束日期": "2026-07-16"}

    report = load({"placements": [moved]})

    found = [(p.code, p.place, p.row, p.value) for p in report.problems]
    assert found == [("placements_overlap", "placements.csv", 2, "2026-03-01")]
    assert "A3" in report.problems[0].reason


def test_two_placements_may_swap_their_periods_in_one_load(load: Load) -> None:
    load(sample())
    one, two = sample()["placements"][1:3]
    days = ("开始日期", "结束日期", "实际结束日期")
    swapped = [
        {**one, **{day: two.get(day, "") for day in days}},
        {**two, **{day: one.get(day, "") for day in days}},
    ]

    report = load({"placements": swapped})

    assert report.problems == []
    assert report.tables["placements"].changed == 2


def test_an_orientation_or_a_cancelled_placement_overlaps_nothing(load: Load) -> None:
    district = sample()
    base = district["placements"][0]
    district["placements"] += [
        {**base, "安排编号": "A8", "实习类型": "认识实习"},
        {**base, "安排编号": "A9", "状态": "已取消"},
        {**base, "安排编号": "A10", "状态": "拟安排"},
    ]

    assert load(district).problems == []


def test_a_transfer_may_end_one_enrolment_and_begin_another_in_one_load(load: Load) -> None:
    load(sample())
    old = {**sample()["students"][3], "学籍状态": "退学"}
    new = {**sample()["students"][2], "学籍状态": "在籍"}

    assert load({"students": [new]}).problems[0].code == "enrolled_twice"
    assert load({"students": [new, old]}).problems == []


def test_what_the_contract_accepts_is_accepted(load: Load) -> None:
    district = sample()
    district["placements"][0]["实际结束日期"] = "2027-03-01"
    district["attendance"] += [
        {"安排编号": "A1", "日期": "2026-01-01", "状态": "出勤", "企业确认": "否"},
        {"安排编号": "A4", "日期": "2027-08-01", "状态": "出勤", "企业确认": "否"},
    ]
    district["payments"].append({**district["payments"][1], "所属月份": "2031-01"})
    district["filings"][0]["有效起"] = "2020-01-01"
    district["policies"][1]["退保日期"] = "1999-01-01"
    district["schools"] = [*district["schools"]]

    assert load(district).problems == []


def test_references_may_be_met_by_rows_of_earlier_loads(load: Load) -> None:
    for stem, rows in sample().items():
        assert load({stem: rows}).problems == [], stem

    assert FACTORY
    assert SCHOOL
