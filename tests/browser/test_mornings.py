"""A coordinator's and a commission's morning, and every page's fitness for all readers."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from people.roles import Role
from tests.browser.conftest import WIDTHS, SignIn

pytestmark = pytest.mark.deep

WIDE = WIDTHS[0]
PAGES = {
    Role.SCHOOL_COORDINATOR: ("/today", "/alerts", "/placements", "CASE", "PLACEMENT"),
    Role.COMMISSION: ("/district", "/alerts"),
    Role.SCHOOL_TEACHER: ("/",),
    Role.ENTERPRISE_HR: ("/",),
    Role.ENTERPRISE_MENTOR: ("/",),
    Role.STUDENT: ("/",),
}


def test_a_coordinator_goes_from_the_day_to_the_uninsured_student_and_back_by_search(
    sign_in: SignIn,
) -> None:
    page = sign_in(Role.SCHOOL_COORDINATOR, WIDE)
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.locator(".lane")).to_have_count(5)

    page.locator("#uninsured .lane-rows li").first.get_by_role("link", name="处理").click()
    expect(page.locator(".lead")).to_contain_text("没有实习责任保险")
    bare = page.locator(".cover .day.gap").first
    bare.click()
    expect(page.locator("[data-told]")).to_contain_text("没有保险")
    expect(page.locator("blockquote")).to_contain_text("第三十五条")

    page.get_by_role("link", name="查看这次实习").click()
    name = (page.locator("h1").text_content() or "").replace("实习中", "").strip()
    expect(page.locator(".checks li")).to_have_count(6)
    page.get_by_role("navigation", name="页面").get_by_role("link", name="预警").click()
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name="查找").click()
    expect(page.locator("table.alerts tbody tr").first).to_contain_text(name)
    assert "q=" in page.url


def test_filters_submit_themselves_and_stay_in_the_address(sign_in: SignIn) -> None:
    page = sign_in(Role.SCHOOL_COORDINATOR, WIDE)
    page.goto("/alerts")

    page.locator(".chips").first.get_by_role("link", name="保险").click()
    page.locator("select[name=hand]").select_option("uninsured")
    page.wait_for_url(re.compile("hand=uninsured"))

    assert "rule=INS" in page.url
    expect(page.locator("table.alerts tbody tr.unprotected").first).to_be_visible()


def test_the_commission_goes_from_the_district_to_a_host_and_sees_no_whole_name(
    sign_in: SignIn,
) -> None:
    page = sign_in(Role.COMMISSION, WIDE)
    expect(page).to_have_url(re.compile("/district$"))
    expect(page.locator(".figure").first).to_contain_text("%")
    square = page.locator(".square").first
    number = int(square.text_content() or "0")

    square.click()

    expect(page.locator("table.alerts tbody tr")).to_have_count(number)
    names = page.locator("td.who a").all_text_contents()
    assert names
    assert all(re.fullmatch(r".\*+", name.strip()) for name in names)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_their_width_and_serve_readers_of_every_kind(sign_in: SignIn, width: int) -> None:
    amiss = []
    for role, addresses in PAGES.items():
        page = sign_in(role, width)
        for address in addresses:
            page.goto(_address(page, address))
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                amiss.append(f"{role} {address} is wider than {width}")
            found = Axe().run(page)
            if found.violations_count:
                amiss.append(f"{role} {address}\n{found.generate_report()}")

    assert amiss == []


def _address(page: Page, address: str) -> str:
    """An address as given, or that of the first case of cover or its placement."""
    if address not in ("CASE", "PLACEMENT"):
        return address
    page.goto("/alerts?rule=INS-01")
    cell = "td.what a" if address == "CASE" else "td.who a"
    return page.locator(cell).first.get_attribute("href") or ""
