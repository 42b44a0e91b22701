"""What every endpoint asks before it looks at anything."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.authentication import actor_of
from api.problems import Problem, ProblemCode


class SignedIn(BasePermission):
    """Somebody who is signed in, with or without a role."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether somebody is."""
        return bool(request.user and request.user.is_authenticated)


class HasRole(SignedIn):
    """Somebody who holds a role on the day."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether somebody does; Problem for who is signed in without one."""
        if not super().has_permission(request, view):
            return False
        if not actor_of(request).roles:
            raise Problem(ProblemCode.NO_ROLE)
        return True
