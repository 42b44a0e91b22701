"""Makes the Actor of each request from its session and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from console.accounts import sessions
from people.accounts.second_factor import needs_second_factor
from people.actors import Actor, actor_for
from people.models import User


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request, on the day it came in; without rights when nobody signed in."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


class WhoActs:
    """Sets `request.actor`, with memberships asked anew; ends a session that is over, or
    that lacks the second factor that a role of today asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        on = timezone.localdate(now)
        actor = actor_for(request.user, on=on)
        if actor.user_id is not None:
            if sessions.is_over(request.session, actor, at=now):
                actor = _put_out(request, on, _("离开太久，为安全起见已退出，请重新登录"))
            elif self._lacks_code(request, actor):
                actor = _put_out(request, on, _("您现在的角色需要两步验证，请重新登录"))
            else:
                sessions.note(request.session, at=now)
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def _lacks_code(request: HttpRequest, actor: Actor) -> bool:
        """Whether a role, held since or before, asks for a second factor that was not passed."""
        user = cast(User, request.user)
        return not sessions.passed_code(request.session) and needs_second_factor(user, actor)


def _put_out(request: HttpRequest, on: date, why: str) -> Actor:
    logout(request)
    messages.info(request, why)
    return actor_for(None, on=on)
