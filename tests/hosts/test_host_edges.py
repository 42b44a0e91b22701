"""Hosts over the API and on pages: the commission decides, schools and the host see why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from internships.models import HostFreeze
from people.models import Enterprise
from people.roles import Role
from tests.api.clients import Browser
from tests.api.clients import signed_in as api_of
from tests.console.sites import NOW, District, join, signed_in

ASKED = {"from_day": "2026-11-24", "reason": "宿舍消防不合格"}


@pytest.fixture
def district(db: None, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return District()


@pytest.fixture
def host(district: District) -> Enterprise:
    return district.enterprises["E"]


@pytest.fixture
def commission(district: District) -> Any:
    return join("commission", Role.COMMISSION)


def test_the_commission_freezes_and_unfreezes_on_what_it_saw(
    host: Enterprise, commission: Any
) -> None:
    api, address = api_of(commission), f"/hosts/{host.pk}"
    seen = api.mark(address)

    shut = api.post(f"{address}/freeze", ASKED, if_match=seen)
    late = api.post(f"{address}/unfreeze", ASKED, if_match=seen)
    again = api.post(f"{address}/freeze", ASKED, if_match=shut.headers["ETag"])
    opened = api.post(f"{address}/unfreeze", ASKED, if_match=shut.headers["ETag"])

    assert (shut.status_code, shut.json()["frozen"]["reason"]) == (200, ASKED["reason"])
    assert shut.json()["moves"] == ["unfreeze"]
    assert (late.status_code, again.status_code) == (412, 409)
    assert (opened.status_code, opened.json()["frozen"]) == (200, None)
    assert api.codes("/freezes", "move") == ["freeze", "unfreeze"]
    assert api.post(f"{address}/freeze", ASKED).json()["code"] == "if-match-required"


@pytest.mark.parametrize(
    ("role", "tie", "status"),
    [
        (Role.SCHOOL_COORDINATOR, "A", 403),
        (Role.ENTERPRISE_HR, "E", 403),
        (Role.ENTERPRISE_HR, "F", 404),
    ],
)
def test_others_see_the_freeze_and_why_and_decide_nothing(
    district: District, host: Enterprise, commission: Any, role: Role, tie: str, status: int
) -> None:
    records: dict[str, Any] = district.schools | district.enterprises
    reader = api_of(join("r", role, records[tie]))
    mark = api_of(commission).mark(f"/hosts/{host.pk}")
    api_of(commission).post(f"/hosts/{host.pk}/freeze", ASKED, if_match=mark)

    tried = reader.post(f"/hosts/{host.pk}/unfreeze", ASKED, if_match="*")
    seen = reader.get(f"/hosts/{host.pk}")

    assert tried.status_code == status
    assert seen.status_code == (404 if status == 404 else 200)
    if seen.status_code == 200:
        assert seen.json()["frozen"]["reason"] == ASKED["reason"]
        assert seen.json()["moves"] == []
    assert HostFreeze.objects.count() == 1


def test_students_guardians_and_mentors_are_shown_no_hosts(
    district: District, host: Enterprise
) -> None:
    browsers: list[Browser] = [
        api_of(join("s", Role.STUDENT, district.learners["A1"].student)),
        api_of(join("m", Role.ENTERPRISE_MENTOR, district.mentors["ME1"])),
    ]

    answers = [browser.get(f"/hosts/{host.pk}").status_code for browser in browsers]

    assert answers == [404, 404]
    assert [browser.codes("/freezes", "id") for browser in browsers] == [[], []]


def test_the_page_freezes_says_why_and_leads_from_the_district(
    district: District, host: Enterprise, commission: Any
) -> None:
    browser = signed_in(commission)
    coordinator = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    stranger = signed_in(join("cc", Role.SCHOOL_COORDINATOR, district.schools["C"]))

    refused = browser.post(f"/hosts/{host.pk}/freeze", ASKED | {"from_day": "2026-11-23"})
    done = browser.post(f"/hosts/{host.pk}/freeze", ASKED)

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "不能早于" in refused.content.decode()
    assert "宿舍消防不合格" in browser.get(f"/hosts/{host.pk}").content.decode()
    assert "hosts?frozen=1" in browser.get("/district").content.decode()
    assert "宿舍消防不合格" in coordinator.get("/today").content.decode()
    assert "宿舍消防不合格" not in stranger.get("/today").content.decode()
    assert host.name in stranger.get("/hosts?frozen=1").content.decode()
    assert coordinator.post(f"/hosts/{host.pk}/unfreeze", ASKED).status_code == 403


def test_a_list_of_hosts_asks_the_same_for_one_and_for_fifty(
    district: District,
) -> None:
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    browser.get("/hosts")
    numbers = []
    for made in (0, 47):
        for number in range(made):
            Enterprise.objects.create(
                credit_code=f"91500117{number:010d}",
                name=f"企业{number}",
                division_code="500117",
                staff_count=9,
            )
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/hosts").status_code == 200
        numbers.append(len(seen))

    assert numbers[0] == numbers[1]
