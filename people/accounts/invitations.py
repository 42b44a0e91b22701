"""Inviting somebody into a role: a link for three days that one person takes it on with, once."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from audit import chain
from common.tokens import digest_of, new_token
from people.accounts.backends import may_come_in
from people.accounts.names import written
from people.accounts.powers import invitable
from people.accounts.refusals import AlreadyHeld, LinkGone, NotAUsername, NotPermitted
from people.accounts.services import begin_membership, open_account
from people.actors import Actor, actor_for
from people.models import Invitation, User
from people.roles import INVITED_TIES, TIE_OF_ROLE, Role

LIFETIME = timedelta(hours=72)
LONGEST_BEGINNING = 30
_BEGINNING = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{LONGEST_BEGINNING - 1}}}")
_DRAWS = 20


@transaction.atomic
def invite(
    *, actor: Actor, role: Role, tie: Model, name: str, at: datetime
) -> tuple[Invitation, str]:
    """An invitation of the person called `name`, and its token, which is kept nowhere.

    Raises NotPermitted unless the actor may invite into `role` for the record `tie`.
    """
    if actor.user_id is None or not _may_invite(actor, role, tie):
        raise NotPermitted(_("您不能邀请此人担任这一角色"))
    token = new_token()
    invitation = Invitation.objects.create(
        token_digest=digest_of(token),
        role=role,
        name=name.strip(),
        invited_by_id=actor.user_id,
        made_at=at,
        expires_at=at + LIFETIME,
        **{str(TIE_OF_ROLE[role]): tie},
    )
    _put_on_record("account.invite", invitation, by=actor.user_id, at=at)
    return invitation, token


def open_invitations(actor: Actor, *, at: datetime) -> Any:
    """The invitations that the actor sees and that somebody could still accept."""
    return (
        Invitation.objects.visible_to(actor)
        .filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)
        .select_related("invited_by", "school", "teacher__school", "enterprise", "mentor")
    )


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation, at: datetime) -> None:
    """Let nobody accept it any more; withdrawn or late already, nothing is changed.

    Raises NotPermitted unless the actor sees it, LinkGone when it was accepted.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not Invitation.objects.visible_to(actor).filter(pk=held.pk).exists():
        raise NotPermitted(_("您不能撤回这一邀请"))
    if held.accepted_at is not None:
        raise LinkGone(_("邀请已被接受，不能再撤回"))
    if held.withdrawn_at is None:
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        _put_on_record("account.withdraw_invitation", held, by=actor.user_id, at=at)


def read_invitation(token: str, *, at: datetime, on: date) -> Invitation:
    """The invitation behind the token, which stays unused.

    Raises LinkGone when it was withdrawn, accepted or late, when there is none like it, and when
    whoever made it may not invite any more.
    """
    return _standing(token, Invitation.objects.all(), at=at, on=on)


@transaction.atomic
def accept_with_new_account(
    token: str, *, beginning: str, password: str, at: datetime, on: date
) -> User:
    """A new account that holds the role from `on`; of two at once one is made.

    Its user name is `beginning` and four digits drawn by lot, so that nobody learns by trying which
    names are taken. Raises LinkGone, AlreadyHeld, NotAUsername, and ValidationError for a weak
    password.
    """
    invitation = _standing(token, Invitation.objects.select_for_update(of=("self",)), at=at, on=on)
    user = _account(invitation, beginning, password)
    _accept(invitation, user, at=at, on=on)
    _put_on_record("account.open", invitation, by=None, at=at, actor="link", user=user.pk)
    return user


@transaction.atomic
def accept_as(token: str, *, user: User, at: datetime, on: date) -> None:
    """Let the account that has signed in hold the role from `on`. Raises LinkGone, AlreadyHeld."""
    invitation = _standing(token, Invitation.objects.select_for_update(of=("self",)), at=at, on=on)
    _accept(invitation, user, at=at, on=on)
    _put_on_record("account.accept", invitation, by=user.pk, at=at)


def tie_of(invitation: Invitation) -> Any:
    """The record that the invited person would act for."""
    return getattr(invitation, str(TIE_OF_ROLE[Role(invitation.role)]))


def _may_invite(actor: Actor, role: Role, tie: Model) -> bool:
    if TIE_OF_ROLE[role] not in INVITED_TIES:
        return False
    return bool(invitable(actor, role).filter(pk=tie.pk).exists())


def _standing(token: str, rows: Any, *, at: datetime, on: date) -> Invitation:
    found: Invitation | None = (
        rows.filter(token_digest=digest_of(token))
        .select_related("invited_by", "school", "teacher__school", "enterprise", "mentor")
        .first()
    )
    if found is None:
        raise LinkGone(_("没有这个邀请，请检查链接是否完整"))
    if found.accepted_at is not None:
        raise LinkGone(_("邀请已经用过"))
    if found.withdrawn_at is not None:
        raise LinkGone(_("邀请已被撤回"))
    if at >= found.expires_at:
        raise LinkGone(_("邀请已过期，请联系邀请您的人重新发出"))
    inviter = found.invited_by
    may_still = may_come_in(inviter) and _may_invite(
        actor_for(inviter, on=on), Role(found.role), tie_of(found)
    )
    if not may_still:
        raise LinkGone(_("邀请已失效，请联系本单位的管理员"))
    return found


def _account(invitation: Invitation, beginning: str, password: str) -> User:
    begun = written(beginning)
    if not _BEGINNING.fullmatch(begun):
        raise NotAUsername(_("用户名请用字母或数字开头，只含字母、数字、点和横线，最多 30 个字符"))
    for _draw in range(_DRAWS):
        try:
            with transaction.atomic():
                return open_account(
                    username=f"{begun}-{secrets.randbelow(10_000):04d}",
                    display_name=invitation.name,
                    password=password,
                )
        except IntegrityError:
            continue
    raise NotAUsername(_("请换一个用户名的开头"))


def _accept(invitation: Invitation, user: User, *, at: datetime, on: date) -> None:
    try:
        with transaction.atomic():
            begin_membership(
                user=user, role=Role(invitation.role), tie=tie_of(invitation), first=on
            )
    except IntegrityError:
        raise AlreadyHeld(_("已有这一任职，不必再接受邀请")) from None
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])


def _put_on_record(
    what: str, invitation: Invitation, *, by: int | None, at: datetime, **facts: chain.Fact
) -> None:
    tie = tie_of(invitation)
    told: dict[str, chain.Fact] = {"role": invitation.role, "tie": tie.pk, **facts}
    chain.record(what, subject=f"invitation:{invitation.public_id}", by=by, at=at, facts=told)
