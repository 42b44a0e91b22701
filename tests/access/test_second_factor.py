"""The second factor: who is asked, codes that are used once, and codes for a lost phone."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from console.accounts.demo import demo_users
from people.accounts.links import make_link
from people.accounts.second_factor import (
    CodeRefused,
    confirm_second_factor,
    offered_secret,
    pass_second_factor,
)
from people.accounts.services import change_password, open_account
from people.accounts.totp import code_of, step_at
from people.models import RecoveryCode, SecondFactor, User
from people.roles import SECOND_FACTOR_ROLES, Role
from tests.access.district import TODAY, District, join

PASSWORD = "horse-battery-2026"
NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def commissioner() -> User:
    open_account(username="wang", display_name="王", password=PASSWORD)
    return join("wang", Role.COMMISSION)


def enrolled(user: User) -> tuple[str, list[str]]:
    """The secret of the user's phone, taken on five minutes ago, and the recovery codes."""
    secret = offered_secret(user)
    before = NOW - timedelta(minutes=5)
    return secret, confirm_second_factor(user=user, code=at_that(secret, before), at=before)


def at_that(secret: str, at: datetime) -> str:
    return code_of(secret, step_at(at))


def password_given(client: Client, **more: str) -> Any:
    return client.post("/sign-in", {"username": "wang", "password": PASSWORD, **more})


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standards_own_table(seconds: int, code: str) -> None:
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds // 30) == code


@pytest.mark.parametrize(
    ("steps", "passes"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_passes_in_its_half_minute_and_the_ones_beside(
    db: None, steps: int, passes: bool
) -> None:
    user = commissioner()
    secret, _ = enrolled(user)

    try:
        pass_second_factor(user=user, code=at_that(secret, NOW + steps * HALF_MINUTE), at=NOW)
        passed = True
    except CodeRefused:
        passed = False

    assert passed is passes


def test_a_code_is_used_once_and_so_is_none_before_it(db: None) -> None:
    user = commissioner()
    secret, _ = enrolled(user)
    pass_second_factor(user=user, code=at_that(secret, NOW), at=NOW)

    for at in (NOW, NOW - HALF_MINUTE):
        with pytest.raises(CodeRefused):
            pass_second_factor(user=user, code=at_that(secret, at), at=NOW)

    pass_second_factor(user=user, code=at_that(secret, NOW + HALF_MINUTE), at=NOW)


def test_each_of_ten_recovery_codes_stands_in_once_and_for_its_owner_alone(db: None) -> None:
    user = commissioner()
    _, codes = enrolled(user)
    open_account(username="li", display_name="李", password=PASSWORD)
    other = join("li", Role.COMMISSION)
    enrolled(other)
    with pytest.raises(CodeRefused):
        pass_second_factor(user=other, code=codes[0], at=NOW)

    for code in codes:
        pass_second_factor(user=user, code=code.lower(), at=NOW)
    with pytest.raises(CodeRefused):
        pass_second_factor(user=user, code=codes[0], at=NOW)

    assert len(set(codes)) == 10
    assert RecoveryCode.objects.filter(factor__user=user, used_at=NOW).count() == 10


def test_the_database_keeps_neither_secret_nor_codes(db: None) -> None:
    user = commissioner()
    secret, codes = enrolled(user)

    kept = bytes(SecondFactor.objects.get().secret_sealed)
    digests = [bytes(row.code_index) for row in RecoveryCode.objects.all()]

    assert secret.encode() not in kept
    assert not any(code.encode() in digest for code in codes for digest in digests)


def test_the_secret_is_shown_until_it_is_confirmed_and_never_after(db: None) -> None:
    user = commissioner()
    first, second = offered_secret(user), offered_secret(user)
    enrolled(user)

    with pytest.raises(CodeRefused):
        offered_secret(user)

    assert first == second


def test_the_first_sign_in_takes_a_second_factor_on(db: None, now: None) -> None:
    commissioner()
    client = Client()
    first = password_given(client, next="/password")

    before = client.get("/password").status_code
    page = client.get(client.get("/sign-in/code").headers["Location"]).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    wrong = client.post("/sign-in/second-factor", {"code": "000000"})
    code = at_that(secret[1].replace(" ", ""), NOW)
    entered = client.post("/sign-in/second-factor", {"code": code}).content.decode()

    assert first.headers["Location"] == "/sign-in/code"
    assert before == 302
    assert wrong.status_code == 422
    assert len(re.findall(r"<li><code>[A-Z2-7]{16}</code></li>", entered)) == 10
    assert 'href="/password"' in entered
    assert client.get("/password").status_code == 200


def test_later_sign_ins_ask_for_a_code_that_was_not_used(db: None, now: None) -> None:
    secret, _ = enrolled(commissioner())
    code = at_that(secret, NOW)
    first, second = Client(), Client()
    for client in (first, second):
        password_given(client, next="/password")

    entered = first.post("/sign-in/code", {"code": code})
    replayed = second.post("/sign-in/code", {"code": code})

    assert entered.headers["Location"] == "/password"
    assert first.get("/password").status_code == 200
    assert replayed.status_code == 422
    assert second.get("/password").status_code == 302
    assert second.get("/sign-in/second-factor").headers["Location"] == "/sign-in/code"


@pytest.mark.parametrize("role", Role)
def test_commission_and_coordinators_are_asked_and_nobody_else(
    db: None, now: None, role: Role
) -> None:
    district = District()
    ties = {
        Role.SCHOOL_COORDINATOR: district.schools["A"],
        Role.SCHOOL_TEACHER: district.teachers["TA1"],
        Role.ENTERPRISE_HR: district.enterprises["E"],
        Role.ENTERPRISE_MENTOR: district.mentors["ME1"],
        Role.STUDENT: district.learners["A1"].student,
        Role.GUARDIAN: district.learners["A1"].guardian,
    }
    open_account(username="wang", display_name="王", password=PASSWORD)
    join("wang", role, ties.get(role))

    asked = password_given(Client()).headers["Location"] == "/sign-in/code"

    assert asked is (role in SECOND_FACTOR_ROLES)


def test_a_role_taken_on_later_ends_a_session_without_a_second_factor(db: None, now: None) -> None:
    district = District()
    open_account(username="wang", display_name="王", password=PASSWORD)
    join("wang", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    client = Client()
    password_given(client)
    before = client.get("/password").status_code

    join("wang", Role.SCHOOL_COORDINATOR, district.schools["A"])
    after = client.get("/password")

    assert before == 200
    assert after.status_code == 302
    assert "需要两步验证" in client.get("/sign-in").content.decode()


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 302)])
def test_a_right_password_waits_ten_minutes_for_its_code(
    db: None, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    enrolled(commissioner())
    client = Client()
    password_given(client)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=minutes))

    assert client.get("/sign-in/code").status_code == status


