"""A workbook leaves with its record in the same transaction, or it does not leave."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection
from openpyxl import load_workbook

from audit.models import Operation
from console.alerts import exporting
from people.roles import Role
from tests.console.sites import District, join, signed_in, uninsured


def test_an_export_is_on_record_with_its_filters_and_the_number_of_rows(
    district: District,
) -> None:
    for name in ("A1", "A2", "B1"):
        uninsured(district[name])
    user = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])

    answer = signed_in(user).get("/alerts/export.xlsx?rule=INS&q=示例A&state=open")

    record = Operation.objects.get()
    assert answer.status_code == 200
    assert (record.kind, record.made_by) == ("export", f"user:{user.pk}")
    assert record.counts == {"alerts": 2}
    assert record.source == {"page": "alerts", "query": "rule=INS&state=open", "searched": True}
    assert record.reason


def test_without_its_record_no_file_leaves(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    uninsured(district["A1"])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    def fails(*args: Any, **values: Any) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(Operation.objects, "create", fails)
        refused = browser.get("/alerts/export.xlsx")
    given = browser.get("/alerts/export.xlsx")

    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "30"
    assert "没有给出文件" in refused.content.decode()
    assert "示例A1" not in refused.content.decode()
    assert given.status_code == 200
    assert Operation.objects.count() == 1


def test_the_record_is_written_in_the_transaction_that_reads(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    uninsured(district["A1"])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    seen: list[int] = []
    create = Operation.objects.create

    def watched(**values: Any) -> Any:
        seen.append(len(connection.savepoint_ids))
        return create(**values)

    monkeypatch.setattr(Operation.objects, "create", watched)
    around = len(connection.savepoint_ids)
    browser.get("/alerts/export.xlsx")

    assert seen == [around + 1]


def test_a_list_too_long_for_a_sheet_says_so_in_its_last_row(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A1", "A2", "A3"):
        uninsured(district[name])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    sheets = {}
    for most in (2, 3):
        monkeypatch.setattr(exporting, "MOST_ROWS", most)
        book = load_workbook(BytesIO(browser.get("/alerts/export.xlsx").content))
        sheets[most] = [row[0] for row in book.active.iter_rows(values_only=True)]

    assert sheets[2][1:] == ["INS-01", "INS-01", "只列出前 2 件，请缩小筛选范围再导出"]
    assert sheets[3][1:] == ["INS-01"] * 3


def test_a_row_says_what_cures_it_until_when_and_by_which_article(district: District) -> None:
    uninsured(district["A1"])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    book = load_workbook(BytesIO(browser.get("/alerts/export.xlsx").content))
    head, row = book.active.iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))

    assert told["天数"] == 13
    assert "补上" in str(told["怎样纠正"])
    assert f"{told['最迟']:%Y-%m-%d}" == "2026-11-25"
    assert "第三十五条" in str(told["依据"])
