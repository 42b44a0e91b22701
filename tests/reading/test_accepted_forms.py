"""Every form the contract accepts is read as the same values."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exchange.format import TABLES
from exchange.reading import open_district
from tests.malformed.district import (
    Cells,
    as_workbook,
    csv_text,
    good_district,
    write_folder,
)

WIDE = str.maketrans("0123456789AS:-./", "０１２３４５６７８９ＡＳ：－．／")


def read(path: Path, *, keys_only: bool = False) -> dict[str, list[Cells]]:
    """All rows by table, read without a fault."""
    source = open_district(path, keys_only=keys_only)
    tables = {table.table.stem: [row.cells for row in table.rows()] for table in source.tables()}
    assert list(source.errors) == []
    return tables


def test_every_table_is_read_with_its_types_and_defaults(tmp_path: Path) -> None:
    tables = read(write_folder(good_district(), tmp_path / "district"))

    assert list(tables) == list(TABLES)
    assert all(len(rows) == 2 for rows in tables.values())
    first, second = tables["attendance"]
    assert first == {
        "placement_code": "A1",
        "day": date(2026, 9, 1),
        "status": "出勤",
        "hours": Decimal("8.00"),
        "came_at": 510,
        "left_at": 1050,
        "confirmed": True,
    }
    assert (second["hours"], second["came_at"]) == (Decimal("4.00"), None)
    assert tables["payments"][0]["deductions"] == (("个税", Decimal("12.30")),)
    assert tables["payments"][0]["month"] == date(2026, 9, 1)
    assert tables["placements"][0]["stage"] == "相对独立"
    assert tables["filings"][0]["matters"] == ("高风险", "夜班")
    assert tables["posts"][0]["major_groups"] == ("11", "14")
    assert tables["students"][1]["status"] == "在籍"
    assert tables["students"][0]["phone"] == "+8613800138111"


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("gb18030"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("\n", "\n\n,,,\n", 1).encode(),
        lambda text: text.replace("\n", ",,\n").encode(),
        lambda text: text.translate(WIDE).encode(),
        lambda text: text.replace(",", " ,　").encode(),
    ],
    ids=["bom", "gb18030", "crlf", "cr", "no-last-break", "blank-rows", "commas", "wide", "spaces"],
)  # fmt: skip
def test_spelling_of_a_file_changes_no_value(spell: Callable[[str], bytes], tmp_path: Path) -> None:
    plain = read(write_folder(good_district(), tmp_path / "plain"))
    folder = tmp_path / "district"
    folder.mkdir()
    for stem, rows in good_district().items():
        (folder / f"{stem}.csv").write_bytes(spell(csv_text(rows)))

    tables = read(folder)

    assert tables == plain


def test_column_order_and_absent_optional_columns_change_nothing(tmp_path: Path) -> None:
    plain = read(write_folder(good_district(), tmp_path / "plain"))
    district = good_district()
    for stem, rows in district.items():
        titles = [
            column.title
            for column in TABLES[stem].columns
            if column.required or any(row[column.title] for row in rows)
        ]
        district[stem] = [{title: row[title] for title in reversed(titles)} for row in rows]

    tables = read(write_folder(district, tmp_path / "district"))

    assert tables == plain


def test_typed_cells_of_a_workbook_are_read_as_their_texts(tmp_path: Path) -> None:
    district = good_district()
    plain = read(write_folder(district, tmp_path / "plain"))
    _type_cells(district)
    for epoch in (None, CALENDAR_MAC_1904):
        workbook = as_workbook(district)
        if epoch is not None:
            workbook.epoch = epoch
        workbook.save(tmp_path / "district.xlsx")

        tables = read(tmp_path / "district.xlsx")

        assert tables == plain


def _type_cells(district: dict[str, list[Cells]]) -> None:
    """The same values as a spreadsheet would keep them."""
    district["schools"][0]["学校标识码"] = 5001170101
    district["enterprises"][0]["在岗职工人数"] = 300
    district["posts"][0]["对口专业大类"] = "11;14"
    district["posts"][1]["对口专业大类"] = 14
    district["posts"][1]["同岗位工资标准"] = 4200.5
    district["placements"][0]["支付日"] = 15
    district["placements"][0]["开始日期"] = date(2026, 9, 1)
    district["placements"][1]["约定报酬"] = 21.75
    district["attendance"][0].update(
        日期=datetime(2026, 9, 1), 工时=8.0, 上班时间=time(8, 30), 下班时间=timedelta(hours=17.5)
    )
    district["payments"][0]["所属月份"] = date(2026, 9, 1)
    district["students"][0]["手机"] = 13800138111


def test_written_midnight_closes_a_day_and_float_noise_is_rounded(tmp_path: Path) -> None:
    district: dict[str, list[dict[str, Any]]] = {"attendance": good_district()["attendance"]}
    district["attendance"][0].update(上班时间="16:00", 下班时间="24:00")
    write_folder(district, tmp_path / "district")
    district["attendance"][0].update(工时=0.1 + 0.2, 下班时间=timedelta(hours=24))
    as_workbook(district).save(tmp_path / "district.xlsx")

    text = read(tmp_path / "district")["attendance"][0]
    typed = read(tmp_path / "district.xlsx")["attendance"][0]

    assert (text["came_at"], text["left_at"]) == (960, 1440)
    assert (typed["hours"], typed["left_at"]) == (Decimal("0.30"), 1440)


def test_surrender_date_of_a_policy_in_force_is_ignored_even_when_it_is_none(
    tmp_path: Path,
) -> None:
    district = {"policies": good_district()["policies"]}
    district["policies"][0]["退保日期"] = "无"

    rows = read(write_folder(district, tmp_path / "district"))["policies"]

    assert [row["surrendered_on"] for row in rows] == [None, date(2027, 1, 1)]


def test_other_keys_and_files_beside_a_district_are_left_alone(tmp_path: Path) -> None:
    folder = write_folder(good_district(), tmp_path / "district")
    (folder / "district.json").write_text('\ufeff{"version": 1, "invented": true}')
    (folder / "README.md").write_text("x")
    (folder / "~$more.xlsx").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"\0")

    assert len(read(folder)) == 12


def test_rows_to_retract_have_their_keys_alone(tmp_path: Path) -> None:
    good = good_district()
    district = {
        stem: [{key.title: row[key.title] for key in table.key_columns} for row in good[stem]]
        for stem, table in TABLES.items()
    }  # fmt: skip
    folder = write_folder(district, tmp_path / "district")

    tables = read(folder, keys_only=True)

    assert tables["attendance"][0] == {"placement_code": "A1", "day": date(2026, 9, 1)}
    assert set(tables["payments"][1]) == set(TABLES["payments"].fields)


def test_payment_with_a_bank_reference_is_retracted_by_its_key_alone(tmp_path: Path) -> None:
    folder = tmp_path / "district"
    folder.mkdir()
    (folder / "payments.csv").write_text("安排编号,银行流水号\nA1,B1\n")

    (payment,) = read(folder, keys_only=True)["payments"]

    assert (payment["placement_code"], payment["bank_reference"]) == ("A1", "B1")


def test_hidden_columns_beyond_the_table_and_other_parts_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "district.xlsx"
    workbook = as_workbook(good_district())
    workbook["学校"].column_dimensions["H"].hidden = True
    workbook.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/printerSettings/printerSettings1.bin", bytes(500))

    assert len(read(path)) == 12


@pytest.mark.parametrize("text", ["24E-1", "24E+1", "2E1", "1.5e"])
def test_code_that_looks_like_an_exponent_is_taken_as_it_stands(text: str, tmp_path: Path) -> None:
    district = good_district()
    for row in district["students"]:
        row["班级"] = text

    tables = read(write_folder(district, tmp_path / "district"))

    assert {row["class_name"] for row in tables["students"]} == {text}
