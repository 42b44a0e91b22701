"""Links for forgotten passwords: by whom, for how long, once, and what ends with them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.accounts.refusals import LinkGone, NotPermitted
from people.accounts.resets import make_reset, may_reset, read_reset, use_reset
from people.accounts.services import end_membership
from people.models import Membership, PasswordReset, User
from people.roles import Role
from tests.access.district import TODAY, District, acting, join
from tests.console.sites import NOW, signed_in

PASSWORD, NEW = "horse-battery-2026", "staple-correct-2027"
TYPED = {"new": NEW, "again": NEW}


@pytest.fixture
def district(db: None, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return District()


def teacher(district: District, name: str = "TA1") -> User:
    user = join(f"t-{name.lower()}", Role.SCHOOL_TEACHER, district.teachers[name])
    user.set_password(PASSWORD)
    user.save()
    return user


def coordinator(district: District, school: str = "A", username: str = "") -> User:
    name = username or f"c-{school.lower()}"
    return join(name, Role.SCHOOL_COORDINATOR, district.schools[school])


def test_who_looks_after_an_account_sets_its_password_anew(district: District) -> None:
    users = {
        "teacher": teacher(district),
        "coordinator": coordinator(district, username="c2"),
        "hr": join("hr2", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "mentor": join("me1", Role.ENTERPRISE_MENTOR, district.mentors["ME1"]),
        "student": join("a1", Role.STUDENT, district.learners["A1"].student),
    }
    actors = {
        "commission": join("q", Role.COMMISSION),
        "coordinator of A": coordinator(district),
        "coordinator of B": coordinator(district, "B"),
        "HR of E": join("he", Role.ENTERPRISE_HR, district.enterprises["E"]),
        "HR of F": join("hf", Role.ENTERPRISE_HR, district.enterprises["F"]),
        "teacher": users["teacher"],
    }

    may = {
        name: {role for role, user in users.items() if may_reset(acting(actor), user)}
        for name, actor in actors.items()
    }

    assert may == {
        "commission": {"coordinator"},
        "coordinator of A": {"teacher", "coordinator"},
        "coordinator of B": set(),
        "HR of E": {"hr", "mentor"},
        "HR of F": set(),
        "teacher": set(),
    }


@pytest.mark.parametrize(
    ("last", "may"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False), (None, False)]
)
def test_one_role_out_of_reach_keeps_the_account_out_of_reach(
    district: District, last: date | None, may: bool
) -> None:
    user = teacher(district)
    join(user.username, Role.ENTERPRISE_HR, district.enterprises["E"], last=last)

    assert may_reset(acting(coordinator(district)), user) is may


def test_a_role_that_begins_later_counts_too(district: District) -> None:
    user = teacher(district)
    join(user.username, Role.COMMISSION, first=date(2026, 12, 1))

    assert not may_reset(acting(coordinator(district)), user)


def test_nobody_makes_a_link_for_oneself_or_for_a_demo_account(district: District) -> None:
    own, demo = coordinator(district), teacher(district)
    User.objects.filter(pk=demo.pk).update(demo=True)

    for user in (own, User.objects.get(pk=demo.pk)):
        with pytest.raises(NotPermitted):
            make_reset(actor=acting(own), user=user, at=NOW)

    assert not PasswordReset.objects.exists()


@pytest.mark.parametrize(
    ("after", "stands"),
    [(timedelta(minutes=30, seconds=-1), True), (timedelta(minutes=30), False)],
)
def test_a_link_stands_for_half_an_hour(district: District, after: timedelta, stands: bool) -> None:
    user = teacher(district)
    token = make_reset(actor=acting(coordinator(district)), user=user, at=NOW)

    if stands:
        use_reset(token, password=NEW, at=NOW + after, on=TODAY)
    else:
        with pytest.raises(LinkGone):
            use_reset(token, password=NEW, at=NOW + after, on=TODAY)

    assert User.objects.get(pk=user.pk).check_password(NEW) is stands


def test_a_newer_link_ends_the_older_and_a_used_one_works_no_more(district: District) -> None:
    user, actor = teacher(district), acting(coordinator(district))
    older = make_reset(actor=actor, user=user, at=NOW)
    newer = make_reset(actor=actor, user=user, at=NOW)
    use_reset(newer, password=NEW, at=NOW, on=TODAY)

    for token in (older, newer, "made-up"):
        with pytest.raises(LinkGone):
            use_reset(token, password=PASSWORD, at=NOW, on=TODAY)

    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_a_link_is_void_once_its_maker_has_left(district: District) -> None:
    user, maker = teacher(district), coordinator(district)
    token = make_reset(actor=acting(maker), user=user, at=NOW)
    end_membership(membership=Membership.objects.get(user=maker), last=date(2026, 11, 23))

    with pytest.raises(LinkGone):
        read_reset(token, at=NOW, on=TODAY)


def test_a_new_password_by_the_link_ends_every_session(district: District) -> None:
    user = teacher(district)
    before, browser = signed_in(user), signed_in(coordinator(district))
    shown = browser.post(f"/people/{user.public_id}/reset").content.decode()
    link = re.search(r"http://testserver(/password/reset/[\w-]+)", shown)
    assert link

    looks = [Client().get(link[1]).status_code for _ in range(2)]
    was_in = before.get("/password").status_code
    answer = Client().post(link[1], TYPED)
    again = Client().post(link[1], TYPED)

    assert (looks, was_in) == ([200, 200], 200)
    assert answer.headers["Location"] == "/sign-in"
    assert before.get("/password").status_code == 302
    assert again.status_code == 410
    entered = Client().post("/sign-in", {"username": user.username, "password": NEW})
    assert entered.status_code == 302


def test_a_foreign_person_and_nobody_get_the_same_answer(district: District) -> None:
    user, unknown = teacher(district), uuid4()
    own = teacher(district, "TB1")
    stranger = signed_in(coordinator(district, "B"))

    answers = [stranger.post(f"/people/{who}/reset") for who in (user.public_id, unknown)]
    allowed = stranger.post(f"/people/{own.public_id}/reset")

    assert [answer.status_code for answer in answers] == [404, 404]
    assert said(answers[0], user.public_id) == said(answers[1], unknown)
    assert allowed.status_code == 200


def said(page: Any, own: Any) -> str:
    """The text of a page without what differs from request to request, and its own address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return text.replace(f"{own}", "")


def test_a_weak_password_uses_nothing_up(district: District) -> None:
    user = teacher(district)
    token = make_reset(actor=acting(coordinator(district)), user=user, at=NOW)

    weak = Client().post(f"/password/reset/{token}", {"new": "1234567890", "again": "1234567890"})

    assert weak.status_code == 422
    assert read_reset(token, at=NOW, on=TODAY) == user


@pytest.mark.django_db(transaction=True)
def test_a_link_used_many_times_at_once_sets_one_password() -> None:
    at = datetime.fromisoformat("2026-11-24T08:00:00+08:00")
    district = District()
    user = teacher(district)
    token = make_reset(actor=acting(coordinator(district)), user=user, at=at)

    def one_use(number: int) -> int | None:
        try:
            use_reset(token, password=f"{NEW}-{number}", at=at, on=TODAY)
        except LinkGone:
            return None
        finally:
            connection.close()
        return number

    with ThreadPoolExecutor(max_workers=8) as pool:
        (won,) = [number for number in pool.map(one_use, range(16)) if number is not None]

    assert User.objects.get(pk=user.pk).check_password(f"{NEW}-{won}")
