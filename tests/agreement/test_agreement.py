"""The sweep prints what the brute-force reader prints, byte for byte, on generated districts."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.agreement.product import differences, in_the_database, loaded, swept
from tests.districts.making import Generated, make_district
from tests.districts.workbook import as_workbook
from tests.oracle.cases import CASES, Case
from tests.oracle.reading import district_from
from tests.oracle.sweeping import alerts, identity, narrowed, notices, to_json

IN_EVERY_RUN = 10
ALL = 200

pytestmark = pytest.mark.django_db


def agree(seed: int, folder: Path, days: int | None = None, around: date | None = None) -> None:
    """Load one district, and hold its days, or the most telling of them, against the reader."""
    generated = make_district(seed, around)
    district = district_from(generated.tables)
    planted = Counter(promise.on for promise in generated.expected)
    chosen = sorted(generated.as_of, key=lambda on: -planted[on])[:days]

    with loaded(generated, folder):
        printed = {on: swept(on) for on in chosen}

    for on, output in printed.items():
        expected = alerts(district, on)
        assert (on, differences(output.stdout, expected)) == (on, [])
        assert output.stdout == to_json(expected)
        assert output.stderr.splitlines() == notices(district, on)
        assert output.status == 0


@pytest.mark.parametrize("seed", range(IN_EVERY_RUN))
def test_sweep_and_reader_agree_to_the_byte(seed: int, tmp_path: Path) -> None:
    agree(seed, tmp_path, days=2)


@pytest.mark.parametrize(
    "around", [date(1931, 10, 6), date(1999, 10, 6), date(2061, 10, 6), date(2098, 3, 16)]
)
@pytest.mark.parametrize(
    "seed", [2, *(pytest.param(seed, marks=pytest.mark.deep) for seed in (5, 9, 15))]
)
def test_years_far_from_ours_are_judged_alike(seed: int, around: date, tmp_path: Path) -> None:
    agree(seed, tmp_path, days=2, around=around)


@pytest.mark.parametrize("seed", [3, 12, 17])
def test_a_workbook_says_what_the_files_say(seed: int, tmp_path: Path) -> None:
    generated = make_district(seed)
    on = generated.expected[0].on
    as_workbook(generated, tmp_path / "district.xlsx")

    with in_the_database(tmp_path / "district.xlsx"):
        printed = swept(on)

    expected = alerts(district_from(generated.tables), on)
    assert differences(printed.stdout, expected) == []
    assert printed.stdout == to_json(expected)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(ALL))
def test_sweep_and_reader_agree_on_all_districts(seed: int, tmp_path: Path) -> None:
    agree(seed, tmp_path)


@pytest.mark.parametrize("seed", [1, 8])
def test_rule_and_school_narrow_what_is_printed_and_not_what_is_counted(
    seed: int, tmp_path: Path
) -> None:
    generated = make_district(seed)
    district = district_from(generated.tables)
    on = generated.expected[0].on
    everything = alerts(district, on)
    schools = [school.code for school in district.schools]
    rule = generated.expected[0].rule

    with loaded(generated, tmp_path):
        by_school = {school: swept(on, school=school) for school in schools}
        by_rule = swept(on, rule=[rule])

    for school, output in by_school.items():
        assert output.stdout == to_json(narrowed(everything, district, on, school=school))
    assert by_rule.stdout == to_json(narrowed(everything, district, on, rule=rule))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_sweep_raises_what_the_contract_works_out(case: Case, tmp_path: Path) -> None:
    generated = Generated(0, case.tables, (case.on,), ())

    with loaded(generated, tmp_path):
        printed = swept(case.on, rule=list(case.rules))

    expected = sorted(case.expected, key=identity)
    assert differences(printed.stdout, expected) == []
    assert printed.stdout == to_json(
        [{**alert, "facts": dict(sorted(alert["facts"].items()))} for alert in expected]
    )


def test_rows_of_a_year_typed_wrong_are_judged_like_the_others(tmp_path: Path) -> None:
    generated = make_district(7)
    code = generated.tables["placements"][0]["安排编号"]
    of_nothing = dict.fromkeys(generated.tables["attendance"][0], "")
    generated.tables["attendance"] += [
        of_nothing
        | {"安排编号": code, "日期": day, "状态": "出勤", "工时": hours, "企业确认": "是"}
        for day, hours in (
            *(("1926-09-05", "8"), ("1990-05-02", "9"), ("1994-12-31", "24"), ("1995-01-02", "9")),
            *((f"1990-06-{day:02}", "8") for day in range(4, 10)),
        )
    ]
    of_nothing = dict.fromkeys(generated.tables["payments"][0], "")
    generated.tables["payments"].append(
        of_nothing
        | {
            "安排编号": code,
            "所属月份": "1926-09",
            "金额": "1.00",
            "发放日期": "2026-09-10",
            "发放方式": "实物",
            "付款方": "学校",
            "收款人": "学生本人",
            "扣款项目": "押金:1.00",
            "银行流水号": "B1926",
        }
    )
    on = date(2026, 11, 20)

    with loaded(generated, tmp_path):
        printed = swept(on)

    expected = alerts(district_from(generated.tables), on)
    assert differences(printed.stdout, expected) == []
    old = {str(alert["rule"]) for alert in expected if "" < str(alert["period"]) < "1996"}
    assert {"TIME-01", "TIME-02", "PAY-05", "PAY-06", "PAY-07"} <= old