def test_a_password_changed_meanwhile_waits_for_no_code(db: None, now: None) -> None:
    user = commissioner()
    secret, _ = enrolled(user)
    client = Client()
    password_given(client)

    change_password(user=user, password="staple-correct-2027")
    late = client.post("/sign-in/code", {"code": at_that(secret, NOW)})

    assert late.headers["Location"] == "/sign-in"
    assert client.get("/password").status_code == 302


def test_codes_are_tried_ten_times_wherever_from_and_then_not_looked_at(
    db: None, now: None
) -> None:
    secret, _ = enrolled(commissioner())
    right = at_that(secret, NOW)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    answers = []
    for number in range(10):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        password_given(client)
        answers.append(client.post("/sign-in/code", {"code": wrong}).status_code)

    client = Client(REMOTE_ADDR="198.51.100.7")
    password_given(client)
    late = client.post("/sign-in/code", {"code": right})

    assert answers == [422] * 10
    assert late.status_code == 429


def test_without_the_right_password_there_is_no_page_for_a_code(db: None) -> None:
    enrolled(commissioner())

    for address in ("/sign-in/code", "/sign-in/second-factor"):
        assert Client().get(address).headers["Location"] == "/sign-in"


def test_links_of_the_demo_sign_in_without_a_second_factor(db: None, now: None) -> None:
    District()
    users = demo_users(on=TODAY)

    entered = {}
    for role in SECOND_FACTOR_ROLES:
        client = Client()
        client.post(f"/sign-in/demo/{make_link(user=users[role], at=NOW)}")
        entered[role] = client.get("/alerts").status_code

    assert entered == dict.fromkeys(SECOND_FACTOR_ROLES, 200)


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_a_code_at_once_one_passes() -> None:
    user = commissioner()
    secret, _ = enrolled(user)
    code = at_that(secret, NOW)

    def one_use(_: int) -> bool:
        try:
            pass_second_factor(user=user, code=code, at=NOW)
        except CodeRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=8) as pool:
        passed = list(pool.map(one_use, range(16)))

    assert passed.count(True) == 1
