"""The bell counts what is unread, the page puts it together, and only a press marks it as read."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from compliance.models import Alert, Notice
from compliance.notices.digests import write_digests
from people.roles import Role
from tests.console.sites import NOW, ON, District, crowded, join, signed_in, uninsured
from tests.console.test_pages_ask_little import questions
from tests.notices.test_whose_notices import told


def counted(browser: Client, address: str = "/today") -> str:
    """What the bell in the bar counts; empty where it counts nothing."""
    found = re.search(r'class="unread"[^>]*>([^<]*)<', browser.get(address).content.decode())
    return found[1] if found else ""


def coordinator_of_a(district: District) -> tuple[Client, Notice]:
    """A coordinator's browser, and a notice to them."""
    user = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    return signed_in(user), told(uninsured(district["A1"]), user)


def test_the_bell_counts_ones_own_unread_notices_and_opening_pages_reads_none(
    district: District,
) -> None:
    browser, notice = coordinator_of_a(district)
    other = join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    told(notice.alert, other)

    for address in ("/notices", f"/alerts/{notice.alert.public_id}", "/notices?show=all"):
        assert browser.get(address).status_code == 200

    assert counted(browser) == "1"
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize(("number", "said"), [(99, "99"), (100, "99+")])
def test_the_bell_counts_to_ninety_nine(district: District, number: int, said: str) -> None:
    user = join("qu", Role.COMMISSION)
    for month in range(number):
        told(uninsured(district["A1"], rule="PAY-05", period=f"{2000 + month}-01"), user)

    assert counted(signed_in(user), "/alerts") == said


def test_a_press_marks_one_as_read_and_leads_to_its_case(district: District) -> None:
    browser, notice = coordinator_of_a(district)

    response = browser.post(f"/notices/{notice.pk}/read", {"then": "case"})
    again = browser.post(f"/notices/{notice.pk}/read", {"then": "list"})

    notice.refresh_from_db()
    assert response.headers["Location"] == f"/alerts/{notice.alert.public_id}"
    assert again.headers["Location"] == "/notices"
    assert notice.read_at == NOW
    assert counted(browser) == ""


def test_a_press_marks_all_that_were_shown_as_read(district: District) -> None:
    browser, notice = coordinator_of_a(district)
    page = browser.get("/notices").content.decode()
    user = notice.recipient
    late = told(uninsured(district["A2"]), user)
    shown = re.search(r'name="up_to" value="(\d+)"', page)
    assert shown is not None

    browser.post("/notices/read", {"up_to": shown[1]})

    unread = set(Notice.objects.filter(read_at__isnull=True).values_list("pk", flat=True))
    assert unread == {late.pk}


def test_a_busy_stranger_can_neither_see_nor_mark_the_notice_of_another(
    district: District,
) -> None:
    browser, notice = coordinator_of_a(district)
    other = join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    told(uninsured(district["A2"]), other)
    stranger = signed_in(other)

    refused = stranger.post(f"/notices/{notice.pk}/read", {"then": "case"})
    stranger.post("/notices/read", {"up_to": str(notice.pk + 1000)})
    seen = stranger.get("/notices?show=all").content.decode()

    notice.refresh_from_db()
    assert refused.status_code == 404
    assert notice.read_at is None
    assert "示例A1" not in seen
    assert browser.post(f"/notices/{notice.pk}/read", {"then": "case"}).status_code == 302


@pytest.mark.parametrize("role", [Role.STUDENT, Role.ENTERPRISE_HR])
def test_who_holds_no_cases_has_no_bell_and_no_page_of_notices(
    district: District, role: Role
) -> None:
    tie = {
        Role.STUDENT: district.learners["A1"].student,
        Role.ENTERPRISE_HR: district.enterprises["E"],
    }[role]
    browser = signed_in(join("somebody", role, tie))

    assert browser.get("/notices").status_code == 403
    assert 'class="bell"' not in browser.get("/placements").content.decode()


def test_reading_is_a_post_and_asks_for_a_token(district: District) -> None:
    browser, notice = coordinator_of_a(district)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    assert browser.get(f"/notices/{notice.pk}/read").status_code == 405
    assert browser.get("/notices/read").status_code == 405
    assert strict.post(f"/notices/{notice.pk}/read").status_code == 403
    assert strict.post("/notices/read", {"up_to": "1"}).status_code == 403


