"""What was killed comes back, and what was committed is still there."""

import signal
import socket
from functools import partial
from pathlib import Path

import pytest

from backend import environment
from backend.engines import postgres
from backend.engines.children import Fingerprint
from tests.engine.checkouts import (
    Checkout,
    Run,
    command_of,
    copy_project,
    socket_directory,
    wait_for,
)

pytestmark = pytest.mark.deep


def test_any_process_killed_is_back_and_a_killed_supervisor_heals_at_the_next_run(
    place: Path, started: list[Run]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    checkout = Checkout(copy_project(place / "checkout"), settings={"SHUANGYUAN_PORT": port})
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    url = run.url()

    for words in (
        "gunicorn",
        "celery --app backend worker",
        "celery --app backend beat",
        "valkey-server",
        "bin/postgres",
    ):
        victim = run.process_named(words)
        victim.send(signal.SIGKILL)
        assert victim.wait(10)
        wait_for(partial(run.process_named, words))
        run.wait_until_ready()
        assert run.url() == url

    everything = run.processes()
    run.supervisor().send(signal.SIGKILL)
    run.process.wait(10)
    healed = checkout.run()
    started.append(healed)
    healed.wait_until_ready()

    assert all(process.wait(30) for process in everything), [*map(command_of, everything)]
    assert healed.url() == url
    healed.interrupt()


def test_everything_killed_at_once_heals_with_what_was_committed(
    place: Path, started: list[Run]
) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    with postgres.connect(socket_directory(checkout), environment.OWNER_ROLE) as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS line")

    for process in run.processes():
        process.send(signal.SIGKILL)
    run.process.wait(10)
    healed = checkout.run()
    started.append(healed)
    healed.wait_until_ready()

    with postgres.connect(socket_directory(checkout), environment.OWNER_ROLE) as session:
        assert session.execute("SELECT line FROM kept").fetchone() == (1,)
    healed.interrupt()


def test_child_of_the_worker_ends_with_a_worker_that_is_killed(
    place: Path, started: list[Run]
) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    wait_for(lambda: len(worker_processes(run)) >= 3)
    old = worker_processes(run)

    run.process_named("celery --app backend worker").send(signal.SIGKILL)

    assert all(process.wait(20) for process in old)
    run.interrupt()


def worker_processes(run: Run) -> list[Fingerprint]:
    return [it for it in run.processes() if "celery --app backend worker" in command_of(it)]
