"""One request for each address at which placements, batches and complaints are begun or moved."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from people.models import User
from people.roles import Role
from tests.audit.changes import Made, Send, to_api
from tests.console.sites import signed_in
from tests.life.cast import ENDS_ON, STARTS_ON, Cast
from tests.walk.world import World

WORDS = "每周都加班到夜里十点"


def _coordinator(world: World) -> Any:
    user = world._user(Role.SCHOOL_COORDINATOR, "A")
    return signed_in(User.objects.get(pk=user.pk))


def _student(world: World) -> Any:
    return signed_in(User.objects.get(pk=world._user(Role.STUDENT, "A1").pk))


def _cast(world: World) -> Cast:
    """Somebody of school A who is placed nowhere yet, a post of host E, and all who take part."""
    learner = world.district.enrol(f"N{len(world.district.learners)}", "A")
    return Cast(learner=learner, post=world.district.posts["E"])


def _drafted(world: World) -> Send:
    cast = _cast(world)
    asked = {
        "learner": f"{cast.learner.public_id}",
        "kind": "production",
        "starts_on": f"{STARTS_ON}",
        "ends_on": f"{ENDS_ON}",
        "post": cast.post.pk,
    }
    client = signed_in(cast.users[Role.SCHOOL_COORDINATOR])
    return lambda: to_api(client, "placements", asked)


def _many(stage: str, key: str, role: Role) -> Made:
    def made(world: World) -> Send:
        cast = _cast(world)
        asked = {"items": [{"id": getattr(cast, stage)().pk, "etag": "*"}]}
        client = signed_in(cast.users[role])
        return lambda: to_api(client, f"placements/{key}", asked)

    return made


def _placed(world: World) -> Send:
    cast = _cast(world)
    form = {
        "once": f"{uuid4()}",
        "learner": [cast.learner.pk],
        "kind": "production",
        "starts_on": f"{STARTS_ON}",
        "ends_on": f"{ENDS_ON}",
        "post": cast.post.pk,
        "stage": "independent",
        "pay_basis": "monthly",
        "agreed_pay": "3800",
        "pay_day": "15",
        "daily_hours": "8",
        "teacher": cast.teacher.pk,
        "action": "place",
    }
    client = signed_in(cast.users[Role.SCHOOL_COORDINATOR])
    return lambda: client.post(f"/placements/new?host={cast.host.credit_code}", form)


def _waiting(world: World) -> Send:
    cast = _cast(world)
    form = {"placement": cast.submitted().pk, "action": "accept"}
    client = signed_in(cast.users[Role.ENTERPRISE_HR])
    return lambda: client.post("/placements/waiting", form)


def _batch(world: World) -> Send:
    district = world.district
    asked = {
        "school": district.schools["A"].pk,
        "placements": [district["A1"].pk],
        "matters": ["night"],
    }
    client = _coordinator(world)
    return lambda: to_api(client, "batches", asked)


def _gathered(world: World) -> Send:
    client, form = _coordinator(world), {"placement": [world.district["A1"].pk]}
    return lambda: client.post("/batches/gather", form | {"once": f"{uuid4()}"})


def _complaint(world: World) -> Send:
    client = _student(world)
    asked = {"placement": world.district["A1"].pk, "kind": "overtime", "words": WORDS}
    return lambda: to_api(client, "complaints", asked)


def _complaint_by_form(world: World) -> Send:
    client = _student(world)
    asked = {"placement": world.district["A1"].pk, "kind": "overtime", "words": WORDS}
    return lambda: client.post("/complaints/new", asked | {"once": f"{uuid4()}"})


OF_PLACEMENTS: dict[str, Made] = {
    "api/v1/placements": _drafted,
    "api/v1/placements/submit": _many("drafted", "submit", Role.SCHOOL_COORDINATOR),
    "api/v1/placements/accept": _many("submitted", "accept", Role.ENTERPRISE_HR),
    "api/v1/placements/sign": _many("consented", "sign", Role.SCHOOL_COORDINATOR),
    "placements/new": _placed,
    "placements/waiting": _waiting,
    "api/v1/batches": _batch,
    "batches/gather": _gathered,
    "api/v1/complaints": _complaint,
    "complaints/new": _complaint_by_form,
}