@pytest.mark.parametrize("up_to", ["", "-1", "1e3", "９", "9" * 30])
def test_a_mark_that_is_no_number_is_not_understood(district: District, up_to: str) -> None:
    browser, notice = coordinator_of_a(district)

    response = browser.post("/notices/read", {"up_to": up_to})

    notice.refresh_from_db()
    assert response.status_code == 404
    assert notice.read_at is None


def test_three_hundred_notices_are_put_together_by_rule_the_worst_first(
    district: District,
) -> None:
    user = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    told(crowded(district.enterprises["E"]), user)
    for number in range(60):
        told(uninsured(district["A1"], rule="PAY-05", period=f"{2000 + number}-01"), user)
    told(uninsured(district["A2"]), user)
    browser = signed_in(user)

    page = browser.get("/notices").content.decode()

    headings = re.findall(r'id="rule-([A-Z]+-\d+)"', page)
    assert headings == ["INS-01", "PAY-05", "HOST-08"]
    assert page.count("标为已读：") == 1 + 3 + 1
    assert "全部 60 条" in page


def test_a_rules_notices_follow_each_other_over_pages_without_a_gap(district: District) -> None:
    user = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    written = [
        told(uninsured(district["A1"], rule="PAY-05", period=f"{2000 + number}-01"), user).pk
        for number in range(120)
    ]
    browser = signed_in(user)

    seen: list[int] = []
    address = "/notices?rule=PAY-05"
    while address:
        page = browser.get(address).content.decode()
        seen += map(int, re.findall(r'action="/notices/(\d+)/read"', page))
        further = re.search(r'href="(\?[^"]*after=\d+)"', page)
        address = "/notices" + further[1].replace("&amp;", "&") if further else ""

    assert seen == sorted(written, reverse=True)


def test_a_closed_case_is_shown_as_such_and_counted_no_more(district: District) -> None:
    browser, notice = coordinator_of_a(district)
    Alert.objects.filter(pk=notice.alert_id).update(state="cured", closed_at=NOW)

    everything = browser.get("/notices?show=all").content.decode()

    assert "已纠正" in everything
    assert counted(browser) == ""


def test_the_commission_reads_names_masked(district: District) -> None:
    user = join("qu", Role.COMMISSION)
    told(uninsured(district["A1"]), user)

    page = signed_in(user).get("/notices").content.decode()

    assert "示例A1" not in page
    assert "示***" in page


@pytest.mark.parametrize(
    "address", ["/notices", "/notices?show=all", "/notices?rule=PAY-05", "/placements"]
)
@pytest.mark.parametrize("role", [Role.SCHOOL_COORDINATOR, Role.COMMISSION])
def test_pages_ask_the_same_for_one_notice_and_fifty(
    district: District, role: Role, address: str
) -> None:
    user = join("reader", role, district.schools["A"] if role == Role.SCHOOL_COORDINATOR else None)
    told(uninsured(district["A1"], rule="PAY-05", period="1999-01"), user)
    browser = signed_in(user)
    browser.get(address)
    for_one = questions(browser, address)

    for number in range(49):
        told(uninsured(district["A1"], rule="PAY-05", period=f"{2000 + number}-01"), user)
    told(uninsured(district["A2"]), user)
    for_fifty = questions(browser, address)

    assert for_fifty == for_one


def test_the_bell_costs_a_page_one_question(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _ = coordinator_of_a(district)
    browser.get("/placements")
    with_bell = questions(browser, "/placements")

    monkeypatch.setattr("console.templatetags.console_pages.bell_of", lambda actor: None)

    assert questions(browser, "/placements") == with_bell - 1


def test_the_mornings_digest_stands_on_the_page_with_links_to_its_cases(
    district: District,
) -> None:
    browser, _ = coordinator_of_a(district)
    uninsured(district["A2"])
    write_digests(ON, at=NOW)

    page = browser.get("/notices").content.decode()
    before = signed_in(join("ca3", Role.SCHOOL_COORDINATOR, district.schools["A"])).get("/notices")

    assert "等您处理 2 件，其中新增 2 件，逾期 0 件" in page
    assert 'href="/alerts?rule=INS-01&amp;hand=mine">2<' in page
    assert "今日摘要" not in before.content.decode()
