"""The health checks of the compose file tell a service that works from one that does not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from celery.beat import Scheduler
from django.conf import settings

from backend.engines.binaries import find_binaries
from backend.engines.pair import Engines
from backend.environment import BASE_DIR, DATABASE_NAME, OWNER_ROLE
from scripts.beat_is_alive import STALE_AFTER

SICK = 1


def check_of(service: str) -> list[str]:
    """The words that the compose file has for it; a shell's line is one word."""
    compose = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))
    kind, *words = compose["services"][service]["healthcheck"]["test"]
    assert kind in {"CMD", "CMD-SHELL"}
    return list(words)


def status_of(words: list[str]) -> int:
    """The exit status of a check, run by this Python from the checkout."""
    command = [sys.executable if word == "python" else word for word in words]
    return subprocess.run(
        command, cwd=BASE_DIR, check=False, capture_output=True, timeout=60
    ).returncode


@contextmanager
def site_answering(status: int) -> Iterator[int]:
    """A site whose readiness is `status`, and its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("status", "is_well"), [(200, True), (503, False), (500, False)])
def test_site_is_well_while_it_is_ready(status: int, is_well: bool) -> None:
    words = check_of("web")

    with site_answering(status) as port:
        found = status_of([word.replace("localhost:8000", f"127.0.0.1:{port}") for word in words])

    assert "localhost:8000" in words[-1]
    assert (found == 0) is is_well


def test_site_that_does_not_answer_is_not_well() -> None:
    with site_answering(200) as port:
        words = [word.replace("localhost:8000", f"127.0.0.1:{port}") for word in check_of("web")]

    assert status_of(words) == SICK


@pytest.mark.parametrize(
    ("suffix", "age", "status"),
    [
        ("", STALE_AFTER - 60, 0),
        (".dat", STALE_AFTER - 60, 0),
        (".db", STALE_AFTER + 60, SICK),
        (None, 0, SICK),
    ],
)
def test_beat_is_well_while_it_keeps_its_schedule(
    tmp_path: Path, suffix: str | None, age: int, status: int
) -> None:
    *words, named = check_of("beat")
    schedule = tmp_path / Path(named).name
    if suffix is not None:
        kept = schedule.with_name(schedule.name + suffix)
        kept.touch()
        os.utime(kept, (time.time() - age,) * 2)

    assert status_of([*words, str(schedule)]) == status


def test_beat_that_works_keeps_its_schedule_oftener_than_it_is_asked_for() -> None:
    oftenest = min(entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values())

    slowest = Scheduler.sync_every + oftenest

    assert slowest < STALE_AFTER - 60


def test_worker_that_does_not_answer_is_not_well() -> None:
    (line,) = check_of("worker")

    asked = line.replace("$$HOSTNAME", "nobody").replace("python", sys.executable, 1)

    assert "--destination celery@$$HOSTNAME" in line
    assert status_of(["sh", "-c", asked]) != 0


def test_database_is_well_while_it_takes_sessions(second: Engines) -> None:
    program, *words = check_of("postgres")
    asked = [str(find_binaries(second.places).postgres.with_name(program)), *words]
    here = ["--host", str(second.socket_directory)]

    assert words[-4:] == ["--username", OWNER_ROLE, "--dbname", DATABASE_NAME]
    assert status_of([*asked, *here]) == 0
    assert status_of([*asked, "--host", "/nowhere"]) != 0


def test_broker_is_well_while_it_answers_without_an_error() -> None:
    assert check_of("valkey") == ["valkey-cli", "-e", "ping"]
