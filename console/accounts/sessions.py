"""How long a session lasts: twelve hours at most, half an hour idle where many people's data is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from people.actors import Actor
from people.models import User
from people.roles import PRIVILEGED_ROLES

ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
# A moment is written down at most once in this time, so that reading pages writes little.
NOTED_EVERY = timedelta(minutes=1)

_BEGAN, _SEEN = "signed_in_at", "seen_at"


def begin(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Sign `user` in under a new session key."""
    login(request, user, backend="people.accounts.backends.PasswordBackend")
    request.session[_BEGAN] = request.session[_SEEN] = at.timestamp()


def is_over(session: SessionBase, actor: Actor, *, at: datetime) -> bool:
    """Whether the session has lasted, or lain idle, longer than the actor's roles allow."""
    began, seen = (session.get(name, 0.0) for name in (_BEGAN, _SEEN))
    age, idle = (timedelta(seconds=at.timestamp() - moment) for moment in (began, seen))
    return age >= ABSOLUTE or (idle >= IDLE and not actor.roles.isdisjoint(PRIVILEGED_ROLES))


def note(session: SessionBase, *, at: datetime) -> None:
    """Remember that the session was used."""
    if at.timestamp() - session.get(_SEEN, 0.0) >= NOTED_EVERY.total_seconds():
        session[_SEEN] = at.timestamp()
