"""No address, however spelled, makes a page fail: what cannot be understood is left out."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from people.models import LearnerIdentity, SavedView
from people.roles import Role
from tests.console.sites import District, join, signed_in, uninsured


@pytest.mark.parametrize(
    "address",
    [
        "/alerts?q=%00",
        "/alerts?class=%00",
        "/alerts?rule=INS-%00",
        "/alerts/export.xlsx?q=%00",
        "/placements?q=%00",
        "/placements?month=9999-12",
        "/placements?month=0001-01",
        "/placements?day=9999-12-31",
    ],
)
def test_what_no_record_can_hold_is_left_out(district: District, address: str) -> None:
    uninsured(district["A1"])
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    answer = browser.get(address)

    assert answer.status_code == 200


def test_a_view_is_kept_without_what_no_record_can_hold(district: District) -> None:
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    browser.post("/alerts/views?rule=INS", {"name": "每天\x00先看"})

    assert SavedView.objects.get().name == "每天先看"


def test_a_control_character_in_a_class_does_not_keep_a_workbook_in(district: District) -> None:
    uninsured(district["A1"])
    LearnerIdentity.objects.update(class_name="一\x0b班")
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))

    answer = browser.get("/alerts/export.xlsx")

    rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    assert any("一班" in row for row in rows)
