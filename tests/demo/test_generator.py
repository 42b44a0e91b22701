"""The generator: repeatable, labelled as invented, careful with folders, small in memory."""

import csv
import hashlib
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from common.identifiers import check_credit_code, check_id_number
from common.phones import parse_mobile
from exchange.demo import faults
from exchange.demo.writing import DemoRefused, Order
from exchange.format import TABLES
from exchange.reading import open_district
from tests.demo.districts import written

ON = date(2026, 11, 24)
ROOT = Path(__file__).parents[2]


def rows_of(folder: Path, stem: str) -> list[dict[str, str]]:
    with (folder / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.csv")
    }


def test_same_order_writes_the_same_bytes(tmp_path: Path) -> None:
    written(tmp_path / "first", 60, 7, ON)
    written(tmp_path / "second", 60, 7, ON)

    assert digests(tmp_path / "first") == digests(tmp_path / "second")
    assert len(digests(tmp_path / "first")) == 12


def test_another_seed_is_another_district_of_the_same_numbers(tmp_path: Path) -> None:
    first = written(tmp_path / "first", 60, 1, ON)
    second = written(tmp_path / "second", 60, 2, ON)

    assert (
        digests(tmp_path / "first")["students.csv"] != digests(tmp_path / "second")["students.csv"]
    )
    assert first.expected == second.expected


def test_demo_has_the_promised_schools_hosts_and_people(tmp_path: Path) -> None:
    district = written(tmp_path, 1200, 1, ON)

    people = {row["证件号码"] for row in rows_of(tmp_path, "students")}
    days = [row["日期"] for row in rows_of(tmp_path, "attendance")]

    assert district.rows["schools"] == 3
    assert district.rows["enterprises"] == 60
    assert len(people) == 1200
    assert district.rows["students"] > 1200
    assert min(days) < "2025-12-15"
    assert max(days) == "2026-11-24"


def test_one_more_school_at_each_step_up_to_thirteen() -> None:
    from exchange.demo.people import school_count

    assert [school_count(size) for size in (60, 1200, 23_799, 23_800, 130_000, 1_000_000)] == [
        3,
        3,
        3,
        4,
        13,
        13,
    ]


def test_cells_stand_under_the_titles_they_are_written_for(tmp_path: Path) -> None:
    written(tmp_path, 60, 1, ON)

    for stem, table in TABLES.items():
        titles = [column.title for column in table.columns]
        with (tmp_path / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file))
        assert read[0] == titles, stem
        assert {len(row) for row in read} == {len(titles)}, stem
        assert len(read) > 1, stem
    placement = rows_of(tmp_path, "placements")[0]
    assert placement["安排编号"].startswith("SX")
    assert placement["状态"] in {"拟安排", "已批准", "实习中", "已结束", "已取消"}
    assert {row["企业确认"] for row in rows_of(tmp_path, "attendance")} == {"是", "否"}


def test_nobody_could_take_the_district_for_a_real_one(tmp_path: Path) -> None:
    written(tmp_path, 60, 1, ON)

    label = json.loads((tmp_path / "district.json").read_text(encoding="utf-8"))

    assert label["version"] == 1
    assert label["invented"] is True
    for row in rows_of(tmp_path, "schools"):
        assert "示范" in row["学校名称"]
        assert "演示" in row["学校名称"]
    for row in rows_of(tmp_path, "enterprises"):
        assert "示范" in row["企业名称"]
        assert "演示" in row["企业名称"]
        assert row["统一社会信用代码"][2:8] == "500199"
    assert {row["证件号码"][:2] for row in rows_of(tmp_path, "students")} == {"99"}


def test_identifiers_and_phones_are_valid(tmp_path: Path) -> None:
    written(tmp_path, 60, 1, ON)

    for row in rows_of(tmp_path, "students"):
        born_on = check_id_number(row["证件号码"]).born_on
        assert born_on.isoformat() < row["入学日期"]
        assert parse_mobile(row["手机"])
        assert parse_mobile(row["监护人手机"])
    for row in rows_of(tmp_path, "enterprises"):
        assert check_credit_code(row["统一社会信用代码"])


def test_district_has_all_the_kinds_of_rows_the_pages_show(tmp_path: Path) -> None:
    written(tmp_path, 1200, 1, ON)
    placements = rows_of(tmp_path, "placements")

    def values(stem: str, title: str) -> set[str]:
        return {row[title] for row in rows_of(tmp_path, stem)}

    assert {row["状态"] for row in placements} == {"拟安排", "已批准", "实习中", "已结束", "已取消"}
    assert {row["实习类型"] for row in placements} == {"认识实习", "岗位实习"}
    assert {row["计酬方式"] for row in placements} == {"月薪", "日薪", "时薪"}
    assert values("apprentices", "培养形式") == {"现代学徒制", "企业新型学徒制"}
    assert values("attendance", "状态") >= {"出勤", "半天", "带薪假", "事假", "病假", "休息"}
    assert values("policies", "险种") == {"实习责任保险", "意外伤害保险"}
    assert values("filings", "事项") >= {"高风险", "休息日", "夜班"}
    assert values("schools", "办学层次") == {"中职", "高职专科"}


