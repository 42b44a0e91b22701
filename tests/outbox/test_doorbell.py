"""No write waits long for the broker, or fails because of it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings

from audit.models import Outbox
from audit.outbox import doorbell, publish
from audit.outbox.doorbell import SECONDS, Doorbell

LONGEST = SECONDS * 2.5
"""What one ring may cost: a connection or an answer that does not come, and the machine's noise."""


@pytest.fixture
def a_silent_broker(tmp_path: Path) -> Iterator[str]:
    """A broker that takes connections and never answers."""
    path = tmp_path / "silent.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(16)
        yield f"redis+socket://{path}"


def publish_one() -> float:
    """Publish in a transaction of its own; seconds until it is committed and rung for."""
    began = time.monotonic()
    with transaction.atomic():
        publish("told", {"steps": [1]})
    return time.monotonic() - began


def test_a_ring_reaches_the_broker(transactional_db: None, a_fresh_doorbell: Doorbell) -> None:
    seconds = publish_one()

    assert (a_fresh_doorbell.rung, a_fresh_doorbell.missed) == (1, 0)
    assert seconds < 1


def test_a_broker_that_is_gone_costs_no_write_and_hardly_time(
    transactional_db: None, a_fresh_doorbell: Doorbell, tmp_path: Path
) -> None:
    with override_settings(CELERY_BROKER_URL=f"redis+socket://{tmp_path}/nobody.sock"):
        seconds = [publish_one() for _ in range(5)]

    assert Outbox.objects.count() == 5
    assert (a_fresh_doorbell.rung, a_fresh_doorbell.missed) == (0, 5)
    assert max(seconds) < LONGEST


def test_a_broker_that_does_not_answer_costs_one_write_its_wait_and_the_next_none(
    transactional_db: None, a_fresh_doorbell: Doorbell, a_silent_broker: str
) -> None:
    with override_settings(CELERY_BROKER_URL=a_silent_broker):
        first, second = publish_one(), publish_one()

    assert Outbox.objects.count() == 2
    assert a_fresh_doorbell.missed == 2
    assert SECONDS * 0.9 < first < LONGEST
    assert second < SECONDS / 2


def test_the_doorbell_is_tried_again_after_its_silence(
    transactional_db: None,
    a_fresh_doorbell: Doorbell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with override_settings(CELERY_BROKER_URL=f"redis+socket://{tmp_path}/nobody.sock"):
        publish_one()
    publish_one()
    a_fresh_doorbell.silent_until = 0.0

    publish_one()

    assert (a_fresh_doorbell.rung, a_fresh_doorbell.missed) == (1, 2)


def test_a_publish_that_is_rolled_back_rings_nobody(
    transactional_db: None, a_fresh_doorbell: Doorbell
) -> None:
    with transaction.atomic():
        publish("told", {"steps": [1]})
        transaction.set_rollback(True)

    assert (a_fresh_doorbell.rung, a_fresh_doorbell.missed) == (0, 0)


def test_a_request_that_may_write_rings_and_one_that_reads_does_not(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings: list[str] = []
    monkeypatch.setattr(doorbell.DOORBELL, "ring", lambda: rings.append("ring"))

    client.get("/healthz")
    after_reading = len(rings)
    client.post("/healthz")

    assert after_reading == 0
    assert len(rings) == 1
