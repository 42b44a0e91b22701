"""English for who asks it or chose it: whole pages of it, and Chinese for all others."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import CharField
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook

from compliance.cases.moves import acknowledge, add_note, assign, waive
from compliance.models import Alert
from compliance.registry import all_rules
from people.actors import actor_for
from people.models import User
from people.roles import Role
from tests.access.district import District
from tests.console.sites import NOW, ON, crowded, join, signed_in, uninsured

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
ENGLISH: dict[str, Any] = {"headers": {"accept-language": "en-GB,en;q=0.9"}}
VOID = frozenset({"br", "img", "input", "link", "meta"})


class Spoken(HTMLParser):
    """The text and the attributes of a page, less what says that it is Chinese."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID and not self._silent:
            self._note(attrs)
        elif tag not in VOID and (self._silent or dict(attrs).get("lang") == "zh-Hans"):
            self._silent += 1
        elif tag not in VOID:
            self._note(attrs)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)

    def _note(self, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for _name, value in attrs]


def names() -> list[str]:
    """Every text that the rows of the district hold: names of people, schools, hosts, posts."""
    found: set[str] = set()
    for app in ("people", "internships", "insurance"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                if type(field) is CharField and model._meta.managed and not field.choices:
                    rows: Any = model._base_manager
                    found |= set(rows.values_list(field.name, flat=True))
    return sorted((text for text in found if text and CHINESE.search(text)), key=len, reverse=True)


def chinese_on(page: str, *, typed: tuple[str, ...] = ()) -> list[str]:
    """What a page says in Chinese beside the names of its rows and what was typed."""
    data = (*typed, *names(), "示")
    found = []
    for said in Spoken(page).said:
        for name in data:
            said = said.replace(name, "")
        if CHINESE.search(said):
            found.append(said.strip())
    return found


@pytest.fixture
def cases(district: District) -> dict[str, Alert]:
    """Cases with a life: noted, assigned, waived, escalated, of pay, of cover and of a host."""
    coordinator = join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])
    actor = actor_for(coordinator, on=ON)
    made = {
        "cover": uninsured(district["A1"]),
        "waived": uninsured(district["A2"], rule="HOST-07"),
        "host": crowded(district.enterprises["E"]),
        "pay": uninsured(district["A3"], rule="PAY-09", period="2026-10"),
    }
    Alert.objects.filter(pk=made["pay"].pk).update(
        facts={"due_on": "2026-11-15", "days_overdue": 9}, deadlines_from=date(2026, 11, 1)
    )
    add_note(made["cover"], note="已联系企业", actor=actor, at=NOW)
    acknowledge(made["cover"], actor=actor, at=NOW)
    assign(made["cover"], to=coordinator, actor=actor, at=NOW)
    waive(made["waived"], reason="试点岗位", until=date(2026, 12, 1), actor=actor, at=NOW)
    return made


OTHER_READERS = ("teacher", "commission", "host", "student")


def readers(district: District) -> dict[str, User]:
    """Somebody in every role that has pages."""
    return {
        "coordinator": User.objects.get(username="ca"),
        "teacher": join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"]),
        "commission": join("qu", Role.COMMISSION),
        "host": join("he", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "student": join("a1", Role.STUDENT, district.learners["A1"].student),
    }


@pytest.mark.parametrize(
    "who",
    ["coordinator", *(pytest.param(who, marks=pytest.mark.deep) for who in OTHER_READERS)],
)
def test_every_page_of_every_role_is_english_beside_the_names_it_shows(
    district: District, cases: dict[str, Alert], who: str
) -> None:
    addresses = [
        *("/today", "/district", "/alerts", "/alerts?state=all", "/alerts?rule=PAY&hand=overdue"),
        "/alerts?severity=red&school=0&age=4-7&period=2026-10&holder=teacher",
        *("/placements", "/placements?day=2026-11-24&month=2026-10", "/placements?q=nobody"),
        *("/notices", "/notices?show=all", "/password", "/status", "/nowhere"),
        *(f"/alerts/{alert.public_id}" for alert in cases.values()),
        *(f"/placements/{placement.pk}" for placement in district.placements.values()),
    ]

    browser = signed_in(readers(district)[who])
    spoken = {address: browser.get(address, **ENGLISH).content.decode() for address in addresses}

    typed = ("已联系企业", "试点岗位")
    assert {key: chinese_on(page, typed=typed) for key, page in spoken.items()} == {
        key: [] for key in spoken
    }
    # Where a reader is led elsewhere there is no page
    assert all('<html lang="en">' in page for page in spoken.values() if page)
    shown = [address for address in addresses[:3] if spoken[address]]
    assert shown == addresses[:3] or who != "coordinator"


def test_pages_for_those_not_signed_in_are_english_too(district: District) -> None:
    browser = Client()

    pages = [
        browser.get("/sign-in", **ENGLISH),
        browser.post("/sign-in", {"username": "x", "password": ""}, **ENGLISH),
        browser.post("/sign-in", {"username": "x", "password": "y"}, **ENGLISH),
        browser.get("/sign-in/demo/none", **ENGLISH),
        browser.get("/status", **ENGLISH),
        Client(enforce_csrf_checks=True).post("/sign-in", {}, **ENGLISH),
    ]

    assert [chinese_on(page.content.decode()) for page in pages] == [[] for _page in pages]


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("note", {"note": ""}),
        ("assign", {"to": ""}),
        ("assign", {"to": "nobody"}),
        ("waive", {"reason": "", "until": ""}),
        ("waive", {"reason": "pilot", "until": "2020-01-01"}),
        ("waive", {"reason": "pilot", "until": "soon"}),
        ("end-waiver", {}),
    ],
)
def test_what_is_refused_is_refused_in_english(
    district: District, cases: dict[str, Alert], key: str, typed: dict[str, str]
) -> None:
    alert = uninsured(district["A1"], rule="HOST-07")
    browser = signed_in(User.objects.get(username="ca"))

    answer = browser.post(
        f"/alerts/{alert.public_id}/{key}", {"once": str(uuid4()), **typed}, **ENGLISH
    )

    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in page or 'class="fault"' in page
    assert chinese_on(page) == []


