"""What an operator sees on the command line, and the exit status."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from exchange.format import TABLES
from tests.loading.checksums import checksums
from tests.loading.samples import keys_of, sample, write_folder

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *args: object, **options: Any) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of `load_district`."""
    with pytest.raises(SystemExit) as ended:
        call_command("load_district", *map(str, args), **options)
    captured = capsys.readouterr()
    status = ended.value.code
    assert isinstance(status, int)
    return status, captured.out, captured.err


def test_a_load_prints_counts_by_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(sample(), tmp_path / "in")

    status, out, err = run(capsys, folder)

    assert status == 0
    assert err == ""
    for table in TABLES.values():
        assert table.sheet in out
    assert "操作记录" in out
    assert "没有变化" in run(capsys, folder)[1]


def test_json_tells_counts_or_errors_with_their_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    district = sample()
    district["students"][0]["证件号码"] = "500117200903050112"
    bad = write_folder(district, tmp_path / "bad")
    good = write_folder(sample(), tmp_path / "good")

    status, out, _ = run(capsys, bad, format="json")
    answer = json.loads(out)

    assert (status, answer["refused"], answer["tables"]) == (1, True, {})
    error = answer["errors"][0]
    assert set(error) == {
        "file",
        "row",
        "column",
        "letter",
        "value",
        "reason",
        "remedy",
        "code",
    }
    assert (error["file"], error["row"], error["column"]) == ("students.csv", 2, "证件号码")
    assert "0305" not in out
    status, out, _ = run(capsys, good, format="json")
    answer = json.loads(out)
    assert (status, answer["refused"]) == (0, False)
    assert answer["tables"]["students"]["new"] == len(sample()["students"])


def test_errors_go_to_stderr_as_a_table_and_the_status_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    district = sample()
    district["placements"][0]["岗位编号"] = "P9"
    before = checksums()

    status, out, err = run(capsys, write_folder(district, tmp_path / "bad"))

    assert (status, out) == (1, "")
    assert "unknown" in err
    assert "P9" in err
    assert checksums() == before


def test_a_dry_run_and_a_retraction_are_asked_by_flags(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(sample(), tmp_path / "in")
    before = checksums()

    status, out, _ = run(capsys, folder, "--dry-run")

    assert status == 0
    assert "没有写入" in out
    assert checksums() == before
    run(capsys, folder)
    status, out, _ = run(capsys, write_folder(keys_of(sample()), tmp_path / "keys"), "--retract")
    assert status == 0


@pytest.mark.parametrize("name", ["missing", "a-file.txt", "empty"])
def test_a_path_that_is_no_district_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "a-file.txt").write_text("hello")
    (tmp_path / "empty").mkdir()

    status, out, err = run(capsys, tmp_path / name)

    assert (status, out) == (1, "")
    assert name in err
    assert "Traceback" not in err


def test_wrong_usage_is_status_two() -> None:
    command = [sys.executable, "manage.py", "load_district"]

    for wrong in ([], ["x", "--format", "yaml"], ["x", "y"]):
        ended = subprocess.run(
            [*command, *wrong], cwd=settings.BASE_DIR, capture_output=True, check=False
        )
        assert ended.returncode == 2


def test_export_needs_a_reason_and_an_empty_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, write_folder(sample(), tmp_path / "in"))

    with pytest.raises(CommandError, match="reason"):
        call_command("export_district", str(tmp_path / "out"))
    with pytest.raises(CommandError, match="不是空的"):
        call_command("export_district", str(tmp_path / "in"), reason="核对")
    call_command("export_district", str(tmp_path / "out"), reason="核对")

    assert "students.csv 4" in capsys.readouterr().out
    assert (tmp_path / "out" / "students.csv").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_export_asked_to_stop_leaves_nothing_and_gives_the_signals_back(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    run(capsys, write_folder(sample(), tmp_path / "in"))
    before = signal.getsignal(number)

    def asked_to_stop(*args: Any, **options: Any) -> None:
        signal.raise_signal(number)

    monkeypatch.setattr("exchange.export.district._write_table", asked_to_stop)
    with pytest.raises(SystemExit) as left:
        call_command("export_district", str(tmp_path / "out"), reason="核对")

    assert left.value.code == 128 + number
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert signal.getsignal(number) is before
