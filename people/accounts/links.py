"""Links that sign in once, for a short time; the database keeps a digest and never the link."""

from __future__ import annotations

from datetime import datetime, timedelta

from common.tokens import digest_of, new_token
from people.accounts.backends import may_come_in
from people.models import SignInLink, User

LIFETIME = timedelta(hours=1)


def make_link(*, user: User, at: datetime) -> str:
    """A new token that signs `user` in once within the hour."""
    token = new_token()
    SignInLink.objects.create(
        token_digest=digest_of(token), user=user, made_at=at, expires_at=at + LIFETIME
    )
    return token


def owner_of(token: str, *, at: datetime) -> User | None:
    """Whom the token would sign in at that moment; it stays unused."""
    link = (
        SignInLink.objects.filter(
            token_digest=digest_of(token), used_at__isnull=True, expires_at__gt=at
        )
        .select_related("user")
        .first()
    )
    return link.user if link is not None and may_come_in(link.user) else None


def use_link(token: str, *, at: datetime) -> User | None:
    """Whom the token signs in; None when unknown, used or late. Of two at once one succeeds."""
    user = owner_of(token, at=at)
    if user is None:
        return None
    used = SignInLink.objects.filter(token_digest=digest_of(token), used_at__isnull=True).update(
        used_at=at
    )
    return user if used else None
