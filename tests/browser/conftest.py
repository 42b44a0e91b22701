"""A demo district with cases, served to a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from common.law_rows import sync_law
from compliance.cases.judging import judge
from console.accounts.demo import demo_users
from exchange.loading.district import load_district
from people.accounts.links import make_link
from people.roles import Role
from tests.browser.cases import take_cover_away
from tests.console.sites import NOW, ON
from tests.demo.districts import written

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
WIDTHS = (1280, 390)

SignIn = Callable[[Role, int], Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless, for no longer than the file that asks for it.

    Playwright's loop runs in this thread. While it does, Django refuses to ask the database unless
    told otherwise, and keeps a connection of its own for the loop, which nobody closes after it.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()
        connections.close_all()


@pytest.fixture
def demo_site(
    transactional_db: None,
    tmp_path: Path,
    live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """The address of a site that serves a demo district of sixty with its cases open."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    sync_law()
    written(tmp_path, 60, 1, ON)
    report = load_district(tmp_path, at=datetime(2026, 11, 24, 0, 30, tzinfo=UTC), by="test")
    assert report.problems == []
    take_cover_away(ON)
    judge(ON, at=NOW)
    return live_server.url


@pytest.fixture
def sign_in(demo_site: str, browser: Browser) -> Iterator[SignIn]:
    """Opens a page of that width, signed in as the demo user of the role."""
    users = demo_users(on=ON)
    contexts: list[Any] = []

    def opened(role: Role, width: int) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 860}, locale="zh-CN", base_url=demo_site
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(reverse("demo-sign-in", args=[make_link(user=users[role], at=NOW)]))
        page.click("main button")
        page.wait_for_load_state()
        return page

    yield opened
    for context in contexts:
        context.close()
