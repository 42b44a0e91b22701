"""Signing in, signing out and changing a password at the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.test import Client

from people.accounts import limits
from people.accounts.services import open_account
from people.models import SignInTries, User

PASSWORD = "horse-battery-2026"
OTHER_PASSWORD = "staple-correct-2027"
WRONG = "用户名或密码不对"
# The clock's, and the length of the name that is shown again
VARYING = {"Expires", "Content-Length"}


@pytest.fixture
def user(db: None) -> User:
    return open_account(username="wang", display_name="王老师", password=PASSWORD)


def try_password(client: Client, username: str, password: str, **extra: Any) -> Any:
    return client.post("/sign-in", {"username": username, "password": password}, **extra)


def test_the_right_password_signs_in_and_leads_to_the_page_asked_for(
    client: Client, user: User
) -> None:
    asked = client.get("/password")
    form = client.get(asked.headers["Location"])

    answer = client.post(
        "/sign-in", {"username": " Ｗang ", "password": PASSWORD, "next": "/password"}
    )

    assert asked.headers["Location"] == "/sign-in?next=/password"
    assert 'value="/password"' in form.content.decode()
    assert answer.headers["Location"] == "/password"
    assert client.get("/password").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_outside(client: Client, user: User, target: str) -> None:
    answer = client.post("/sign-in", {"username": "wang", "password": PASSWORD, "next": target})

    assert answer.headers["Location"] == settings.LOGIN_REDIRECT_URL


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer_after_the_same_work(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    argon2 = type(hashers.get_hasher())

    def counted(name: str) -> Callable[..., Any]:
        original = getattr(argon2, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            hashed.append(name)
            return original(*args, **kwargs)

        return call

    for name in ("encode", "verify"):
        monkeypatch.setattr(argon2, name, counted(name))
    answers, work = [], []

    for name in ("wang", "nobody", "disabled", "link-only"):
        if name == "disabled":
            other = open_account(username=name, display_name="停用", password=PASSWORD)
            User.objects.filter(pk=other.pk).update(is_active=False)
        if name == "link-only":
            open_account(username=name, display_name="演示")
        hashed.clear()
        page = try_password(Client(), name, PASSWORD if name == "disabled" else "not-the-password")
        text = page.content.decode().replace(name, "NAME")
        headers = {key: page.headers[key] for key in page.headers if key not in VARYING}
        answers.append((page.status_code, WRONG in text, len(text), headers))
        work.append(len(hashed))

    assert answers == [answers[0]] * 4
    assert answers[0][:2] == (422, True)
    assert work == [1, 1, 1, 1]


def test_what_was_typed_is_kept_but_for_the_password(client: Client, user: User) -> None:
    page = try_password(client, "wang", "not-the-password").content.decode()

    assert 'value="wang"' in page
    assert "not-the-password" not in page


def test_passwords_are_hashed_with_argon2(user: User) -> None:
    assert user.password.startswith("argon2$argon2id$")


def test_a_password_is_tried_ten_times_and_then_not_looked_at(client: Client, user: User) -> None:
    answers = [try_password(client, "wang", f"wrong-password-{n}") for n in range(10)]
    right = try_password(client, "wang", PASSWORD)

    assert [answer.status_code for answer in answers] == [422] * 10
    assert right.status_code == 429
    assert 0 < int(right.headers["Retry-After"]) <= 15 * 60
    assert "15 分钟后再试" in right.content.decode()


def test_a_stranger_elsewhere_locks_nobody_out_and_a_neighbour_neither(user: User) -> None:
    open_account(username="li", display_name="李老师", password=PASSWORD)
    for number in range(12):
        try_password(Client(REMOTE_ADDR="203.0.113.9"), "wang", f"wrong-password-{number}")

    elsewhere = try_password(Client(REMOTE_ADDR="198.51.100.7"), "wang", PASSWORD)
    neighbour = try_password(Client(REMOTE_ADDR="203.0.113.9"), "li", PASSWORD)

    assert elsewhere.status_code == 302
    assert neighbour.status_code == 302


def test_a_forged_forwarding_header_gives_no_new_tries(user: User) -> None:
    for number in range(11):
        last = try_password(
            Client(REMOTE_ADDR="203.0.113.9"),
            "wang",
            f"wrong-password-{number}",
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )

    assert last.status_code == 429


def test_the_right_password_begins_the_count_anew(client: Client, user: User) -> None:
    for number in range(9):
        try_password(client, "wang", f"wrong-password-{number}")
    try_password(client, "wang", PASSWORD)

    again = [try_password(Client(), "wang", f"wrong-password-{n}") for n in range(10)]

    assert [answer.status_code for answer in again] == [422] * 10


def test_tries_keep_neither_name_nor_address(client: Client, user: User) -> None:
    try_password(client, "wang", "not-the-password")

    kept = SignInTries.objects.get()

    assert len(bytes(kept.key)) == 32
    assert b"wang" not in bytes(kept.key)


def test_signing_in_changes_the_session_key_and_signing_out_ends_it(
    client: Client, user: User
) -> None:
    client.get("/sign-in")
    client.session.save()
    before = client.session.session_key
    try_password(client, "wang", PASSWORD)
    during = client.session.session_key

    out = client.post("/sign-out")
    client.cookies[settings.SESSION_COOKIE_NAME] = during  # type: ignore[assignment]
    late = client.get("/password")

    assert before != during
    assert out.headers["Location"] == "/sign-in"
    assert late.headers["Location"].startswith("/sign-in")


def test_signing_out_is_asked_for_by_post_with_a_token(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    by_get = client.get("/sign-out")
    without_token = client.post("/sign-out")

    assert by_get.status_code == 405
    assert without_token.status_code == 403
    assert "页面已过期" in without_token.content.decode()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(user: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        try_password(client, "wang", PASSWORD)

    changed = here.post(
        "/password", {"old": PASSWORD, "new": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    )

    assert changed.status_code == 302
    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 302
    assert try_password(Client(), "wang", OTHER_PASSWORD).status_code == 302
    assert try_password(Client(), "wang", PASSWORD).status_code == 422


@pytest.mark.parametrize(
    ("old", "new", "again", "word"),
    [
        ("not-the-password", OTHER_PASSWORD, OTHER_PASSWORD, "现在的密码不对"),
        (PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD + "!", "两次输入的新密码不一样"),
        (PASSWORD, "staple", "staple", "10"),
        (PASSWORD, "2027202720", "2027202720", "数字"),
        (PASSWORD, "password123", "password123", "常见"),
    ],
)
def test_a_password_is_not_changed_to_a_weak_or_mistyped_one_or_by_a_stranger(
    client: Client, user: User, old: str, new: str, again: str, word: str
) -> None:
    try_password(client, "wang", PASSWORD)

    answer = client.post("/password", {"old": old, "new": new, "again": again})

    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_the_old_password_cannot_be_guessed_at_the_change_page(client: Client, user: User) -> None:
    try_password(client, "wang", PASSWORD)
    change = {"new": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    for number in range(10):
        client.post("/password", change | {"old": f"wrong-password-{number}"})

    answer = client.post("/password", change | {"old": PASSWORD})

    assert answer.status_code == 429
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_disabled_user_is_out_at_the_next_request(client: Client, user: User) -> None:
    try_password(client, "wang", PASSWORD)
    before = client.get("/password").status_code

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert before == 200
    assert client.get("/password").status_code == 302


def test_the_window_of_tries_ends_after_fifteen_minutes(db: None) -> None:
    start = datetime.fromisoformat("2026-11-24T08:00:00+08:00")
    who = {"username": "wang", "place": "203.0.113.9"}

    waits = [limits.claim_try(**who, at=start + timedelta(seconds=second)) for second in range(11)]
    just_before = limits.claim_try(**who, at=start + timedelta(minutes=14, seconds=59))
    after = limits.claim_try(**who, at=start + timedelta(minutes=15))

    assert waits == [0] * 10 + [15 * 60 - 10]
    assert just_before == 1
    assert after == 0


def test_tries_that_are_over_are_swept_away(db: None) -> None:
    start = datetime.fromisoformat("2026-11-24T08:00:00+08:00")
    for number in range(5):
        limits.claim_try(username=f"u{number}", place="203.0.113.9", at=start)

    limits.claim_try(username="late", place="203.0.113.9", at=start + timedelta(minutes=16))

    assert SignInTries.objects.count() == 1
