"""Who asks, what is whose, and who sees what: told by hand, from where students are placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from people.models import User
from people.roles import Role
from tests.access.district import PLACES
from tests.walk.lives import SHOWN_TO_HOSTS, SHOWN_TO_MENTORS, STAGES

OF_THE_SCHOOL = ("signing link", "proxy signal", "paper copy")
SCHOOL_OF_TEACHER = {places[2]: places[0] for places in PLACES.values()}
HOST_OF_MENTOR = {places[3]: places[1] for places in PLACES.values()}


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: a role for one record, by its name; nobody's when `role` is None."""

    name: str
    client: Client
    role: Role | None = None
    of: str = ""
    user: User | None = None


@dataclass
class Thing:
    """An object that an address can name: its kind, whose it is, and the key in the address."""

    kind: str
    of: str
    key: Any
    body: dict[str, Any] = field(default_factory=dict)


def sees(viewer: Viewer, thing: Thing) -> bool:
    """Whether the viewer may know that the thing is there."""
    if viewer.role is None:
        return False
    if thing.kind in ("device", "view", "notice"):
        return viewer.name == thing.of
    if viewer.role == Role.COMMISSION:
        return thing.kind not in (
            "batch",
            "batch to file",
            "kept host",
            "account",
            "tenure",
            "document",
            "offered document",
            *OF_THE_SCHOOL,
        )
    return thing.of in SIGHTS[thing.kind].get(viewer.role, lambda _of: set())(viewer.of)


def _placed(place: int) -> Any:
    """Students whose school, host, teacher or mentor has that name."""
    return lambda of: {name for name, places in PLACES.items() if places[place] == of}


def _of_places(wanted: int, place: int) -> Any:
    """Schools or hosts of the students whose `place` has that name."""
    return lambda of: {places[wanted] for places in PLACES.values() if places[place] == of}


def _of_student(wanted: int) -> Any:
    return lambda of: {PLACES[of][wanted]}


def _itself(of: str) -> set[str]:
    return {of}


def _every_host(of: str) -> set[str]:
    return {places[1] for places in PLACES.values()}


_STUDENTS = {
    Role.SCHOOL_COORDINATOR: _placed(0),
    Role.SCHOOL_TEACHER: _placed(2),
    Role.ENTERPRISE_HR: _placed(1),
}
_HOSTS = {
    Role.SCHOOL_COORDINATOR: _every_host,
    Role.SCHOOL_TEACHER: _of_places(1, 2),
    Role.ENTERPRISE_HR: _itself,
    Role.ENTERPRISE_MENTOR: lambda of: {HOST_OF_MENTOR[of]},
    Role.STUDENT: _of_student(1),
    Role.GUARDIAN: _of_student(1),
}
_HOST_READERS: dict[Role, Any] = {
    role: seen
    for role, seen in _HOSTS.items()
    if role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR)
}
_CASES_OF_HOSTS = {
    Role.SCHOOL_COORDINATOR: _of_places(1, 0),
    Role.ENTERPRISE_HR: _itself,
}
_COMPLAINANTS = {Role.SCHOOL_COORDINATOR: _placed(0), Role.STUDENT: _itself}
_PEOPLE_OF_SCHOOLS: dict[Role, Any] = {
    Role.SCHOOL_COORDINATOR: lambda of: {
        teacher for teacher, school in SCHOOL_OF_TEACHER.items() if school == of
    },
}
_THEMSELVES = {Role.STUDENT: _itself, Role.GUARDIAN: _itself}


def _readers(stage: str) -> dict[Role, Any]:
    """Who sees a placement at the stage: host and mentor while it is theirs."""
    seen = _STUDENTS | _THEMSELVES
    if stage not in SHOWN_TO_HOSTS:
        del seen[Role.ENTERPRISE_HR]
    return seen | ({Role.ENTERPRISE_MENTOR: _placed(3)} if stage in SHOWN_TO_MENTORS else {})


# kind → role → the names of what somebody of that name sees
SIGHTS: dict[str, dict[Role, Any]] = {
    "school": {
        Role.SCHOOL_COORDINATOR: _itself,
        Role.SCHOOL_TEACHER: lambda of: {SCHOOL_OF_TEACHER[of]},
        Role.ENTERPRISE_HR: _of_places(0, 1),
        Role.ENTERPRISE_MENTOR: _of_places(0, 3),
        Role.STUDENT: _of_student(0),
        Role.GUARDIAN: _of_student(0),
    },
    "enterprise": _HOSTS,
    "host": _HOST_READERS,
    "own host": _HOST_READERS,
    "kept host": {Role.SCHOOL_COORDINATOR: _every_host},
    "frozen host": {Role.SCHOOL_COORDINATOR: lambda of: {"H"}},
    "post": _HOSTS,
    "placement": _STUDENTS
    | {
        Role.ENTERPRISE_MENTOR: _placed(3),
        Role.STUDENT: _itself,
        Role.GUARDIAN: _itself,
    },
    "placement to follow": _STUDENTS
    | {
        Role.ENTERPRISE_MENTOR: _placed(3),
        Role.STUDENT: _itself,
        Role.GUARDIAN: _itself,
    },
    "offered placement": _STUDENTS | {Role.STUDENT: _itself, Role.GUARDIAN: _itself},
    "offered document": {
        Role.SCHOOL_COORDINATOR: _placed(0),
        Role.SCHOOL_TEACHER: _placed(2),
        Role.STUDENT: _itself,
        Role.GUARDIAN: _itself,
    },
    **{kind: {Role.SCHOOL_COORDINATOR: _placed(0)} for kind in OF_THE_SCHOOL},
    "document": _STUDENTS | {Role.STUDENT: _itself, Role.GUARDIAN: _itself},
    "batch": {Role.SCHOOL_COORDINATOR: _itself},
    "batch to file": {Role.SCHOOL_COORDINATOR: _itself},
    "filed batch": {Role.SCHOOL_COORDINATOR: _itself},
    "complaint": _COMPLAINANTS,
    "complaint looked into": _COMPLAINANTS,
    "complaint answered": _COMPLAINANTS,
    "complaint of school": {Role.STUDENT: _itself},
    "amendment": _STUDENTS | _THEMSELVES,
    **{stage: _readers(stage) for stage in STAGES},
    "case": _STUDENTS,
    "host's case": _CASES_OF_HOSTS,
    "waived case": _CASES_OF_HOSTS,
    "account": _PEOPLE_OF_SCHOOLS,
    "tenure": _PEOPLE_OF_SCHOOLS,
    "invitation": {Role.SCHOOL_COORDINATOR: _itself},
}
