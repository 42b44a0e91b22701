"""Seals personal data with AES-256-GCM and finds it again by blind index."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.module_loading import import_string

FORMAT_VERSION = 1
NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value does not belong to this place, was changed, or its key is gone."""


class KeyProvider(Protocol):
    """Where keys come from: the settings, or the key service that `FIELD_KEY_PROVIDER` names."""

    def current(self) -> int:
        """The id (1–255) of the key that new values are sealed with."""
        ...

    def data_key(self, key_id: int) -> bytes:
        """The 32-byte key of that id; raises KeyError when it was destroyed."""
        ...

    def index_key(self) -> bytes:
        """The 32-byte key of blind indexes, never one of the data keys."""
        ...


class SettingsKeys:
    """Keys as the settings hold them: FIELD_KEYS, FIELD_KEY_ID and BLIND_INDEX_KEY."""

    def current(self) -> int:
        return int(settings.FIELD_KEY_ID)

    def data_key(self, key_id: int) -> bytes:
        return bytes(settings.FIELD_KEYS[key_id])

    def index_key(self) -> bytes:
        return bytes(settings.BLIND_INDEX_KEY)


@lru_cache(maxsize=1)
def key_provider() -> KeyProvider:
    """The provider named by the settings, made once a process."""
    dotted = getattr(settings, "FIELD_KEY_PROVIDER", "common.encryption.SettingsKeys")
    provider: KeyProvider = import_string(dotted)()
    return provider


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _bound_to(table: str, row: UUID, field: str, key_id: int) -> bytes:
    return f"{table}|{row.hex}|{field}|{key_id}".encode()


def seal(text: str, *, table: str, row: UUID, field: str) -> bytes:
    """Encrypt `text` so that it opens only as that field of that row."""
    keys = key_provider()
    key_id = keys.current()
    nonce = os.urandom(NONCE_BYTES)
    cipher = _cipher(keys.data_key(key_id))
    body = cipher.encrypt(nonce, text.encode(), _bound_to(table, row, field, key_id))
    return bytes((FORMAT_VERSION, key_id)) + nonce + body


def open_sealed(sealed: bytes, *, table: str, row: UUID, field: str) -> str:
    """Decrypt what `seal` made; SealBroken for another row or field, a changed byte, a lost key."""
    blob = bytes(sealed)
    if len(blob) <= 2 + NONCE_BYTES or blob[0] != FORMAT_VERSION:
        raise SealBroken(f"{table}.{field}: not a sealed value")
    key_id, nonce, body = blob[1], blob[2 : 2 + NONCE_BYTES], blob[2 + NONCE_BYTES :]
    try:
        cipher = _cipher(key_provider().data_key(key_id))
        return cipher.decrypt(nonce, body, _bound_to(table, row, field, key_id)).decode()
    except KeyError as error:
        raise SealBroken(f"{table}.{field}: key {key_id} is not here") from error
    except InvalidTag as error:
        raise SealBroken(f"{table}.{field}: sealed for another place, or changed") from error


def blind_index(text: str, *, purpose: str) -> bytes:
    """A keyed 32-byte digest that finds an exact value; purposes never match each other."""
    message = f"{purpose}\x00{text}".encode()
    return hmac.new(key_provider().index_key(), message, hashlib.sha256).digest()
