"""The pages of inviting: the link shown once, taken back, accepted with an account or without."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django.utils import timezone

from people.accounts.invitations import invite
from people.models import Invitation, Membership, Teacher, User
from people.roles import Role
from tests.access.district import District, acting, join
from tests.console.sites import NOW, signed_in

PASSWORD = "horse-battery-2026"
ANEW = {"username": "li", "new": PASSWORD, "again": PASSWORD}


@pytest.fixture
def district(district: District, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return district


@pytest.fixture
def coordinator(district: District) -> User:
    return join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])


def teacher_of(district: District, name: str = "TA1") -> str:
    return f"school_teacher:{district.teachers[name].pk}"


def said(page: Any, own: str) -> str:
    """The text of a page without what differs from request to request, and its own address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return text.replace(own, "")


def link_from(page: Any) -> str:
    found = re.search(r"<code>http://testserver(/invitations/[\w-]+)</code>", page.content.decode())
    assert found
    return found[1]


def test_an_invited_teacher_makes_an_account_and_signs_in_with_it(
    district: District, coordinator: User
) -> None:
    browser, invited = signed_in(coordinator), Client()
    shown = browser.post("/people/invite", {"whom": teacher_of(district)})
    link = link_from(shown)

    looks = [invited.get(link).status_code for _ in range(2)]
    made = invited.post(link, ANEW)
    again = Client().post(link, ANEW)

    username = User.objects.get(memberships__role=Role.SCHOOL_TEACHER).username
    entered = invited.post("/sign-in", {"username": username, "password": PASSWORD})
    assert looks == [200, 200]
    assert username in made.content.decode()
    assert (again.status_code, "已经用过" in again.content.decode()) == (410, True)
    assert entered.headers["Location"] == "/"
    assert invited.get("/alerts").status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]


def test_the_link_is_shown_once_and_the_list_has_who_was_invited(
    district: District, coordinator: User
) -> None:
    browser = signed_in(coordinator)
    whom = f"school_coordinator:{district.schools['A'].pk}"
    link = link_from(browser.post("/people/invite", {"whom": whom, "name": "钱主任"}))

    page = browser.get("/people").content.decode()

    assert "钱主任" in page
    assert link.rpartition("/")[2] not in page


def test_an_account_that_is_signed_in_gets_the_role(district: District, coordinator: User) -> None:
    link = link_from(signed_in(coordinator).post("/people/invite", {"whom": teacher_of(district)}))
    user = join("hr", Role.ENTERPRISE_HR, district.enterprises["E"])
    browser = signed_in(user)

    offered = browser.get(link).content.decode()
    answer = browser.post(link)

    assert "已以“hr”登录" in offered
    assert answer.status_code == 302
    assert acting(user).has(Role.SCHOOL_TEACHER)


def test_a_withdrawn_link_says_so(district: District, coordinator: User) -> None:
    browser = signed_in(coordinator)
    link = link_from(browser.post("/people/invite", {"whom": teacher_of(district)}))

    back = browser.post(f"/people/invitations/{Invitation.objects.get().public_id}/withdraw")
    page = Client().get(link)

    assert back.status_code == 302
    assert page.status_code == 410
    assert "撤回" in page.content.decode()


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (72, 410)])
def test_a_link_opens_for_three_days(
    district: District,
    coordinator: User,
    monkeypatch: pytest.MonkeyPatch,
    hours: int,
    status: int,
) -> None:
    link = link_from(signed_in(coordinator).post("/people/invite", {"whom": teacher_of(district)}))
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=hours))

    assert Client().get(link).status_code == status


