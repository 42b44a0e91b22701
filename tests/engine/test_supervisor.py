"""The supervisor starts in order, stops in order, and knows what it left behind."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from backend import environment, supervisor
from backend.engines import children
from backend.engines.children import Fingerprint
from backend.engines.errors import EngineError
from backend.engines.lock import AlreadyRunning, CheckoutLock, holder
from backend.engines.places import Places, engine_account
from backend.processes import PROCESSES
from backend.supervisor import Supervisor

STUBBORN = """
import signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(subprocess.Popen(["sleep", "600"]).pid, flush=True)
time.sleep(600)
"""
PARENT = """
import signal, sys, time
from pathlib import Path
from backend.engines import children
child = children.launch(
    [sys.executable, "-c", "import time; time.sleep(600)"],
    environment={}, cwd=Path("/"), death_signal=signal.SIGINT,
)
print(child.pid, flush=True)
time.sleep(600)
"""
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def idle(places: Places) -> Iterator[Supervisor]:
    """A supervisor that runs nothing yet."""
    with CheckoutLock(places.run / "supervisor.lock") as lock:
        yield Supervisor(places, lock)


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    """A port that somebody else's web server has."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener


def sleeper(death_signal: signal.Signals = signal.SIGTERM) -> "subprocess.Popen[bytes]":
    return children.launch(SLEEPER, environment={}, cwd=Path("/"), death_signal=death_signal)