def test_what_is_done_is_said_in_english(district: District, cases: dict[str, Alert]) -> None:
    alert = uninsured(district["A1"], rule="HOST-08")
    browser = signed_in(User.objects.get(username="ca"))
    ticked = {"once": str(uuid4()), "alert": str(alert.public_id), "action": "acknowledge"}

    pages = [
        browser.post("/alerts", ticked, follow=True, **ENGLISH),
        browser.post("/alerts", {"once": str(uuid4()), "action": "assign"}, **ENGLISH),
        browser.post("/alerts/views", {"name": "mine"}, follow=True, **ENGLISH),
        browser.post("/alerts/views", {"name": ""}, **ENGLISH),
        browser.post("/notices/read", {"up_to": "1"}, follow=True, **ENGLISH),
        browser.post("/sign-out", follow=True, **ENGLISH),
    ]

    found = [chinese_on(page.content.decode()) for page in pages]
    assert found == [[] for _page in pages]


def test_the_workbook_has_an_english_head_and_english_words(
    district: District, cases: dict[str, Alert]
) -> None:
    browser = signed_in(User.objects.get(username="ca"))

    book = load_workbook(BytesIO(browser.get("/alerts/export.xlsx", **ENGLISH).content))

    # The last column names the law, which is Chinese
    head, *rows = ([str(cell) for cell in row] for row in book.active.iter_rows(values_only=True))
    cells = [*head, *(cell for row in rows for cell in row[:-1])]
    assert len(rows) > 2
    assert book.sheetnames == ["Alerts"]
    assert [chinese for cell in cells for chinese in chinese_on(cell)] == []


def test_every_rule_has_a_title_in_english() -> None:
    with override("en"):
        titles = [str(rule.title) for rule in all_rules()]

    assert [title for title in titles if CHINESE.search(title)] == []


@pytest.mark.parametrize(
    ("listed", "language"),
    [
        ("", "zh-hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("en-US,en;q=0.9,zh-CN;q=0.1", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("fr-FR,fr;q=0.9", "zh-hans"),
        ("*", "zh-hans"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("fr-FR,en;q=0.5", "en"),
        ("en,zh;q=0", "en"),
        ("x" * 10_000, "zh-hans"),
    ],
)
def test_a_browser_is_answered_in_chinese_unless_it_lists_english_and_no_chinese(
    district: District, listed: str, language: str
) -> None:
    page = Client().get("/sign-in", headers={"accept-language": listed}).content.decode()

    assert f'<html lang="{language}">' in page


def test_the_foot_of_a_page_changes_the_language_and_leads_back_to_it(district: District) -> None:
    browser = Client(headers={"accept-language": "zh-CN"})

    before = browser.get("/sign-in?next=/alerts%3Frule%3DINS").content.decode()
    answer = browser.post("/language", {"language": "en", "next": "/sign-in?next=/alerts"})
    after = browser.get("/sign-in").content.decode()

    assert 'name="next" value="/sign-in?next=/alerts%3Frule%3DINS"' in before
    assert answer.headers["Location"] == "/sign-in?next=/alerts"
    assert answer.cookies["django_language"]["httponly"]
    assert '<html lang="zh-hans">' in before
    assert '<html lang="en">' in after


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_a_choice_of_language_leads_to_no_other_site(district: District, elsewhere: str) -> None:
    answer = Client().post("/language", {"language": "en", "next": elsewhere})

    assert answer.headers["Location"] == "/"


def test_a_language_is_chosen_by_a_form_of_ours_and_from_those_there_are(
    district: District,
) -> None:
    careful = Client(enforce_csrf_checks=True)

    tokenless = careful.post("/language", {"language": "en"})
    read = Client().get("/language")
    unknown = Client().post("/language", {"language": "tlh", "next": "/sign-in"})

    assert [tokenless.status_code, read.status_code, unknown.status_code] == [403, 405, 302]
    assert "django_language" not in unknown.cookies


def test_the_page_of_a_refused_form_does_not_lead_back_to_the_form_alone(
    district: District, cases: dict[str, Alert]
) -> None:
    browser = signed_in(User.objects.get(username="ca"))

    page = browser.post(f"/alerts/{cases['cover'].public_id}/note", {"once": str(uuid4())})

    assert 'class="languages"' in page.content.decode()
    assert 'name="next" value="/"' in page.content.decode()