def test_a_busy_stranger_withdraws_nothing_and_learns_nothing(
    district: District, coordinator: User
) -> None:
    signed_in(coordinator).post("/people/invite", {"whom": teacher_of(district)})
    foreign, unknown = Invitation.objects.get().public_id, uuid4()
    stranger = signed_in(join("cb", Role.SCHOOL_COORDINATOR, district.schools["B"]))
    stranger.post("/people/invite", {"whom": teacher_of(district, "TB1")})

    answers = [
        stranger.post(f"/people/invitations/{public_id}/withdraw")
        for public_id in (foreign, unknown)
    ]
    smuggled = stranger.post("/people/invite", {"whom": teacher_of(district)})

    assert [answer.status_code for answer in answers] == [404, 404]
    assert said(answers[0], f"{foreign}") == said(answers[1], f"{unknown}")
    assert smuggled.status_code == 422
    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 2


@pytest.mark.parametrize(
    "role", [Role.SCHOOL_TEACHER, Role.ENTERPRISE_MENTOR, Role.STUDENT, Role.GUARDIAN]
)
def test_who_looks_after_nobody_has_no_such_page(district: District, role: Role) -> None:
    tie = {
        Role.SCHOOL_TEACHER: district.teachers["TA1"],
        Role.ENTERPRISE_MENTOR: district.mentors["ME1"],
        Role.STUDENT: district.learners["A1"].student,
        Role.GUARDIAN: district.learners["A1"].guardian,
    }[role]
    browser = signed_in(join("x", role, tie))

    assert [browser.get(page).status_code for page in ("/people", "/people/invite")] == [403, 403]


def test_accepting_answers_alike_whether_a_user_name_is_taken_or_not(
    district: District, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    argon2 = type(hashers.get_hasher())
    encode = argon2.encode

    def counted(*args: Any, **more: Any) -> str:
        hashed.append("")
        return str(encode(*args, **more))

    monkeypatch.setattr(argon2, "encode", counted)
    join("wang", Role.COMMISSION)
    answers = []

    for teacher, beginning in (("TA1", "wang"), ("TA2", "free")):
        invited: dict[str, Any] = {
            "role": Role.SCHOOL_TEACHER,
            "tie": district.teachers[teacher],
            "name": "李",
        }
        _, token = invite(actor=acting(coordinator), at=NOW, **invited)
        page = Client().post(f"/invitations/{token}", {**ANEW, "username": beginning})
        text = re.sub(beginning + r"-\d{4}", "", said(page, token))
        answers.append((page.status_code, text))

    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert len(hashed) == 2


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({**ANEW, "again": "another-horse-2026"}, "两次输入的新密码不一样"),
        ({**ANEW, "new": "1234567890", "again": "1234567890"}, "数字"),
        ({**ANEW, "username": "李"}, "用户名请用字母或数字开头"),
    ],
)
def test_what_is_wrong_is_told_and_the_link_still_works(
    district: District, coordinator: User, typed: dict[str, str], word: str
) -> None:
    link = link_from(signed_in(coordinator).post("/people/invite", {"whom": teacher_of(district)}))

    refused = Client().post(link, typed)

    assert refused.status_code == 422
    assert word in refused.content.decode()
    assert PASSWORD not in refused.content.decode()
    assert Client().post(link, ANEW).status_code == 200


def test_the_page_of_people_asks_as_much_for_fifty_as_for_one(
    district: District, coordinator: User, django_assert_num_queries: Any
) -> None:
    browser = signed_in(coordinator)

    def add(count: int) -> None:
        for number in range(count):
            name = f"t{number}-{count}"
            tie = Teacher.objects.create(school=district.schools["A"], name=name)
            join(name, Role.SCHOOL_TEACHER, tie)
            other = Teacher.objects.create(school=district.schools["A"], name=f"{name}-invited")
            invite(
                actor=acting(coordinator), role=Role.SCHOOL_TEACHER, tie=other, name=name, at=NOW
            )

    for count in (1, 49):
        add(count)
        with django_assert_num_queries(6):
            browser.get("/people")

    assert Membership.objects.count() == 51
    assert datetime.fromisoformat("2026-11-27T09:00:00+08:00") == (
        Invitation.objects.latest("pk").expires_at
    )
