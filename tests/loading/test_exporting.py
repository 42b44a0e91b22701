"""An exported district loads as all unchanged, is on record, and is inert in a spreadsheet."""

from __future__ import annotations

import csv
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from audit.models import Operation
from exchange.export.district import ExportRefused, export_district
from exchange.format import TABLES
from exchange.loading.district import load_district
from tests.loading.checksums import checksums
from tests.loading.conftest import AT, BY, Load
from tests.loading.samples import LI, District, sample, write_folder

pytestmark = pytest.mark.django_db

SIZES = {stem: len(rows) for stem, rows in sample().items()}
SIGNS = ("=1+1", "+1", "-1", "@SUM(1)", "＝1", "＋1", "－a", "＠a")


def export(folder: Path, **options: Any) -> Path:
    """Export to `folder` for a stated reason."""
    export_district(folder, reason="年度移交", at=AT, by=BY, **options)
    return folder


def with_formulas() -> District:
    """The sample with every sign that a spreadsheet may take for a formula."""
    district = sample()
    post = district["posts"][0]
    district["posts"] += [
        {**post, "岗位编号": f"Z{number}", "岗位名称": sign} for number, sign in enumerate(SIGNS)
    ]
    district["posts"].append({**post, "岗位编号": "-P9"})
    district["payments"][1]["扣款项目"] = "=1+1:3"
    return district


def test_an_export_loads_as_all_unchanged(load: Load, tmp_path: Path) -> None:
    load(sample())
    before = checksums()

    report = load_district(export(tmp_path / "out"), at=AT, by=BY)

    assert report.problems == []
    assert {stem: counts.unchanged for stem, counts in report.tables.items()} == SIZES
    after = checksums()
    assert {name for name in after if after[name] != before[name]} == {
        "audit_operation",
        "audit_auditevent",
        "audit_auditevent_id_seq",
        "audit_audithead",
    }


def test_an_export_into_another_database_says_the_same_words(load: Load, tmp_path: Path) -> None:
    load(with_formulas())
    first = export(tmp_path / "first")
    keys = {stem: _read(first / f"{stem}.csv", key_columns_of=stem) for stem in TABLES}
    load(keys, retract=True)
    report = load_district(first, at=AT, by=BY)
    assert report.problems == []

    second = export(tmp_path / "second")

    for stem in TABLES:
        if stem != "attendance":
            assert (second / f"{stem}.csv").read_bytes() == (first / f"{stem}.csv").read_bytes()


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\n", "\t", "\u2028"])
def test_a_break_within_a_text_is_still_one_text(load: Load, tmp_path: Path, sign: str) -> None:
    district = sample()
    for stem, title in (("students", "班级"), ("enterprises", "地址"), ("posts", "岗位名称")):
        district[stem][0][title] = f"甲{sign}乙"
    assert load(district).problems == []

    report = load_district(export(tmp_path / "out"), at=AT, by=BY)

    assert report.problems == []
    assert {stem: counts.unchanged for stem, counts in report.tables.items()} == SIZES


def _read(path: Path, *, key_columns_of: str) -> list[dict[str, str]]:
    titles = [column.title for column in TABLES[key_columns_of].key_columns]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{title: row[title] for title in titles} for row in csv.DictReader(file)]


def test_no_cell_of_an_export_starts_as_a_formula(load: Load, tmp_path: Path) -> None:
    load(with_formulas())

    folder = export(tmp_path / "out")

    cells = 0
    for stem in TABLES:
        with (folder / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                cells += len(row)
                assert not [cell for cell in row if cell[:1] in set("=+-@\t\r＝＋－＠")]
    assert cells > 400
    report = load_district(folder, at=AT, by=BY)
    assert sum(c.new + c.changed for c in report.tables.values()) == 0
    assert report.problems == []


def test_empty_tables_are_written_with_their_titles(tmp_path: Path) -> None:
    folder = export(tmp_path / "out")

    assert sorted(file.name for file in folder.iterdir()) == sorted(
        [*(table.file_name for table in TABLES.values()), "district.json"]
    )
    assert load_district(folder, at=AT, by=BY).problems == []


def test_an_export_is_recorded_with_its_reason_and_counts(load: Load, tmp_path: Path) -> None:
    load(sample())

    report = export_district(tmp_path / "out", reason=" 年度移交 ", at=AT, by=BY)

    operation = Operation.objects.get(pk=report.operation_id)
    assert (operation.kind, operation.reason, operation.made_by) == ("export", "年度移交", BY)
    assert operation.counts == SIZES
    assert report.rows == SIZES


def test_nothing_is_read_when_the_record_cannot_be_made(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(sample())

    def fail(*args: Any, **options: Any) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(Operation, "save", fail)
    with pytest.raises(RuntimeError, match="no record"):
        export(tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir() if path.name != "district-0"] == []


def test_files_are_for_their_owner_alone(load: Load, tmp_path: Path) -> None:
    load(sample())

    folder = export(tmp_path / "out")

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert LI in (folder / "students.csv").read_text()


def test_a_folder_that_holds_anything_is_refused(load: Load, tmp_path: Path) -> None:
    load(sample())
    taken = write_folder(sample(), tmp_path / "taken")
    before = checksums()

    with pytest.raises(ExportRefused, match="不是空的"):
        export(taken)

    assert checksums() == before
    (tmp_path / "empty").mkdir()
    assert (export(tmp_path / "empty") / "schools.csv").exists()


@pytest.mark.parametrize("reason", ["", "  ", "理" * 201])
def test_an_export_needs_a_reason(tmp_path: Path, reason: str) -> None:
    with pytest.raises(ExportRefused, match="理由"):
        export_district(tmp_path / "out", reason=reason, at=AT, by=BY)

    assert not (tmp_path / "out").exists()


def test_an_export_cut_off_leaves_no_folder(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(sample())

    def stop(stem: str, rows: int) -> None:
        if stem == "students":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(tmp_path / "out", progress=stop)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["district-0"]


@pytest.mark.django_db(transaction=True)
def test_an_export_cut_off_is_on_record_all_the_same(load: Load, tmp_path: Path) -> None:
    load(sample())

    def stop(stem: str, rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(tmp_path / "out", progress=stop)

    assert Operation.objects.filter(kind="export").count() == 1


def test_what_a_killed_export_left_goes_with_the_next_one(load: Load, tmp_path: Path) -> None:
    load(sample())
    dead = subprocess.Popen(["true"])
    dead.wait()
    left, running = (tmp_path / f".out.partial-{pid}-x" for pid in (dead.pid, os.getpid()))
    for folder in (left, running):
        folder.mkdir()
        (folder / "students.csv").write_text(LI)

    export(tmp_path / "out")

    assert not left.exists()
    assert running.exists()
