"""A worker has loaded what pages need before anybody waits for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.base import Template

from console.warming import TEMPLATES, warm
from people.roles import Role
from tests.console.sites import District, join, signed_in, uninsured


def test_warming_asks_no_database_and_finds_every_template() -> None:
    assert warm() == len(list(TEMPLATES.rglob("*.html"))) > 20


def test_after_it_no_page_compiles_a_template(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = uninsured(district["A1"])
    coordinator = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    commission = signed_in(join("qu", Role.COMMISSION))
    warm()

    def compiles(self: Template, *args: Any) -> None:
        raise AssertionError(self.origin)

    monkeypatch.setattr(Template, "compile_nodelist", compiles)
    pages = [
        coordinator.get(address).status_code
        for address in ("/today", "/alerts", f"/alerts/{alert.public_id}", "/placements")
    ]

    assert [*pages, commission.get("/district").status_code] == [200] * 5
