"""Whoever is complained of sees, before and after, the same of everything."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Outbox
from internships.complaints.handling import answer, look_into
from internships.complaints.raising import raise_complaint
from internships.models import Complaint
from people.actors import actor_for
from people.roles import Role
from tests.console.sites import NOW, ON, District, join, signed_in
from tests.walk.routes import ID_OF_NOBODY

WORDS = "入职时交了五百元押金"
# Of a page, what is new with every request.
NEW_EACH_TIME = re.compile(rb'name="(csrfmiddlewaretoken|once)" value="[^"]*"')


@pytest.fixture
def district(db: None, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return District()


ACCUSED: dict[str, tuple[Role, str, str]] = {
    "HR of the host": (Role.ENTERPRISE_HR, "enterprises", "E"),
    "the mentor": (Role.ENTERPRISE_MENTOR, "mentors", "ME1"),
    "the teacher": (Role.SCHOOL_TEACHER, "teachers", "TA1"),
    "another student": (Role.STUDENT, "learners", "A2"),
    "another school's coordinator": (Role.SCHOOL_COORDINATOR, "schools", "B"),
}


def shown(browser: Client, district: District) -> dict[str, tuple[int, bytes, str, int]]:
    """All that somebody can look at: status, body, mark, and how many queries it took."""
    placement, host = district["A1"].pk, district.enterprises["E"].pk
    addresses = [
        *("/today", "/alerts", "/placements", "/notices", "/hosts", "/complaints"),
        *(f"/placements/{placement}", f"/hosts/{host}", "/complaints/changes"),
        *(f"/api/v1/{word}" for word in ("me", "placements", "alerts", "enterprises", "posts")),
        *(f"/api/v1/placements/{placement}", f"/api/v1/hosts/{host}", "/api/v1/complaints"),
        "/api/v1/complaints/changes",
    ]
    seen = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address)
        body = NEW_EACH_TIME.sub(b"", page.content)
        seen[address] = (page.status_code, body, page.headers.get("ETag", ""), len(asked))
    return seen


QUICK = ("HR of the host", "the teacher")
EACH = [name if name in QUICK else pytest.param(name, marks=pytest.mark.deep) for name in ACCUSED]


@pytest.mark.parametrize("name", EACH)
def test_everything_looks_as_before_to_whoever_may_not_know(district: District, name: str) -> None:
    role, group, key = ACCUSED[name]
    record = getattr(district, group)[key]
    browser = signed_in(join("accused", role, getattr(record, "student", record)))
    student = actor_for(join("s", Role.STUDENT, district.learners["A1"].student), on=ON)
    school = actor_for(join("c", Role.SCHOOL_COORDINATOR, district.schools["A"]), on=ON)
    shown(browser, district)
    before, told = shown(browser, district), Outbox.objects.count()

    complaint = raise_complaint(district["A1"], kind="deposit", words=WORDS, actor=student, at=NOW)
    look_into(complaint, actor=school, at=NOW)
    answer(complaint, words="已退还", actor=school, at=NOW)

    assert shown(browser, district) == before
    assert Outbox.objects.count() == told
    for prefix in ("/complaints", "/api/v1/complaints"):
        real, never = (
            browser.get(f"{prefix}/{key}") for key in (complaint.public_id, ID_OF_NOBODY)
        )
        assert real.status_code == never.status_code
        assert real.status_code in (403, 404)


def test_the_school_looks_as_before_when_the_complaint_is_about_it(district: District) -> None:
    browser = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    student = actor_for(join("s", Role.STUDENT, district.learners["A1"].student), on=ON)
    shown(browser, district)
    before = shown(browser, district)
    about: dict[str, Any] = {"kind": "fees", "words": WORDS, "actor": student, "at": NOW}

    raise_complaint(district["A1"], against_school=True, **about)
    unseen = shown(browser, district)
    raise_complaint(district["A1"], **about)

    assert unseen == before
    assert shown(browser, district) != before
    assert Complaint.objects.count() == 2
