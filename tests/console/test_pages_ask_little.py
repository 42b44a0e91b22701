"""A page asks the database the same number of questions for one row and for fifty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.roles import Role
from tests.console.sites import District, join, signed_in, uninsured


def questions(browser: Client, address: str) -> int:
    """How many queries the page makes, the session's included."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


LISTS = ["/today", "/alerts", "/alerts?q=A", "/alerts/export.xlsx"]


@pytest.mark.parametrize(
    ("role", "lists"),
    [(Role.SCHOOL_COORDINATOR, LISTS), (Role.COMMISSION, [*LISTS, "/district"])],
)
def test_lists_ask_the_same_for_one_case_and_fifty(
    district: District, role: Role, lists: list[str]
) -> None:
    tie = district.schools["A"] if role == Role.SCHOOL_COORDINATOR else None
    browser = signed_in(join("reader", role, tie))
    uninsured(district["A1"])
    for address in lists:
        browser.get(address)
    for_one = {address: questions(browser, address) for address in lists}

    for number in range(48):
        name = f"A{number + 100}"
        uninsured(district.place(name, ("A", "E", "TA1", "ME1")))
    for_fifty = {address: questions(browser, address) for address in lists}

    more = {address: for_fifty[address] - for_one[address] for address in lists}
    assert [name for name in lists if more[name] > (5 if name == "/today" else 0)] == []
    assert max(for_fifty.values()) < 40


def test_a_placement_asks_the_same_with_one_case_and_twelve(district: District) -> None:
    browser = signed_in(join("reader", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    address = f"/placements/{district['A1'].pk}"
    uninsured(district["A1"])
    browser.get(address)
    for_one = questions(browser, address)

    for month in range(1, 12):
        uninsured(district["A1"], rule="PAY-05", period=f"2026-{month:02d}")
    for_twelve = questions(browser, address)

    assert for_twelve == for_one
