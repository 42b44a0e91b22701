"""Makes the Actor of each request from its session and the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from console.accounts import sessions
from people.actors import Actor, actor_for


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request, on the day it came in; without rights when nobody signed in."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


class WhoActs:
    """Sets `request.actor`, with memberships asked anew; ends a session that is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        on = timezone.localdate(now)
        actor = actor_for(request.user, on=on)
        if actor.user_id is not None:
            if sessions.is_over(request.session, actor, at=now):
                logout(request)
                actor = actor_for(None, on=on)
                messages.info(request, _("离开太久，为安全起见已退出，请重新登录"))
            else:
                sessions.note(request.session, at=now)
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)
