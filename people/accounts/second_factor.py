"""The second factor: who needs one, taking one on, and passing it at sign-in."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain
from common.encryption import blind_index, open_sealed
from people.accounts.refusals import AccountRefusal
from people.accounts.totp import matching_step, new_secret
from people.actors import Actor
from people.models import RecoveryCode, SecondFactor, User
from people.roles import SECOND_FACTOR_ROLES

CODES = 10
CODE_BYTES = 10


class CodeRefused(AccountRefusal):
    """The code is wrong, was used, or is of another time."""


def needs_second_factor(user: User, actor: Actor) -> bool:
    """Whether the user, as that actor, comes in by password and code alone; no demo user does."""
    return not user.demo and not actor.roles.isdisjoint(SECOND_FACTOR_ROLES)


def has_second_factor(user: User) -> bool:
    """Whether the user took one on, and showed that it works."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


@transaction.atomic
def offered_secret(user: User) -> str:
    """The secret that the user may take on, the same until it is confirmed.

    Raises CodeRefused once it is: nobody is shown it again.
    """
    User.objects.select_for_update().get(pk=user.pk)
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        secret = new_secret()
        sealed = SecondFactor.SECRET.seal(secret, row=user.public_id)
        SecondFactor.objects.create(user=user, secret_sealed=sealed)
        return secret
    if factor.confirmed_at is not None:
        raise CodeRefused(_("两步验证已经设好，密钥不再显示"))
    return _secret(factor)


@transaction.atomic
def confirm_second_factor(*, user: User, code: str, at: datetime) -> list[str]:
    """Take the offered secret on by a code of it; ten recovery codes, to be shown this once.

    Raises CodeRefused for another code, and when it was confirmed before.
    """
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None or factor.confirmed_at is not None:
        raise CodeRefused(_("两步验证已经设好，密钥不再显示"))
    _use_step(factor, code, at=at)
    factor.confirmed_at = at
    factor.save(update_fields=["confirmed_at", "last_step"])
    codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _n in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, code_index=_index(code)) for code in codes
    )
    subject = f"user:{user.pk}"
    chain.record("account.second_factor", subject=subject, by=user.pk, at=at)
    return codes


@transaction.atomic
def pass_second_factor(*, user: User, code: str, at: datetime) -> None:
    """Use up the code of the phone, or a recovery code; of two at once one passes.

    Raises CodeRefused for any other, and for one that was used.
    """
    factor = (
        SecondFactor.objects.select_for_update()
        .filter(user=user, confirmed_at__isnull=False)
        .first()
    )
    if factor is None:
        raise CodeRefused(_("验证码不对或已用过，请等下一个再试"))
    typed = code.replace(" ", "").replace("-", "").upper()
    spare = factor.recovery_codes.filter(code_index=_index(typed), used_at__isnull=True)
    if spare.update(used_at=at):
        chain.record("account.recovery_code", subject=f"user:{user.pk}", by=user.pk, at=at)
        return
    _use_step(factor, typed, at=at)
    factor.save(update_fields=["last_step"])


def _use_step(factor: SecondFactor, code: str, *, at: datetime) -> None:
    step = matching_step(_secret(factor), code.strip(), at=at, after=factor.last_step)
    if step is None:
        raise CodeRefused(_("验证码不对或已用过，请等下一个再试"))
    factor.last_step = step


def _secret(factor: SecondFactor) -> str:
    return open_sealed(
        bytes(factor.secret_sealed),
        table=SecondFactor.SECRET.table,
        row=factor.user.public_id,
        field=SecondFactor.SECRET.field,
    )


def _index(code: str) -> bytes:
    return blind_index(code, purpose="people_recoverycode.code")
