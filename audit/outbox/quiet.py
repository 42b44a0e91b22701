"""Muting the change triggers while a load writes a district: it asks for one sweep instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from audit.outbox.publishing import publish

SETTING = "shuangyuan.quiet"
LOAD = "load"


@contextmanager
def quiet_load() -> Iterator[None]:
    """Inside a transaction: changes publish nothing, and one sweep is asked for at the end.

    The mute ends with the block, whatever the transaction goes on to do.
    """
    _mute(LOAD)
    yield
    _mute("")
    publish("sweep", {"because": LOAD})


def _mute(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, word])
