"""Who a user name and password belong to, and whether a session's user still may come in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from people.accounts.names import written
from people.models import User


def may_come_in(user: User) -> bool:
    """Whether the account is enabled; a demo account is nowhere in production."""
    return user.is_active and not (user.demo and settings.PRODUCTION)


class PasswordBackend(BaseBackend):
    """Sign-in by user name and password; asked again on each request whether the user still may."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """The user, or None. Hashes once whoever is named, so that nobody learns who exists."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=written(username)).first()
        if user is None:
            User().set_password(password)
            return None
        fits = user.check_password(password)
        return user if fits and may_come_in(user) else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, unless disabled since."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and may_come_in(user) else None
