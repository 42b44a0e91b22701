"""The brute-force reader itself: cells, words, days, bytes, and that it imports nothing of ours."""

import ast
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.districts.making import make_district
from tests.districts.roster import Roster
from tests.districts.spelling import write
from tests.oracle import reading
from tests.oracle.calendar import is_rest_day, is_workday, week_of, workdays_of
from tests.oracle.district import Month
from tests.oracle.reading import district_from
from tests.oracle.rules import RULES
from tests.oracle.rules.eligibility import first_year_ends_on, six_months_on
from tests.oracle.rules.time import touches_the_night
from tests.oracle.sweeping import alerts, narrowed, notices, to_json
from tests.oracle.words import age, shown, to_the_fen

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OURS = {
    *("backend", "api", "console", "exchange", "compliance", "apprenticeship", "insurance"),
    *("compensation", "internships", "people", "audit", "common", "law", "django"),
}


def test_reader_and_generator_import_nothing_of_the_product() -> None:
    imported = set()
    for folder in (HERE, HERE.parent / "districts"):
        for file in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    imported.add(node.module.split(".")[0])
                elif isinstance(node, ast.Import):
                    imported.update(name.name.split(".")[0] for name in node.names)

    assert imported & OURS == set()


def test_all_thirty_six_rules_of_the_contract_are_there() -> None:
    assert len(RULES) == 36


@pytest.mark.parametrize(
    "spelling",
    ["2026-09-01", "2026/9/1", "2026.9.1", "20260901", "２０２６／９／１", "２０２６－０９－０１"],
)
def test_a_date_is_read_in_every_spelling(spelling: str) -> None:
    assert reading.a_date(reading.fold(f" {spelling}　")) == date(2026, 9, 1)


def test_lists_are_sets_between_three_separators() -> None:
    assert reading.a_set("高空；有毒 、 粉尘;高空") == {"高空", "有毒", "粉尘"}
    assert reading.deductions("管理费:2;个税: 1.5") == (
        ("个税", Decimal("1.5")),
        ("管理费", Decimal("2")),
    )


@pytest.mark.parametrize(
    ("day", "workday", "rest_day"),
    [
        ("2026-09-20", True, False),
        ("2026-10-01", False, False),
        ("2026-10-05", False, True),
        ("2026-10-10", True, False),
        ("2024-02-09", True, False),
        ("2025-10-06", False, False),
        ("2023-10-02", True, False),
        ("2027-10-01", False, False),
        ("2027-10-04", True, False),
        ("2027-10-02", False, False),
        ("2028-10-02", True, False),
    ],
)
def test_a_day_is_work_rest_or_holiday(day: str, workday: bool, rest_day: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is workday
    assert is_rest_day(date.fromisoformat(day)) is rest_day


def test_months_and_weeks_are_counted_as_the_contract_counts_them() -> None:
    assert workdays_of(Month(2026, 10)) == 18
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    assert week_of(date(2024, 12, 30)) == "2025-W01"


@pytest.mark.parametrize(
    ("born_on", "on", "years"),
    [
        ("2010-09-02", "2026-09-02", 15),
        ("2010-09-02", "2026-09-03", 16),
        ("2008-02-29", "2024-02-29", 15),
        ("2008-02-29", "2024-03-01", 16),
        ("2008-02-29", "2026-03-01", 17),
        ("2008-02-29", "2026-03-02", 18),
    ],
)
def test_an_age_is_reached_on_the_day_after_the_birthday(born_on: str, on: str, years: int) -> None:
    assert age(date.fromisoformat(born_on), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("enrolled_on", "later", "ends_on"),
    [
        ("2025-09-01", "2026-03-01", "2026-08-31"),
        ("2026-02-28", "2026-08-28", "2026-08-31"),
        ("2026-03-01", "2026-09-01", "2027-08-31"),
        ("2025-08-31", "2026-02-28", "2026-08-31"),
        ("2023-08-31", "2024-02-29", "2024-08-31"),
        ("2026-08-31", "2027-02-28", "2027-08-31"),
    ],
)
def test_the_first_school_year_ends_on_a_late_31_august(
    enrolled_on: str, later: str, ends_on: str
) -> None:
    assert six_months_on(date.fromisoformat(enrolled_on)) == date.fromisoformat(later)
    assert first_year_ends_on(date.fromisoformat(enrolled_on)) == date.fromisoformat(ends_on)


@pytest.mark.parametrize(
    ("came_at", "left_at", "night"),
    [
        ("6:00", "22:00", False),
        ("6:00", "22:01", True),
        ("5:59", "14:00", True),
        ("16:00", "24:00", True),
        ("6:00", "6:00", True),
        ("22:00", "6:00", True),
        ("21:00", "22:00", False),
    ],
)
def test_a_shift_touches_the_night_by_the_minute(came_at: str, left_at: str, night: bool) -> None:
    assert touches_the_night(reading.a_time(came_at), reading.a_time(left_at)) is night


def test_money_is_rounded_half_up() -> None:
    assert to_the_fen(Fraction("100.005")) == Decimal("100.01")
    assert shown(Fraction("0.125")) == "0.13"
    assert shown(Decimal("3600")) == "3600.00"


def test_the_array_is_compact_json_and_a_line_end() -> None:
    array = [{"rule": "HOST-04", "facts": {"venue": "酒吧"}}]

    assert to_json(array) == '[{"rule":"HOST-04","facts":{"venue":"酒吧"}}]\n'
    assert to_json([]) == "[]\n"


def test_years_without_a_notice_are_named_only_when_a_day_of_theirs_could_decide() -> None:
    roster = Roster(3)
    row = roster.sound(date(2026, 12, 1), date(2027, 5, 31), 支付日=2)
    district = district_from(roster.tables)

    assert notices(district, date(2027, 2, 2)) == []
    assert notices(district, date(2027, 2, 3)) == ["calendar 2027: notified days off are not known"]

    roster.attend(row, date(2027, 1, 4), 状态="半天")
    assert notices(district_from(roster.tables), date(2027, 1, 3)) == []
    assert notices(district_from(roster.tables), date(2027, 1, 4)) == [
        "calendar 2027: notified days off are not known"
    ]


def test_narrowing_by_school_keeps_the_hosts_where_its_placements_stand() -> None:
    roster = Roster(5)
    here, there = roster.school()["学校标识码"], roster.school()["学校标识码"]
    post = roster.post(同岗位在岗人数=1)
    for school, start in ((here, date(2026, 9, 1)), (there, date(2026, 12, 1))):
        student = roster.student(date(2005, 1, 1), date(2022, 9, 1), 学校标识码=school)
        roster.sound(start, date(2026, 12, 31), student=student, post=post, 状态="实习中")
    district = district_from(roster.tables)
    on = date(2026, 10, 6)

    found = narrowed(alerts(district, on), district, on, rule="HOST-09")

    assert [one["subject"] for one in found] == [post["岗位编号"]]
    assert narrowed(found, district, on, school=here) == found
    assert narrowed(found, district, on, school=there) == []


def test_the_command_prints_the_array_of_a_folder(tmp_path: Path) -> None:
    generated = make_district(4)
    write(generated, tmp_path)
    on = generated.as_of[0]

    printed = subprocess.run(
        [sys.executable, "-m", "tests.oracle", str(tmp_path), "--as-of", str(on)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )

    district = district_from(generated.tables)
    assert printed.stdout.decode() == to_json(alerts(district, on))
    assert printed.stderr.decode().splitlines() == notices(district, on)
