"""Pictures of the pages at both widths, from a running demo site, for docs/screenshots."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent
PICTURES = CHECKOUT / "docs" / "screenshots"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
WIDTHS = (1280, 390)
TALLEST = 1240
# role → name of the picture, and the address or the link on the list that leads to it
PAGES = {
    "school_coordinator": {
        "today": "/today",
        "alerts": "/alerts",
        "alert-cover": "/alerts?hand=uninsured td.what a",
        "alert-pay": "/alerts?rule=PAY-04 td.what a",
        "alert-waiver": "/alerts?rule=HOST-07 td.what a",
        "placement": "/alerts?hand=uninsured td.who a",
        "notices": "/notices",
    },
    "commission": {"district": "/district"},
    "student": {"student": "/"},
}


def sign_in_links(site: str) -> dict[str, str]:
    """A link for each demo role."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), "demo_sign_in_links"]
    printed = subprocess.run(
        [*command, "--base-url", site, "--format", "json"], check=True, capture_output=True
    )
    links: dict[str, str] = json.loads(printed.stdout)
    return links


def pictures(browser: Browser, site: str) -> Iterator[Path]:
    """Signs in once a role, and takes each page at each width."""
    links = sign_in_links(site)
    for role, pages in PAGES.items():
        context = browser.new_context(locale="zh-CN", base_url=site)
        page = context.new_page()
        page.goto(links[role])
        page.click("main button")
        page.wait_for_load_state()
        for name, address in pages.items():
            for width in WIDTHS:
                yield picture(page, name, address, width)
        context.close()


def picture(page: Page, name: str, address: str, width: int) -> Path:
    """One page at one width, cut where nobody scrolls any more."""
    page.set_viewport_size({"width": width, "height": 860})
    start, _, link = address.partition(" ")
    page.goto(start)
    if link:
        page.goto(page.locator(link).first.get_attribute("href") or start)
    height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    page.set_viewport_size({"width": width, "height": height})
    taken = PICTURES / f"{name}-{width}.png"
    page.screenshot(path=taken)
    return taken


def main() -> None:
    """Take them all from the site named on the command line."""
    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        for taken in pictures(browser, site):
            sys.stdout.write(f"{taken.relative_to(CHECKOUT)}\n")
        browser.close()


if __name__ == "__main__":
    main()
