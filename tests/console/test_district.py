"""The commission's figures on the days where they turn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.alerts.filters import Filters
from console.alerts.listing import cases
from console.district import matrix
from console.district.figures import ages
from people.roles import Role
from tests.access.district import District
from tests.cases.rows import as_actor, make_user
from tests.console.sites import ON, crowded, signed_in
from tests.rules.builders import make_enterprise

pytestmark = pytest.mark.django_db


def test_a_red_case_is_of_one_age_and_of_none_before_its_first_day(district: District) -> None:
    actor = as_actor(make_user(Role.COMMISSION), ON)
    days = (None, -30, -1, 0, 3, 4, 7, 8, 30, 31, 400)
    for place, old in enumerate(days):
        alert = crowded(make_enterprise())
        alert.severity = "critical"
        alert.period = f"2026-{place + 1:02}"
        alert.since = None if old is None else ON - timedelta(days=old)
        alert.save()

    told = {age.word: age.cases for age in ages(actor, None)}

    assert told == {"ahead": 3, "0-3": 2, "4-7": 2, "8-30": 2, "31-": 2}
    asked = {word: cases(Filters(age=word), actor).count() for word in told}
    assert asked == told


def test_hosts_that_the_table_has_no_room_for_are_counted(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "HOSTS_SHOWN", 2)
    for _ in range(5):
        crowded(make_enterprise())
    browser = signed_in(make_user(Role.COMMISSION))

    page = browser.get("/district").content.decode()

    assert "另有 3 家企业" in page
