"""Phones: signing in, renewing, signing out, and every token that is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.accounts import tokens
from people.accounts.limits import TRIES
from people.accounts.services import begin_membership, change_password, end_membership
from people.models import Device, User
from people.roles import Role
from tests.api.clients import ROOT, Browser, signed_in
from tests.api.test_refusals import refused
from tests.console.sites import NOW, ON, District, join, uninsured

PASSWORD = "一个够长的口令2026"


class Clock:
    """The time that requests read."""

    def __init__(self) -> None:
        self.now = NOW

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock(district: District, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def teacher(district: District) -> User:
    user = join("ta1", Role.SCHOOL_TEACHER, district.teachers["TA1"])
    change_password(user=user, password=PASSWORD)
    return user


def come_in(username: str = "ta1", password: str = PASSWORD, device: str = "手机") -> Any:
    asked = {"username": username, "password": password, "device": device}
    return Browser(Client()).post("/tokens", asked)


def renewed(refresh: str) -> Any:
    return Browser(Client()).post("/tokens/refresh", {"refresh": refresh})


def read(access: str, address: str = "/placements") -> Any:
    return Browser(Client()).get(address, authorization=f"Bearer {access}")


def end(access: str) -> Any:
    return Browser(Client()).post("/tokens/end", authorization=f"Bearer {access}")


def test_a_phone_reads_what_its_user_sees(clock: Clock, teacher: User) -> None:
    given = come_in().json()

    rows = read(given["access"]).json()["results"]

    assert sorted(row["code"] for row in rows) == ["A1", "A3"]
    assert given["access_expires_at"] == "2026-11-24T09:15:00+08:00"
    assert given["refresh_expires_at"] == "2026-12-24T09:00:00+08:00"


def test_a_phone_acts_without_the_token_of_a_page(
    district: District, clock: Clock, teacher: User
) -> None:
    alert = uninsured(district["A1"])
    access = come_in().json()["access"]
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        f"{ROOT}/alerts/{alert.public_id}/acknowledge",
        "{}",
        content_type="application/json",
        headers={"authorization": f"Bearer {access}", "idempotency-key": "a"},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("username", "password"), [("ta1", "一个不对的口令2026"), ("nobody", PASSWORD), ("ta1", "x")]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(
    clock: Clock, teacher: User, username: str, password: str
) -> None:
    said = refused(come_in(username, password), 401, "wrong-password")

    assert said == refused(come_in("ta1", "wrong again"), 401, "wrong-password")
    assert not Device.objects.exists()


def test_tries_are_counted_and_the_right_password_is_not_looked_at_past_them(
    clock: Clock, teacher: User
) -> None:
    tried = [come_in(password="wrong").status_code for _ in range(TRIES)]
    late = come_in()

    assert tried == [401] * TRIES
    refused(late, 429, "throttled")
    assert late.headers["Retry-After"] == "900"


@pytest.mark.parametrize("role", [Role.SCHOOL_COORDINATOR, Role.COMMISSION])
def test_who_sees_a_whole_school_or_the_district_comes_in_by_the_console(
    district: District, clock: Clock, teacher: User, role: Role
) -> None:
    access = come_in().json()["access"]
    tie = district.schools["B"] if role == Role.SCHOOL_COORDINATOR else None
    begin_membership(user=teacher, role=role, tie=tie, first=ON)

    refused(come_in(), 403, "console-only")
    refused(read(access), 403, "no-role")


def test_the_database_keeps_no_token(clock: Clock, teacher: User) -> None:
    given = come_in().json()

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(d)::text FROM people_device d")
        kept = cursor.fetchone()[0]

    assert given["refresh"] not in kept
    assert given["refresh"].rpartition("_")[2] not in kept
    assert given["access"] not in kept


def test_a_refresh_token_is_replaced_and_its_answer_given_again_for_ten_seconds(
    clock: Clock, teacher: User
) -> None:
    first = come_in().json()
    clock.later(minutes=20)

    stale = read(first["access"])
    second = renewed(first["refresh"]).json()
    clock.later(seconds=10)
    again = renewed(first["refresh"]).json()

    refused(stale, 401, "token-refused")
    assert second == again
    assert second["refresh"] != first["refresh"]
    assert read(second["access"]).status_code == 200
    assert Device.objects.get().generation == 2


def test_a_token_replaced_longer_ago_ends_the_device(clock: Clock, teacher: User) -> None:
    first = come_in().json()
    second = renewed(first["refresh"]).json()
    clock.later(seconds=10.001)

    late = renewed(first["refresh"])

    refused(late, 401, "token-refused")
    assert Device.objects.get().ended_for == "reused"
    refused(read(second["access"]), 401, "token-refused")
    refused(renewed(second["refresh"]), 401, "token-refused")


def test_the_one_before_the_last_ends_the_device_even_at_once(clock: Clock, teacher: User) -> None:
    first = come_in().json()
    second = renewed(first["refresh"]).json()
    third = renewed(second["refresh"]).json()

    refused(renewed(first["refresh"]), 401, "token-refused")

    refused(renewed(third["refresh"]), 401, "token-refused")
    assert Device.objects.get().ended_for == "reused"


def test_a_made_up_token_of_a_known_device_ends_nothing(clock: Clock, teacher: User) -> None:
    first = come_in().json()
    second = renewed(first["refresh"]).json()
    head = first["refresh"].rpartition("_")[0]
    ahead = second["refresh"].replace("_2_", "_3_")

    for forged in (f"{head}_{'A' * 43}", ahead, second["refresh"][:-1]):
        refused(renewed(forged), 401, "token-refused")

    assert renewed(second["refresh"]).status_code == 200


@pytest.mark.parametrize("span", [timedelta(days=30), timedelta(days=29, hours=23)])
def test_a_phone_left_alone_for_thirty_days_signs_in_again(
    clock: Clock, teacher: User, span: timedelta
) -> None:
    given = come_in().json()
    clock.now += span

    answer = renewed(given["refresh"])

    assert answer.status_code == (401 if span == timedelta(days=30) else 200)


def test_a_phone_signs_in_again_after_ninety_days_however_much_it_is_used(
    clock: Clock, teacher: User
) -> None:
    refresh = come_in().json()["refresh"]
    for _ in range(3):
        clock.later(days=29)
        refresh = renewed(refresh).json()["refresh"]

    clock.later(days=3)

    refused(renewed(refresh), 401, "token-refused")


ENDINGS: dict[str, Callable[[User, str], object]] = {
    "signed out": lambda user, access: end(access),
    "another password": lambda user, access: change_password(
        user=user, password="另一个够长的口令2026"
    ),
    "disabled": lambda user, access: User.objects.filter(pk=user.pk).update(is_active=False),
    "removed from the list": lambda user, access: signed_in(user).delete(
        f"/devices/{Device.objects.get().public_id}"
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ends_a_phone_ends_it_at_the_next_request(
    clock: Clock, teacher: User, ending: str
) -> None:
    given = come_in().json()
    assert read(given["access"]).status_code == 200

    ENDINGS[ending](teacher, given["access"])

    refused(read(given["access"]), 401, "token-refused")
    refused(renewed(given["refresh"]), 401, "token-refused")


def test_a_membership_that_ends_takes_its_rows_from_the_phone_at_once(
    clock: Clock, teacher: User
) -> None:
    access = come_in().json()["access"]
    assert len(read(access).json()["results"]) == 2

    end_membership(membership=teacher.memberships.get(), last=ON - timedelta(days=1))

    refused(read(access), 403, "no-role")


def test_every_forged_or_foreign_token_is_refused(clock: Clock, teacher: User) -> None:
    given = come_in().json()
    device = Device.objects.get()
    at = NOW.timestamp()
    sound = {
        "kind": "access",
        "for": "shuangyuan-api",
        "device": device.public_id.hex,
        "from": at,
        "until": at + 900,
    }

    def signed(changes: Any, salt: str = "people.accounts.tokens.access") -> str:
        return Signer(salt=salt).sign_object(sound | changes)

    payload = given["access"].rpartition(":")[0]
    attacks = {
        "refresh for access": given["refresh"],
        "another kind": signed({"kind": "refresh"}),
        "another audience": signed({"for": "elsewhere"}),
        "another purpose's key": signed({}, salt="people.accounts.links"),
        "another key": Signer(key="k" * 50, salt="people.accounts.tokens.access").sign_object(
            sound
        ),
        "no signature": payload,
        "empty signature": f"{payload}:",
        "signature cut": given["access"][:-1],
        "payload changed": f"A{given['access']}",
        "late": signed({"until": at}),
        "early": signed({"from": at + 1}),
        "nobody's device": signed({"device": "0" * 32}),
        "alg none": "eyJhbGciOiJub25lIn0." + "eyJzdWIiOiIxIn0.",
        "long": given["access"] * 50,
        "nothing": "",
    }

    passed = {name for name, token in attacks.items() if read(token).status_code != 401}

    assert read(signed({})).status_code == 200
    assert passed == set()


def test_an_access_token_renews_nothing(clock: Clock, teacher: User) -> None:
    given = come_in().json()

    refused(renewed(given["access"][:200]), 401, "token-refused")


def test_who_sends_a_bad_token_is_not_let_in_by_the_session_beside_it(
    district: District, clock: Clock, coordinator: Browser
) -> None:
    answer = coordinator.get("/schools", authorization="Bearer nothing")

    refused(answer, 401, "token-refused")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_devices_are_listed_and_removed_by_their_own_user_alone(
    district: District, clock: Clock, teacher: User
) -> None:
    come_in(device="旧手机")
    come_in(device="新手机")
    stranger = signed_in(join("tb1", Role.SCHOOL_TEACHER, district.teachers["TB1"]))
    own = signed_in(teacher)
    rows = own.get("/devices").json()["results"]

    foreign = stranger.delete(f"/devices/{rows[1]['id']}")
    removed = own.delete(f"/devices/{rows[1]['id']}")

    assert [row["name"] for row in rows] == ["新手机", "旧手机"]
    assert (foreign.status_code, removed.status_code) == (404, 204)
    assert [row["name"] for row in own.get("/devices").json()["results"]] == ["新手机"]
    assert stranger.get("/devices").json()["results"] == []


def test_a_phone_asks_little_to_know_whose_it_is(clock: Clock, teacher: User) -> None:
    access = come_in().json()["access"]

    with CaptureQueriesContext(connection) as asked:
        assert read(access, "/schools").status_code == 200

    assert len(asked) == 3


def test_a_demo_account_comes_in_on_no_phone_in_production(
    clock: Clock, teacher: User, settings: Any
) -> None:
    access = come_in().json()["access"]
    User.objects.update(demo=True)
    settings.PRODUCTION = True

    refused(read(access), 401, "token-refused")
    refused(come_in(), 401, "wrong-password")


def test_the_name_of_a_device_is_kept_without_what_no_record_can_hold(
    clock: Clock, teacher: User
) -> None:
    given = tokens.begin_device(user=teacher, name="手\x00机" * 60, at=NOW)

    assert given.device.name == ("手机" * 60)[:60]
    assert json.dumps(datetime.isoformat(given.access_expires_at))
