"""Attendance of more months than a district has is refused by row, before a month is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from exchange.loading import checks_of_months
from exchange.loading.checks_of_months import MOST_MONTHS
from tests.loading.checksums import checksums
from tests.loading.conftest import Load
from tests.loading.samples import District, sample, write_folder

pytestmark = pytest.mark.django_db


def attendance_of(months: int, *, first_year: int = 2040) -> District:
    """Two days of each of so many months."""
    days = [
        f"{first_year + month // 12}-{month % 12 + 1:02}-{day:02}"
        for month in range(months)
        for day in (4, 5)
    ]
    worked = {"安排编号": "A1", "状态": "出勤", "企业确认": "是"}
    return {"attendance": [{**worked, "日期": day} for day in days]}


def months_kept() -> int:
    """The months that attendance has in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) - 1 FROM pg_inherits"
            " WHERE inhparent = 'internships_attendanceday'::regclass"
        )
        (count,) = cursor.fetchone()
    assert isinstance(count, int)
    return count


def test_each_month_too_many_is_named_by_its_first_row_and_nothing_is_written(load: Load) -> None:
    load(sample())
    room = MOST_MONTHS - months_kept()
    before = checksums()

    report = load(attendance_of(room + 3))

    assert [(p.code, p.place, p.row, p.column, p.value) for p in report.problems] == [
        ("too_many_months", "attendance.csv", 2 * place + 2, "日期", _first_day(place))
        for place in (room, room + 1, room + 2)
    ]
    assert checksums() == before


def _first_day(place: int) -> str:
    return f"{2040 + place // 12}-{place % 12 + 1:02}-04"


def test_as_many_months_as_fit_are_loaded_and_no_month_more_by_a_later_file(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(sample())
    monkeypatch.setattr(checks_of_months, "MOST_MONTHS", months_kept() + 3)

    first = load(attendance_of(3))
    again = load(attendance_of(3))
    later = load(attendance_of(4))

    assert (first.problems, first.tables["attendance"].new) == ([], 6)
    assert (again.problems, again.tables["attendance"].unchanged) == ([], 6)
    assert [(p.code, p.row) for p in later.problems] == [("too_many_months", 8)]


def test_a_database_without_memory_left_refuses_the_load_in_words(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checksums()

    def exhaust(cursor: Any, *args: object, **options: object) -> None:
        cursor.execute("DO $$ BEGIN RAISE 'out of shared memory' USING ERRCODE = '53200'; END $$")

    monkeypatch.setattr("exchange.loading.district.merge", exhaust)
    report = load(sample())

    assert [(p.code, p.row) for p in report.problems] == [("out_of_resources", None)]
    assert "53200" in report.problems[0].reason
    assert (report.tables, report.operation_id) == ({}, None)
    assert checksums() == before


def test_a_database_that_goes_away_ends_the_command_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go_away(*args: object, **options: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("exchange.management.commands.load_district.load_district", go_away)

    with pytest.raises(CommandError, match="再导入同一批文件") as refusal:
        call_command("load_district", str(write_folder(sample(), tmp_path / "in")))

    assert refusal.value.returncode == 1