def test_web_then_worker_then_beat_are_stopped_and_the_engines_last(
    idle: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    class Recorded:
        def stop(self, tell: Any) -> None:
            order.append("engines")

    idle.running = {name: sleeper() for name in ("beat", "web", "worker")}
    idle.engines = Recorded()  # type: ignore[assignment]
    names = {it.pid: name for name, it in idle.running.items()}
    stop = children.stop

    def record(process: Any, number: signal.Signals, *, seconds: float) -> bool:
        order.append(names[process.pid])
        return stop(process, number, seconds=seconds)

    monkeypatch.setattr(children, "stop", record)
    idle._stop()

    assert order == ["web", "worker", "beat", "engines"]
    assert [process.name for process in PROCESSES] == order[:3]


def test_embedded_database_stops_after_the_broker_and_by_sigint(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from backend.engines import broker, pair, postgres

    sent: list[tuple[str, signal.Signals]] = []
    monkeypatch.setattr(
        children, "stop", lambda process, number, seconds: sent.append((process, number))
    )
    monkeypatch.setattr(pair, "remove_socket_directory", lambda *words: None)
    monkeypatch.setattr(Path, "unlink", lambda path, missing_ok: None)
    places: Any = Places(tmp_path, tmp_path, engine_account(environment.BASE_DIR))
    nothing: Any = None
    database = postgres.Postgres(nothing, places, tmp_path)
    queue = broker.Broker(nothing, places, tmp_path)
    database.process, queue.process = "database", "broker"  # type: ignore[assignment]

    pair.Engines(places, tmp_path, database, queue).stop()

    assert sent == [("broker", signal.SIGTERM), ("database", signal.SIGINT)]


def test_process_that_ignores_the_request_is_killed_with_its_children() -> None:
    stubborn = children.launch(
        [
            sys.executable,
            "-c",
            STUBBORN,
        ],
        environment={"PATH": "/usr/bin:/bin"},
        cwd=Path("/"),
        death_signal=signal.SIGKILL,
        output=subprocess.PIPE,
    )
    assert stubborn.stdout is not None
    grandchild = Fingerprint.of(int(stubborn.stdout.readline()))
    assert grandchild is not None

    obeyed = children.stop(stubborn, signal.SIGTERM, seconds=0.2)
    stubborn.stdout.close()

    assert not obeyed
    assert grandchild.wait(5)


def test_children_end_when_their_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            PARENT,
        ],
        cwd=environment.BASE_DIR,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = Fingerprint.of(int(parent.stdout.readline()))
    assert child is not None

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert child.wait(10)


def test_child_can_be_interrupted_though_we_were_started_with_sigint_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = sleeper()
        time.sleep(0.3)
        obeyed = children.stop(child, signal.SIGINT, seconds=10)
    finally:
        signal.signal(signal.SIGINT, before)

    assert obeyed


def test_second_supervisor_of_a_checkout_is_told_where_the_first_one_serves(
    idle: Supervisor, places: Places
) -> None:
    idle.lock.write(url="http://127.0.0.1:8123/")

    with pytest.raises(AlreadyRunning, match=r"http://127.0.0.1:8123/.*make stop"):
        CheckoutLock(places.run / "supervisor.lock").__enter__()


def test_lock_of_a_supervisor_that_was_killed_is_free(places: Places) -> None:
    path = places.run / "supervisor.lock"
    path.write_text('{"pid": 1, "started": 1, "url": "http://127.0.0.1:8123/"}')

    assert holder(path) is None
    with CheckoutLock(path):
        assert holder(path) is not None
    assert holder(path) is None


def test_processes_that_outlived_their_supervisor_are_ended_and_named(places: Places) -> None:
    noted = places.run / "children.json"
    leftover = sleeper()
    children.note({"worker": leftover.pid}, noted)

    killed = children.clear(noted, seconds=0.2)
    leftover.wait()

    assert killed == ["worker"]
    assert leftover.returncode == -signal.SIGKILL
    assert not noted.exists()


def test_process_that_only_has_the_number_of_a_former_one_is_left_alone(places: Places) -> None:
    noted = places.run / "children.json"
    innocent = sleeper()
    noted.write_text(f'{{"worker": [{innocent.pid}, 1]}}')

    killed = children.clear(noted, seconds=0.2)

    assert killed == []
    assert innocent.poll() is None
    children.stop(innocent, signal.SIGTERM, seconds=5)


def test_taken_port_gives_way_to_the_next_free_one_and_is_said(
    taken: socket.socket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = taken.getsockname()[1]
    monkeypatch.setenv("SHUANGYUAN_PORT", str(port))

    with supervisor.listen() as listener:
        chosen = listener.getsockname()[1]

        assert port < chosen < port + supervisor.PORTS_TRIED
        assert f"端口 {port} 已被占用，改用 {chosen}" in capsys.readouterr().out
        assert supervisor.address(listener) == f"http://127.0.0.1:{chosen}/"


@pytest.mark.parametrize("text", ["abc", "70000", "-1", "８０００", "80 00"])
def test_port_that_is_none_is_refused_with_its_name(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SHUANGYUAN_PORT", text)

    with pytest.raises(EngineError, match="SHUANGYUAN_PORT 应为端口号"):
        supervisor.listen()


def test_one_of_the_last_ports_is_a_port_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUANGYUAN_PORT", "65400")

    with supervisor.listen() as listener:
        assert 65400 <= listener.getsockname()[1] <= supervisor.LAST_PORT


def test_directory_that_is_half_deleted_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = tmp_path / "postgresql"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("18", "utf-8")
    monkeypatch.setattr(shutil, "rmtree", lambda *told, **how: None)  # killed before it began

    supervisor.delete(cluster)

    assert not cluster.exists()
    assert (tmp_path / "postgresql.unfinished" / "PG_VERSION").exists()


def test_empty_port_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUANGYUAN_PORT", "")

    with supervisor.listen() as listener:
        chosen = listener.getsockname()[1]

    assert 8000 <= chosen < 8000 + supervisor.PORTS_TRIED


def test_process_that_ended_by_itself_is_started_again(
    idle: Supervisor, taken: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Supervisor,
        "_start",
        lambda self, process, listener: self.running.update({process.name: sleeper()}),
    )
    idle.running = {process.name: sleeper() for process in PROCESSES}
    gone = idle.running["worker"]
    gone.kill()
    gone.wait()

    idle._keep_up(taken)

    assert idle.running["worker"] is not gone
    assert idle.running["worker"].poll() is None
    idle._stop()


def test_process_that_cannot_be_kept_up_ends_everything_instead_of_looping(
    idle: Supervisor, taken: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end_at_once(self: Supervisor, process: Any, listener: socket.socket) -> None:
        child = children.launch(
            ["/bin/false"], environment={}, cwd=Path("/"), death_signal=signal.SIGTERM
        )
        child.wait()
        self.running[process.name] = child

    monkeypatch.setattr(Supervisor, "_start", end_at_once)
    for process in PROCESSES:
        idle._start(process, taken)

    for _ in range(supervisor.MOST_RESTARTS // len(PROCESSES)):
        idle._keep_up(taken)
    with pytest.raises(EngineError, match="重启超过"):
        idle._keep_up(taken)


def test_servers_named_in_the_environment_leave_nothing_embedded(
    idle: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/district")
    monkeypatch.setenv("REDIS_URL", "redis://broker.example/0")

    idle._start_engines()

    assert idle.engines is None


def test_only_the_engine_that_has_no_server_is_embedded(
    idle: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/district")
    monkeypatch.delenv("REDIS_URL")

    idle._start_engines()

    assert idle.engines is not None
    assert idle.engines.postgres is None
    assert idle.engines.broker is not None
    idle.engines.stop()
