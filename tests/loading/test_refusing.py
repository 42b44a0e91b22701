"""A load that is refused writes nothing, and tells every fault at once with its place."""

from __future__ import annotations

import pytest

from tests.loading.checksums import checksums
from tests.loading.conftest import Load
from tests.loading.faults import REFUSALS, refused_whole
from tests.loading.samples import (
    FACTORY,
    SCHOOL,
    sample,
)

pytestmark = pytest.mark.django_db


@pytest.mark.deep
@pytest.mark.parametrize("name", REFUSALS)
def test_one_fault_writes_nothing_into_an_empty_database(load: Load, name: str) -> None:
    refused_whole(load, REFUSALS[name])


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
