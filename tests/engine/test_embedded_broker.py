"""The embedded broker loses no message and is reached by nobody else."""

import signal

import redis
from django.conf import settings

from backend.celery import app
from backend.engines.pair import Engines
from tests.engine.clusters import listening_ports


def test_broker_appends_every_write_evicts_nothing_and_has_no_port(second: Engines) -> None:
    assert second.broker is not None
    assert second.broker.process is not None

    with redis.Redis(unix_socket_path=str(second.broker.socket)) as client:
        told = client.config_get("appendonly", "maxmemory-policy", "port", "unixsocketperm")

    assert told == {
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "port": "0",
        "unixsocketperm": "700",
    }
    assert listening_ports(second.broker.process.pid) == []


def test_broker_killed_without_warning_comes_back_with_its_messages(second: Engines) -> None:
    assert second.broker is not None
    assert second.broker.process is not None
    with redis.Redis(unix_socket_path=str(second.broker.socket)) as client:
        client.set("kept", "1")
        client.execute_command("WAITAOF", 1, 0, 2000)

    second.broker.process.send_signal(signal.SIGKILL)
    second.broker.process.wait()
    revived = second.revive()

    assert revived == ["valkey"]
    with redis.Redis(unix_socket_path=str(second.broker.socket)) as client:
        assert client.get("kept") == b"1"


def test_celery_reaches_the_suites_broker_through_its_socket(engines: Engines | None) -> None:
    assert settings.CELERY_BROKER_URL.startswith("redis+socket:///")

    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1)

        assert connection.connected


def test_task_of_a_killed_child_returns_to_the_queue() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.task_ignore_result


def test_message_reappears_only_after_the_longest_task_could_have_ended() -> None:
    visible_again = app.conf.broker_transport_options["visibility_timeout"]

    assert visible_again > app.conf.task_time_limit
