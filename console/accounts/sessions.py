"""How a session lasts: twelve hours at most, half an hour idle where many people's data is."""

from __future__ import annotations

from datetime import datetime, timedelta
from hmac import compare_digest

from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from people.accounts.backends import PasswordBackend
from people.accounts.comings import came_in
from people.actors import Actor
from people.models import User
from people.roles import PRIVILEGED_ROLES

ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
# How long the right password waits for the code of the second factor
HALF_IN = timedelta(minutes=10)
# A moment is written down at most once in this time, so that reading pages writes little.
NOTED_EVERY = timedelta(minutes=1)

_BEGAN, _SEEN, _BY_CODE, _HALF_IN = "signed_in_at", "seen_at", "by_code", "half_in"


def begin(
    request: HttpRequest, user: User, *, at: datetime, by_code: bool = False, way: str = "password"
) -> None:
    """Sign `user` in under a new session key; `by_code` says that the second factor was passed."""
    came_in(user, way="code" if by_code else way, at=at)
    request.session.pop(_HALF_IN, None)
    login(request, user, backend="people.accounts.backends.PasswordBackend")
    request.session[_BEGAN] = request.session[_SEEN] = at.timestamp()
    request.session[_BY_CODE] = by_code


def wait_for_code(request: HttpRequest, user: User, *, at: datetime, then: str) -> None:
    """Remember whose password was right, under a new session key that is nobody's yet."""
    request.session.flush()
    mark = user.get_session_auth_hash()
    request.session[_HALF_IN] = {"user": user.pk, "at": at.timestamp(), "mark": mark, "then": then}


def half_in(request: HttpRequest, *, at: datetime) -> tuple[User, str] | None:
    """Whose password was right in the last ten minutes and is still the password, and the page
    asked for."""
    waiting = request.session.get(_HALF_IN)
    if not waiting or at.timestamp() - waiting["at"] >= HALF_IN.total_seconds():
        return None
    user = PasswordBackend().get_user(waiting["user"])
    if user is None or not compare_digest(waiting["mark"], user.get_session_auth_hash()):
        return None
    return user, waiting["then"]


def passed_code(session: SessionBase) -> bool:
    """Whether the session began with a second factor."""
    return session.get(_BY_CODE) is True


def is_over(session: SessionBase, actor: Actor, *, at: datetime) -> bool:
    """Whether the session has lasted, or lain idle, longer than the actor's roles allow."""
    began, seen = (session.get(name, 0.0) for name in (_BEGAN, _SEEN))
    age, idle = (timedelta(seconds=at.timestamp() - moment) for moment in (began, seen))
    return age >= ABSOLUTE or (idle >= IDLE and not actor.roles.isdisjoint(PRIVILEGED_ROLES))


def note(session: SessionBase, *, at: datetime) -> None:
    """Remember that the session was used."""
    if at.timestamp() - session.get(_SEEN, 0.0) >= NOTED_EVERY.total_seconds():
        session[_SEEN] = at.timestamp()
