"""Who the pages about cases are for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from console.accounts.middleware import actor_of
from console.navigation import CASE_ROLES
from people.actors import Actor


def case_reader(request: HttpRequest) -> Actor:
    """The actor, who must hold a role that cases are shown to; PermissionDenied otherwise."""
    actor = actor_of(request)
    if not actor.roles & CASE_ROLES:
        raise PermissionDenied
    return actor
