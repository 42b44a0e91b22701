"""Every number on the district's page, and on the day's, is that of the rows its link leads to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client

from common.law_rows import sync_law
from compliance.cases.judging import judge
from compliance.models import Alert
from console.accounts.demo import demo_users
from console.alerts.filters import Filters
from console.alerts.hands import PAY_RULES
from console.alerts.listing import cases
from console.placements.listing import Asked, number_of
from exchange.loading.district import load_district
from people.actors import Actor, actor_for
from people.models import School, User
from people.roles import Role
from tests.cases.rows import make_user
from tests.console.sites import NOW, ON, signed_in
from tests.demo.districts import written

LINK = re.compile(r'<a [^>]*href="(/(?:alerts|placements)\?[^"]+)"[^>]*>([^<]*)</a>')


@pytest.fixture
def people(db: None, at_nine: None, tmp_path: Path) -> dict[Role, Client]:
    """The demo users of a district of two hundred, some of whose cases are late and some waived."""
    sync_law()
    written(tmp_path, 200, 3, ON)
    report = load_district(tmp_path, at=datetime(2026, 11, 24, 0, 30, tzinfo=UTC), by="test")
    assert report.problems == []
    judge(ON, at=NOW)
    users = demo_users(on=ON)
    for school in School.objects.all()[1:3]:
        make_user(Role.SCHOOL_COORDINATOR, school=school)
    for place, alert in enumerate(Alert.objects.order_by("pk")):
        alert.deadlines_from = ON - timedelta(days=place % 12)
        alert.save()
    Alert.objects.filter(rule__in=("HOST-07", "HOST-08")).update(
        state="waived", waived_until=ON, waive_reason="试点", waived_by=users[Role.COMMISSION]
    )
    older = Alert.objects.filter(rule__in=PAY_RULES).earliest("pk")
    older.pk, older.public_id, older.period = None, uuid4(), "2026-05"
    older.save()
    return {role: signed_in(user) for role, user in users.items()}


def acting_in(browser: Client) -> Actor:
    """Who is signed in."""
    return actor_for(User.objects.get(pk=browser.session["_auth_user_id"]), on=ON)


def numbers(browser: Client, address: str, actor: Actor) -> list[tuple[str, int, int]]:
    """(link, the number it says, the number of rows behind it) of each link that says one."""
    told = []
    for link, text in LINK.findall(browser.get(address).content.decode()):
        said = re.search(r"\d+", re.sub(r"\d{4}-\d{2}(-\d{2})?", "", text))
        if said is None:
            continue
        path, query = urlsplit(unescape(link)).path, QueryDict(urlsplit(unescape(link)).query)
        if path == "/alerts":
            rows = cases(Filters.of(query), actor).count()
        else:
            rows = number_of(actor, Asked.of(query))
        told.append((unescape(link), int(said.group()), rows))
    return told


def test_every_number_of_the_district_is_that_of_the_rows_behind_it(
    people: dict[Role, Client],
) -> None:
    browser = people[Role.COMMISSION]
    actor = acting_in(browser)

    told = [
        line
        for address in ("/district", f"/district?school={School.objects.order_by('pk')[0].pk}")
        for line in numbers(browser, address, actor)
    ]

    asked = " ".join(link for link, _said, _rows in told)
    for word in ("holder=", "age=", "hand=overdue&school=", "day=", "month=", "school=0"):
        assert word in asked
    assert "state=waived" in asked
    assert len(told) > 60
    assert [line for line in told if line[1] != line[2]] == []


def test_every_number_of_the_day_and_of_the_list_is_that_of_the_rows_behind_it(
    people: dict[Role, Client],
) -> None:
    browser = people[Role.SCHOOL_COORDINATOR]
    actor = acting_in(browser)

    told = numbers(browser, "/today", actor)

    assert len(told) >= 5
    assert sum(said for _link, said, _rows in told) > 20
    assert [line for line in told if line[1] != line[2]] == []