def test_unspoiled_month_is_paid_by_the_formula_of_the_contract(tmp_path: Path) -> None:
    written(tmp_path, 60, 1, ON)
    october = [row for row in rows_of(tmp_path, "attendance") if row["日期"][:7] == "2026-10"]
    units = {"出勤": Decimal(1), "带薪假": Decimal(1), "半天": Decimal("0.5")}
    planted = {"代金券", "实物"}
    checked = 0

    for row in rows_of(tmp_path, "placements"):
        rows = [day for day in october if day["安排编号"] == row["安排编号"]]
        paid = [
            pay
            for pay in rows_of(tmp_path, "payments")
            if pay["安排编号"] == row["安排编号"]
            and pay["所属月份"] == "2026-10"
            and pay["发放方式"] not in planted
        ]
        if row["计酬方式"] != "月薪" or not rows or len(paid) != 1 or paid[0]["扣款项目"]:
            continue
        worked = sum((units.get(day["状态"], Decimal(0)) for day in rows), Decimal(0))
        agreed = Decimal(row["约定报酬"])
        due = min(agreed, agreed * worked / 18)
        checked += abs(Decimal(paid[0]["金额"]) - due) <= Decimal("0.005")

    assert checked >= 15


def test_clean_payments_come_by_their_due_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "PLAN", ())
    written(tmp_path, 120, 1, ON)
    pay_days = {
        row["安排编号"]: int(row["支付日"] or 15) for row in rows_of(tmp_path, "placements")
    }

    for row in rows_of(tmp_path, "payments"):
        year, month = map(int, row["所属月份"].split("-"))
        following = date(year + month // 12, month % 12 + 1, pay_days[row["安排编号"]])
        assert f"{following:%Y-%m-01}" <= row["发放日期"] <= following.isoformat()


def test_folder_with_foreign_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "students.csv").write_text("真实名册", encoding="utf-8")

    with pytest.raises(DemoRefused):
        written(tmp_path, 60, 1, ON)

    assert [path.name for path in tmp_path.iterdir()] == ["students.csv"]
    assert (tmp_path / "students.csv").read_text(encoding="utf-8") == "真实名册"


def test_real_district_with_a_label_of_its_own_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "district.json").write_text('{"version": 1}', encoding="utf-8")

    with pytest.raises(DemoRefused):
        written(tmp_path, 60, 1, ON)

    assert [path.name for path in tmp_path.iterdir()] == ["district.json"]


def test_earlier_demo_is_written_over_and_a_cut_off_run_swept_away(tmp_path: Path) -> None:
    written(tmp_path, 60, 1, ON)
    (tmp_path / ".writing-cut-off").mkdir()
    (tmp_path / ".writing-cut-off" / "students.csv").write_text("half", encoding="utf-8")

    written(tmp_path, 60, 2, ON)

    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"district.json", *(table.file_name for table in TABLES.values())}


@pytest.mark.parametrize("on", [date(1930, 1, 1), date(2197, 12, 31)])
def test_districts_of_the_first_and_the_last_day_are_of_the_format(
    on: date, tmp_path: Path
) -> None:
    written(tmp_path, 300, 1, on)

    assert list(open_district(tmp_path).read_through()) == []


@pytest.mark.parametrize("on", ["1900-01-01", "1929-12-31", "2198-01-01", "2199-12-31"])
def test_command_refuses_a_day_around_which_the_format_has_no_room(on: str, tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    with pytest.raises(CommandError, match="1930-01-01 到 2197-12-31") as refusal:
        call_command("seed_demo", "--size=60", f"--on={on}", f"--write={folder}")

    assert refusal.value.returncode == 2
    assert not folder.exists()


@pytest.mark.parametrize(("size", "days"), [(59, None), (1_000_001, None), (60, 0)])
def test_impossible_orders_are_refused(size: int, days: int | None) -> None:
    with pytest.raises(DemoRefused):
        Order(size, 1, ON, days)


def test_command_writes_the_folder_and_prints_what_to_expect(tmp_path: Path) -> None:
    out = StringIO()

    call_command(
        "seed_demo",
        "--size=60",
        "--on=2026-11-24",
        f"--write={tmp_path}",
        "--format=json",
        stdout=out,
    )

    answer = json.loads(out.getvalue())
    assert answer["expected"]["INS-01"] == 1
    assert answer["rows"]["schools"] == 3
    assert answer["on"] == "2026-11-24"
    assert (tmp_path / "attendance.csv").exists()


def test_command_refuses_a_foreign_folder_with_status_two(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        call_command("seed_demo", "--size=60", f"--write={tmp_path}")

    assert refusal.value.returncode == 2


def peak_mebibytes(size: int, folder: Path) -> float:
    """Peak memory of a process of its own that writes a district of the size.

    Read from /proc, because `ru_maxrss` begins with the peak of the process that forked it.
    """
    script = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from exchange.demo.writing import Order, write_district;"
        f"write_district(Path(sys.argv[1]), Order({size}, 1, date(2026, 11, 24)));"
        "print(Path('/proc/self/status').read_text())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    peak = next(line for line in done.stdout.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def test_twenty_times_the_people_take_no_more_than_a_few_mebibytes_more(tmp_path: Path) -> None:
    small = peak_mebibytes(600, tmp_path / "small")
    large = peak_mebibytes(12_000, tmp_path / "large")

    assert large - small < 5


@pytest.mark.deep
def test_whole_district_of_130_000_fits_in_300_mebibytes(tmp_path: Path) -> None:
    assert peak_mebibytes(130_000, tmp_path) < 300
