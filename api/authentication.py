"""Who a request comes from: the token of a phone, or the session of the console."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from api.problems import Problem, ProblemCode
from people.accounts.tokens import actor_on_device, device_of

REALM = 'realm="shuangyuan"'


class PhoneToken(BaseAuthentication):
    """The access token of a device, asked anew at every request whether it still lets in.

    Who sends one is judged by it alone, whatever session comes beside it.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The user and the device; None without a token, Problem for one that is refused."""
        word, _space, token = request.headers.get("Authorization", "").partition(" ")
        if word.lower() != "bearer":
            return None
        now = timezone.now()
        device = device_of(token.strip(), at=now)
        if device is None:
            challenge = f'Bearer {REALM}, error="invalid_token"'
            raise Problem(ProblemCode.TOKEN_REFUSED, headers={"WWW-Authenticate": challenge})
        actor = actor_on_device(device, on=timezone.localdate(now))
        request._request.actor = actor  # type: ignore[attr-defined]
        return device.user, device

    def authenticate_header(self, request: Request) -> str:
        """What is asked of who comes without."""
        return f"Bearer {REALM}"


class ConsoleSession(SessionAuthentication):
    """The session that the console began, as it stands now; unsafe requests carry its token."""

    def authenticate_header(self, request: Request) -> str:
        """What is asked of who comes without, so that the answer is 401 and not 403."""
        return f"Session {REALM}"

    def enforce_csrf(self, request: HttpRequest | Request) -> None:
        """Refuse an unsafe request that another site could have sent."""
        try:
            super().enforce_csrf(request)  # type: ignore[arg-type]
        except PermissionDenied as error:
            raise Problem(ProblemCode.CSRF) from error


def actor_of(request: Any) -> Any:
    """Who acts in this request, on the day it came in; ask after it was authenticated."""
    return request.actor
