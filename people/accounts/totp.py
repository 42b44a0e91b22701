"""Codes that a phone shows for half a minute (RFC 6238: HMAC-SHA-1, 30 seconds, six digits)."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha1
from urllib.parse import quote, urlencode

SECRET_BYTES = 20
SECONDS = 30
DIGITS = 6
# Steps before and after the clock's that are taken, for clocks that differ
TOLERANCE = 1


def new_secret() -> str:
    """A secret that nobody else has, in base32 as apps read it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(at: datetime) -> int:
    """The number of the half minute that the moment is in."""
    return int(at.timestamp()) // SECONDS


def code_of(secret: str, step: int) -> str:
    """The code of that half minute."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, step.to_bytes(8, "big"), sha1).digest()
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The half minute whose code was typed, around `at` and later than `after`; else None."""
    now = step_at(at)
    matching = None
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()) and step > after:
            matching = step
    return matching


def address_for_apps(secret: str, *, username: str, issuer: str) -> str:
    """The otpauth address by which an app takes the secret over."""
    label = quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"
