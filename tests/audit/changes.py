"""One request for each address that changes something and names nothing of anybody's."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from people.accounts.invitations import invite
from people.accounts.links import make_link
from people.accounts.resets import make_reset
from people.accounts.second_factor import confirm_second_factor, offered_secret
from people.accounts.services import change_password, open_account
from people.accounts.tokens import begin_device
from people.accounts.totp import code_of, step_at
from people.actors import actor_for
from people.models import Teacher, User
from people.roles import Role
from tests.console.sites import NOW, ON, join, signed_in
from tests.walk.world import World

PASSWORD = "horse-battery-2026"
Send = Callable[[], Any]
Made = Callable[[World], Send]


def _coordinator(world: World) -> User:
    return User.objects.get(pk=world._user(Role.SCHOOL_COORDINATOR, "A").pk)


def _teacher(world: World) -> User:
    user = User.objects.get(pk=world._user(Role.SCHOOL_TEACHER, "TA1").pk)
    change_password(user=user, password=PASSWORD)
    return user


def to_api(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    headers |= {"idempotency-key": uuid4().hex}
    return client.post(
        f"/api/v1/{address}", json.dumps(body or {}), "application/json", headers=headers
    )


def _on_a_phone(world: World) -> Send:
    asked = {"username": _teacher(world).username, "password": PASSWORD, "device": "phone"}
    return lambda: to_api(Client(), "tokens", asked)


def _off_a_phone(world: World) -> Send:
    tokens = begin_device(user=_teacher(world), name="phone", at=NOW)
    return lambda: to_api(Client(), "tokens/end", authorization=f"Bearer {tokens.access}")


def _by_password(world: World) -> Send:
    asked = {"username": _teacher(world).username, "password": PASSWORD}
    return lambda: Client().post("/sign-in", asked)


def _half_in(world: World) -> tuple[Client, User]:
    user, client = _coordinator(world), Client()
    change_password(user=user, password=PASSWORD)
    client.post("/sign-in", {"username": user.username, "password": PASSWORD})
    return client, user


def _by_code(world: World) -> Send:
    client, user = _half_in(world)
    secret, before = offered_secret(user), NOW - timedelta(minutes=5)
    confirm_second_factor(user=user, code=code_of(secret, step_at(before)), at=before)
    code = code_of(secret, step_at(NOW))
    return lambda: client.post("/sign-in/code", {"code": code})


def _taking_a_code_on(world: World) -> Send:
    client, user = _half_in(world)
    code = code_of(offered_secret(user), step_at(NOW))
    return lambda: client.post("/sign-in/second-factor", {"code": code})


def _out(world: World) -> Send:
    client = signed_in(_teacher(world))
    return lambda: client.post("/sign-out")


def _new_password(world: World) -> Send:
    client = signed_in(_teacher(world))
    asked = {"old": PASSWORD, "new": f"{PASSWORD}-next", "again": f"{PASSWORD}-next"}
    return lambda: client.post("/password", asked)


def _free_teacher(world: World) -> Teacher:
    return Teacher.objects.create(school=world.district.schools["A"], name="刘老师")


def _invite(world: World) -> Send:
    client, whom = signed_in(_coordinator(world)), f"school_teacher:{_free_teacher(world).pk}"
    return lambda: client.post("/people/invite", {"whom": whom})


def _many_cases(world: World) -> Send:
    client = signed_in(_coordinator(world))
    case = next(it for it in world.things if (it.kind, it.of) == ("case", "A1"))
    form = {"once": f"{uuid4()}", "action": "acknowledge", "alert": f"{case.key}"}
    return lambda: client.post("/alerts", form)


def _by_demo_link(world: World) -> Send:
    user = open_account(username="demo-teacher", display_name="演示", demo=True)
    join(user.username, Role.COMMISSION)
    token = make_link(user=user, at=NOW)
    return lambda: Client().post(f"/sign-in/demo/{token}")


def _accept(world: World) -> Send:
    actor = actor_for(_coordinator(world), on=ON)
    tie = _free_teacher(world)
    _made, token = invite(actor=actor, role=Role.SCHOOL_TEACHER, tie=tie, name="刘", at=NOW)
    asked = {"username": "liu", "new": PASSWORD, "again": PASSWORD}
    return lambda: Client().post(f"/invitations/{token}", asked)


def _reset(world: World) -> Send:
    actor = actor_for(_coordinator(world), on=ON)
    token = make_reset(actor=actor, user=_teacher(world), at=NOW)
    asked = {"new": f"{PASSWORD}-next", "again": f"{PASSWORD}-next"}
    return lambda: Client().post(f"/password/reset/{token}", asked)


def _workbook(world: World) -> Send:
    client = signed_in(_coordinator(world))
    return lambda: client.get("/alerts/export.xlsx")


# The address → what makes its request ready, and the request.
CHANGES: dict[str, Made] = {
    "api/v1/tokens": _on_a_phone,
    "api/v1/tokens/end": _off_a_phone,
    "sign-in": _by_password,
    "sign-in/code": _by_code,
    "sign-in/second-factor": _taking_a_code_on,
    "sign-in/demo/<str:token>": _by_demo_link,
    "sign-out": _out,
    "password": _new_password,
    "password/reset/<str:token>": _reset,
    "invitations/<str:token>": _accept,
    "people/invite": _invite,
    "alerts": _many_cases,
    "alerts/export.xlsx": _workbook,
}

# What changes only how somebody reads, or goes on with what is on record; with the reason.
EXCUSED = {
    "language": "a cookie of the reader's browser; the database is not asked",
    "alerts/views": "filters under a name, for the own list alone",
    "alerts/views/<int:number>/drop": "filters under a name, for the own list alone",
    "notices/read": "when it was read stands in the notice, which allows no other change",
    "notices/<int:notice_id>/read": "when it was read stands in the notice",
    "sign/<str:token>": "calls the verbs of the moves, which are asked here",
    "sign/<str:token>/code": "a code without which nobody signs; the signature is on record",
    "api/v1/^.*$": "nothing is there",
    "api/v1/tokens/refresh": "goes on with a sign-in that is on record; misuse ends the device",
}
