"""A new password for who forgot the old one: a link for half an hour, by who looks after them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain
from common.tokens import digest_of, new_token
from people.accounts.backends import may_come_in
from people.accounts.powers import lasting, looked_after
from people.accounts.refusals import LinkGone, NotPermitted
from people.accounts.services import change_password
from people.actors import Actor, actor_for
from people.models import Membership, PasswordReset, User

LIFETIME = timedelta(minutes=30)


def may_reset(actor: Actor, user: User) -> bool:
    """Whether the actor looks after everything that the account may do, now or later.

    Whoever sets its password could act as it, so one role outside the actor's reach is too many.
    """
    if user.demo or not may_come_in(user):
        return False
    held = Membership.objects.filter(lasting(actor.on), user=user)
    theirs = looked_after(actor).filter(user=user)
    return bool(theirs.exists() and not held.exclude(pk__in=theirs.values("pk")).exists())


@transaction.atomic
def make_reset(*, actor: Actor, user: User, at: datetime) -> str:
    """A token by which `user` sets a new password once within half an hour; earlier ones end.

    Raises NotPermitted unless the actor looks after all that the account may do.
    """
    if actor.user_id is None or not may_reset(actor, user):
        raise NotPermitted(_("您不能为此人重设密码：此人还有您管不到的角色"))
    _open(user).delete()
    token = new_token()
    PasswordReset.objects.create(
        token_digest=digest_of(token),
        user=user,
        made_by_id=actor.user_id,
        made_at=at,
        expires_at=at + LIFETIME,
    )
    chain.record("account.make_reset", subject=f"user:{user.pk}", by=actor.user_id, at=at)
    return token


def read_reset(token: str, *, at: datetime, on: date) -> User:
    """Whose password the token would set; it stays unused. Raises LinkGone."""
    return _standing(token, PasswordReset.objects.all(), at=at, on=on).user


@transaction.atomic
def use_reset(token: str, *, password: str, at: datetime, on: date) -> User:
    """Set the password: every session and device of the user ends, every such link is used up.

    Raises LinkGone when the token was used, late or unknown, and when whoever made it does not look
    after the user any more; ValidationError for a weak password.
    """
    reset = _standing(token, PasswordReset.objects.select_for_update(of=("self",)), at=at, on=on)
    change_password(user=reset.user, password=password)
    reset.used_at = at
    reset.save(update_fields=["used_at"])
    told: dict[str, chain.Fact] = {"actor": "link", "made_by": reset.made_by_id}
    subject = f"user:{reset.user_id}"
    chain.record("account.use_reset", subject=subject, by=None, at=at, facts=told)
    return reset.user


def _standing(token: str, rows: Any, *, at: datetime, on: date) -> PasswordReset:
    found: PasswordReset | None = (
        rows.filter(token_digest=digest_of(token)).select_related("user", "made_by").first()
    )
    if found is None or found.used_at is not None or at >= found.expires_at:
        raise LinkGone(_("链接已经用过或已过期，请联系本单位的管理员"))
    maker = found.made_by
    if not (may_come_in(maker) and may_reset(actor_for(maker, on=on), found.user)):
        raise LinkGone(_("链接已经用过或已过期，请联系本单位的管理员"))
    return found


def _open(user: User) -> Any:
    return PasswordReset.objects.filter(user=user, used_at__isnull=True)
