"""Who a request comes from: the session of the console."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from api.problems import Problem, ProblemCode

REALM = 'realm="shuangyuan"'


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
