"""Errors of a load: all counted, a thousand kept, personal numbers masked, none caused twice."""

from pathlib import Path

from exchange.format import TABLES
from exchange.reading import open_district
from exchange.reading.masking import shown
from tests.malformed.district import CHEN, csv_text, good_district, write_folder


def test_every_error_is_counted_and_a_thousand_are_kept(tmp_path: Path) -> None:
    row = good_district()["attendance"][0] | {"日期": "x", "企业确认": "y"}
    folder = write_folder({"attendance": [row] * 750}, tmp_path / "district")

    errors = open_district(folder).read_through()

    assert (errors.total, len(errors.problems)) == (1_500, 1_000)
    assert [problem.code for problem in errors][:2] == ["bad_date", "bad_boolean"]
    assert errors.problems[0].letter == "B"


def test_all_faults_of_a_row_are_named_at_once(tmp_path: Path) -> None:
    district = good_district()
    district["placements"][1] |= {"支付日": "31", "结束日期": "2026-01-01", "状态": "无"}

    errors = open_district(write_folder(district, tmp_path / "district")).read_through()

    assert [(p.column, p.code) for p in errors] == [
        ("结束日期", "ends_before_start"),
        ("状态", "unknown_word"),
        ("支付日", "bad_pay_day"),
    ]


def test_key_of_a_refused_row_is_remembered_and_a_lost_key_marks_the_table(
    tmp_path: Path,
) -> None:
    district = good_district()
    district["placements"][0]["支付日"] = "31"
    district["posts"][0]["岗位编号"] = ""

    errors = open_district(write_folder(district, tmp_path / "district")).read_through()

    assert errors.refused_keys == {"placements": {("A1",)}}
    assert errors.incomplete_tables == {"posts"}


def test_number_of_a_person_is_masked_in_every_column() -> None:
    column = TABLES["students"].by_title["证件号码"]

    assert CHEN[:17] not in shown(CHEN[:17], column)
    assert CHEN not in shown(f"罗二 {CHEN} 女")
    assert "13800138111" not in shown("电话13800138111")
    assert "3800138111" not in shown("1380013811１")
    assert shown("P-2026-0001") == "P-2026-0001"


def test_rows_shifted_by_a_cell_show_no_number_of_their_neighbours(tmp_path: Path) -> None:
    text = csv_text(good_district()["students"]).replace("陈一,", "")
    folder = tmp_path / "district"
    folder.mkdir()
    (folder / "students.csv").write_text(text)

    errors = open_district(folder).read_through()

    told = "".join(map(str, errors))
    assert errors.total > 3
    assert CHEN not in told
    assert "13800138111" not in told
    assert "13900139222" not in told


def test_row_shows_its_number_and_none_of_its_cells(tmp_path: Path) -> None:
    source = open_district(write_folder(good_district(), tmp_path / "district"))

    rows = [row for table in source.tables() for row in table.rows()]

    assert {repr(row) for row in rows} == {"<Row 2>", "<Row 3>"}
