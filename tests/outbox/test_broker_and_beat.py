"""A broker gone, emptied or slow, and beats too many or too few: nothing lost or doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import redis

from tests.outbox.processes import Site, open_site, report, seconds_until

pytestmark = pytest.mark.deep

DO = "tests.outbox.worker"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_left(site: Site) -> Iterator[None]:
    site.empty()
    yield
    site.end()


def start_all(site: Site) -> None:
    """A worker that has answered once, and a beat."""
    site.start_worker()
    site.start_beat("beat")
    site.finish(DO, "publish", "1")
    seconds_until(lambda: site.traces()[0] > 0, at_most=60)
    site.empty()


def valkey(site: Site) -> redis.Redis:
    """A client of the site's broker."""
    return redis.Redis(unix_socket_path=str(site.engines.socket_directory / "valkey.sock"))


def test_a_broker_that_is_stopped_fails_no_write_and_the_outbox_empties_on_its_return(
    site: Site,
) -> None:
    start_all(site)
    broker = site.engines.broker
    assert broker is not None

    broker.stop()
    statuses = [site.finish(DO, "publish", "5") for _ in range(4)]
    waiting_meanwhile = site.waiting
    broker.start()
    seconds = seconds_until(lambda: site.waiting == 0, at_most=60)

    report(f"20 messages done {seconds:.1f} s after the broker's return")
    assert statuses == [0, 0, 0, 0]
    assert waiting_meanwhile == 20
    assert site.traces() == (20, 20)


def test_a_broker_that_is_emptied_again_and_again_loses_nothing(site: Site) -> None:
    start_all(site)

    with valkey(site) as client:
        for _ in range(5):
            assert site.finish(DO, "publish", "8") == 0
            for _ in range(10):
                client.flushall()
                time.sleep(0.02)
    seconds = seconds_until(lambda: site.waiting == 0, at_most=60)

    report(f"40 messages done {seconds:.1f} s after the last of 50 FLUSHALL")
    assert site.traces() == (40, 40)


def test_a_broker_that_answers_after_two_seconds_fails_no_write_and_loses_nothing(
    site: Site,
) -> None:
    start_all(site)

    with valkey(site) as client:
        for _ in range(3):
            client.client_pause(2_000)
            assert site.finish(DO, "publish", "5") == 0
    seconds = seconds_until(lambda: site.waiting == 0, at_most=60)

    report(f"15 messages done {seconds:.1f} s after the last pause of 2 s")
    assert site.traces() == (15, 15)


def test_two_beats_claim_today_once_and_ask_once(site: Site) -> None:
    site.start_worker()
    for name in ("first", "second"):
        site.start_beat(name)

    seconds_until(lambda: site.traces("sweep")[0] > 0, at_most=60)
    time.sleep(5)  # five looks of each beat
    today = datetime.now(UTC).astimezone(SHANGHAI).date()

    assert site.ask("SELECT count(*) FROM audit_periodrun WHERE period = %s", today) == 1
    assert site.traces("sweep") == (1, 1)


def test_without_beat_for_three_days_each_day_is_there_once_and_one_sweep(site: Site) -> None:
    today = datetime.now(UTC).astimezone(SHANGHAI).date()
    site.ask(
        "INSERT INTO audit_periodrun (job, period, fate, claimed_at) "
        "VALUES ('sweep', %s, 'asked', now())",
        today - timedelta(days=4),
    )

    site.start_worker()
    site.start_beat("beat")
    seconds_until(lambda: site.traces("sweep")[0] > 0, at_most=60)
    time.sleep(3)
    fates = site.ask("SELECT array_agg(fate ORDER BY period) FROM audit_periodrun")

    assert fates == ["asked", "superseded", "superseded", "superseded", "asked"]
    assert site.traces("sweep") == (1, 1)
