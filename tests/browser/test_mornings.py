"""A coordinator's and a commission's morning, and every page's fitness for all readers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from compliance.models import Alert
from people.models import Membership
from people.roles import Role
from tests.browser.conftest import WIDTHS, SignIn
from tests.console.sites import ON

pytestmark = pytest.mark.deep

WIDE = WIDTHS[0]
UNFOLD = """document.querySelectorAll("main details").forEach(
    (folded) => { folded.removeAttribute("name"); folded.open = true; })"""
PAGES = {
    Role.SCHOOL_COORDINATOR: ("/today", "/alerts", "/placements", "/notices", "CASE", "PLACEMENT"),
    Role.COMMISSION: ("/district", "/alerts", "/notices", "CASE"),
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
def test_a_coordinator_acknowledges_gives_away_in_bulk_and_waives(
    sign_in: SignIn, width: int
) -> None:
    page = sign_in(Role.SCHOOL_COORDINATOR, width)
    waivable = made_waivable()

    page.locator("#uninsured .lane-rows li").first.get_by_role("link", name="处理").click()
    page.get_by_role("button", name="确认，由我跟进").click()
    expect(page.locator(".notices")).to_contain_text("已确认")
    expect(page.locator(".mark.state")).to_have_text("处理中")
    page.locator("summary", has_text="添加说明").click()
    page.get_by_label("做了什么、了解到什么").fill("已请保险公司今天补保")
    page.locator("details[open]").get_by_role("button").click()
    expect(page.locator(".steps")).to_contain_text("已请保险公司今天补保")

    page.goto("/alerts?rule=PAY&state=open")
    rows = page.locator("table.alerts tbody tr").count()
    page.get_by_label("本页全选").check()
    expect(page.locator("[data-ticked]")).to_have_text(f"{rows}")
    page.locator(".bulk-bar select").select_option(label="演示·学校实习管理员")
    page.get_by_role("button", name="指定负责人").click()
    expect(page.locator(".notices")).to_contain_text(f"已处理 {rows} 件")
    expect(page.locator("td.state").first).to_contain_text("演示·学校实习管理员")

    page.goto(f"/alerts/{waivable.public_id}")
    page.locator("summary", has_text="豁免").click()
    page.get_by_label("豁免理由").fill("试点岗位，区教委已同意")
    page.get_by_label("豁免到哪天").fill("2020-01-01")
    page.locator("details[open]").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("豁免期限应在 2026-11-24 至")
    expect(page.get_by_label("豁免理由")).to_have_value("试点岗位，区教委已同意")
    page.get_by_label("豁免到哪天").fill("2026-12-31")
    page.locator("details[open]").get_by_role("button").click()
    expect(page.locator(".mark.state")).to_have_text("已豁免")
    page.get_by_role("button", name="终止豁免").click()
    expect(page.locator(".mark.state")).to_have_text("待处理")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_commission_sees_what_is_overdue_by_holder_and_acts_on_what_climbed_to_it(
    sign_in: SignIn, width: int
) -> None:
    Alert.objects.filter(severity="critical").update(deadlines_from=ON - timedelta(days=20))
    page = sign_in(Role.COMMISSION, width)

    late = page.locator("table.matrix").first
    climbed = late.locator("a[href*='holder=commission']").first
    number = int(climbed.text_content() or "0")
    climbed.click()
    expect(page.locator("table.alerts tbody tr")).to_have_count(min(number, 50))
    page.locator("td.what a").first.click()
    page.get_by_role("button", name="确认，由我跟进").click()
    expect(page.locator(".notices")).to_contain_text("已确认")

    amiss = misfits(page, "/district", width) + misfits(page, page.url, width)
    assert amiss == []


def test_a_view_is_saved_opened_and_deleted(sign_in: SignIn) -> None:
    page = sign_in(Role.SCHOOL_COORDINATOR, WIDE)
    page.goto("/alerts?rule=INS")

    page.get_by_text("保存与管理").click()
    page.get_by_label("把现在的筛选存为").fill("每天先看")
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto("/alerts")
    page.get_by_role("navigation", name="常用视图").get_by_role("link", name="每天先看").click()
    page.wait_for_url(re.compile("rule=INS"))
    page.get_by_text("保存与管理").click()
    page.get_by_role("button", name="删除视图 每天先看").click()

    expect(page.get_by_role("link", name="每天先看")).to_have_count(0)


def test_everything_is_done_without_scripts_too(sign_in: SignIn, browser: Browser) -> None:
    page = sign_in(Role.SCHOOL_COORDINATOR, WIDE)
    context = browser.new_context(
        java_script_enabled=False, locale="zh-CN", storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{page.url.rpartition('/')[0]}/alerts?state=open")

    expect(plain.get_by_label("本页全选")).to_be_hidden()
    plain.locator("input[name=alert]").first.check()
    plain.get_by_role("button", name="确认所选").click()
    expect(plain.locator(".notices")).to_contain_text("已处理 1 件")
    plain.locator("td.what a").first.click()
    plain.locator("summary", has_text="添加说明").click()
    plain.get_by_label("做了什么、了解到什么").fill("已电话联系")
    plain.locator("details[open]").get_by_role("button").click()

    expect(plain.locator(".steps")).to_contain_text("已电话联系")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_their_width_and_serve_readers_of_every_kind(sign_in: SignIn, width: int) -> None:
    amiss = []
    for role, addresses in PAGES.items():
        page = sign_in(role, width)
        for address in addresses:
            amiss += misfits(page, _address(page, address), width)

    assert amiss == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_read_in_english_once_it_is_chosen_at_their_foot(
    sign_in: SignIn, width: int
) -> None:
    page = sign_in(Role.SCHOOL_COORDINATOR, width)

    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_contain_text("Today")
    amiss = [
        fault
        for address in PAGES[Role.SCHOOL_COORDINATOR]
        for fault in misfits(page, _address(page, address), width)
    ]

    assert amiss == []
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")


def misfits(page: Page, address: str, width: int) -> list[str]:
    """What is amiss at that address, with every form on it unfolded: too wide, or hard to read."""
    page.goto(address)
    page.evaluate(UNFOLD)
    amiss = []
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        amiss.append(f"{address} is wider than {width}")
    found = Axe().run(page)
    if found.violations_count:
        amiss.append(f"{address} at {width}\n{found.generate_report()}")
    return amiss


def made_waivable() -> Alert:
    """A case of the demo coordinator's school, of a rule that may be waived."""
    held = Membership.objects.get(user__demo=True, role=Role.SCHOOL_COORDINATOR)
    alert = Alert.objects.filter(school=held.school, rule__startswith="SUP").first()
    alert = alert or Alert.objects.filter(school=held.school, rule__startswith="AGR").earliest("pk")
    alert.rule = "HOST-07"
    alert.save()
    return alert


def _address(page: Page, address: str) -> str:
    """An address as given, or that of the first case of cover or its placement."""
    if address not in ("CASE", "PLACEMENT"):
        return address
    page.goto("/alerts?rule=INS-01")
    cell = "td.what a" if address == "CASE" else "td.who a"
    return page.locator(cell).first.get_attribute("href") or ""
