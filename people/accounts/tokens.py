"""Tokens of phones: a short one to act with, and one that is replaced each time it renews it.

An access token is good for a quarter of an hour, a refresh token once. Tokens are made from the
keys of the installation, never kept: the database has digests, so that reading it signs nobody in.
Whether a device still may come in is asked at every request.
"""

from __future__ import annotations

import base64
import logging
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hmac import compare_digest
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction

from audit import chain
from common.encryption import blind_index
from common.plain_text import plain
from common.tokens import digest_of
from people.accounts.backends import may_come_in
from people.actors import Actor, actor_for
from people.models import Device, DeviceEnd, User
from people.models.devices import LONGEST_DEVICE_NAME
from people.roles import SECOND_FACTOR_ROLES

logger = logging.getLogger(__name__)

ACCESS = timedelta(minutes=15)
REFRESH_IDLE = timedelta(days=30)
REFRESH_ABSOLUTE = timedelta(days=90)
# An answer that was lost is given again for so long; later, the token was somebody else's.
GRACE = timedelta(seconds=10)
# These roles see many people's data and come in by the console alone, where a second factor is.
ROLES_OF_THE_CONSOLE = SECOND_FACTOR_ROLES

AUDIENCE, KIND = "shuangyuan-api", "access"
LONGEST_TOKEN = 600
REFRESH = re.compile(r"syr_([0-9a-f]{32})_([1-9][0-9]{0,8})_([A-Za-z0-9_-]{43})")


class TokenRefused(Exception):
    """A token that is unknown, used, late, or of somebody who may not come in; it says no more."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a device is given: both tokens, and until when each is good."""

    device: Device
    access: str
    access_expires_at: datetime
    refresh: str
    refresh_expires_at: datetime


@transaction.atomic
def begin_device(*, user: User, name: str, at: datetime) -> Tokens:
    """Sign `user` in on a device of that name: the first tokens of a family of their own."""
    device = Device(
        user=user,
        name=plain(name).strip()[:LONGEST_DEVICE_NAME],
        made_at=at,
        rotated_at=at,
        expires_at=at + REFRESH_ABSOLUTE,
        password_mark=user.get_session_auth_hash(),
    )
    device.token_digest = digest_of(_refresh_token(device.public_id, 1))
    device.save()
    subject = f"device:{device.public_id}"
    chain.record("account.begin_device", subject=subject, by=user.pk, at=at)
    return _tokens(device)


def renew(token: str, *, at: datetime) -> Tokens:
    """The next tokens for a refresh token; to whoever asks again within ten seconds, the same.

    Raises TokenRefused. A token that was replaced longer ago ends its whole family: of the two who
    have it, one is a thief.
    """
    with transaction.atomic():
        tokens = _renewed(token, at=at)
    if tokens is None:
        raise TokenRefused
    return tokens


def _renewed(token: str, *, at: datetime) -> Tokens | None:
    read = REFRESH.fullmatch(token)
    if read is None:
        return None
    generation = int(read[2])
    known = Device.objects.filter(public_id=UUID(read[1])).select_for_update(of=("self",))
    device = known.select_related("user").first()
    if device is None or not _is_good(device, at) or at >= _refresh_ends(device):
        return None
    sent = digest_of(token)
    if compare_digest(sent, bytes(device.token_digest)):
        return _rotated(device, at=at)
    is_last = device.previous_digest is not None and compare_digest(
        sent, bytes(device.previous_digest)
    )
    if is_last and at - device.rotated_at <= GRACE:
        return _tokens(device)
    if generation < device.generation and compare_digest(
        sent, digest_of(_refresh_token(device.public_id, generation))
    ):
        logger.warning("a replaced token of device %s was used again: it is ended", device)
        end_device(device, why=DeviceEnd.REUSED, at=at)
    return None


def _rotated(device: Device, *, at: datetime) -> Tokens:
    device.previous_digest = device.token_digest
    device.generation += 1
    device.token_digest = digest_of(_refresh_token(device.public_id, device.generation))
    device.rotated_at = max(at, device.rotated_at)
    device.save(update_fields=["previous_digest", "generation", "token_digest", "rotated_at"])
    return _tokens(device)


@transaction.atomic
def end_device(device: Device, *, why: DeviceEnd, at: datetime) -> None:
    """End the tokens of a device; one that ended already stays as it ended."""
    standing = Device.objects.filter(pk=device.pk, ended_at__isnull=True)
    if standing.update(ended_at=at, ended_for=why):
        told: dict[str, chain.Fact] = {"why": str(why), "user": device.user_id}
        by = None if why == DeviceEnd.REUSED else device.user_id
        subject = f"device:{device.public_id}"
        chain.record("account.end_device", subject=subject, by=by, at=at, facts=told)


def device_of(token: str, *, at: datetime) -> Device | None:
    """The device, with its user, that an access token is good for at that moment; None otherwise.

    One query. Refused are tokens of another kind, purpose or signature, late and early ones, and
    those of a device that ended, of a user who may not come in or has another password since.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        said = _access_signer().unsign_object(token)
    except BadSignature:
        return None
    if not isinstance(said, dict) or (said.get("kind"), said.get("for")) != (KIND, AUDIENCE):
        return None
    if not said["from"] <= at.timestamp() < said["until"]:
        return None
    device = Device.objects.filter(public_id=UUID(said["device"])).select_related("user").first()
    return device if device is not None and _is_good(device, at) else None


def actor_on_device(device: Device, *, on: date) -> Actor:
    """The device's user as an actor; without rights while they hold a role of the console."""
    actor = actor_for(device.user, on=on)
    return replace(actor, memberships=()) if actor.roles & ROLES_OF_THE_CONSOLE else actor


def _is_good(device: Device, at: datetime) -> bool:
    return (
        device.ended_at is None
        and device.made_at <= at < device.expires_at
        and may_come_in(device.user)
        and compare_digest(device.password_mark, device.user.get_session_auth_hash())
    )


def _refresh_ends(device: Device) -> datetime:
    return min(device.expires_at, device.rotated_at + REFRESH_IDLE)


def _tokens(device: Device) -> Tokens:
    """The tokens of the device's generation, the same whenever they are made."""
    until = device.rotated_at + ACCESS
    said: dict[str, Any] = {
        "kind": KIND,
        "for": AUDIENCE,
        "device": device.public_id.hex,
        "from": device.rotated_at.timestamp(),
        "until": until.timestamp(),
    }
    return Tokens(
        device=device,
        access=_access_signer().sign_object(said),
        access_expires_at=until,
        refresh=_refresh_token(device.public_id, device.generation),
        refresh_expires_at=_refresh_ends(device),
    )


def _access_signer() -> Signer:
    return Signer(salt="people.accounts.tokens.access")


def _refresh_token(family: UUID, generation: int) -> str:
    mark = blind_index(f"{family.hex}:{generation}", purpose="people_device.refresh_token")
    return f"syr_{family.hex}_{generation}_{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"
