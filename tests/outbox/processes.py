"""Engines of their own, and web, worker and beat beside them as processes that may be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from backend import environment
from backend.engines import children
from backend.engines.pair import Engines, prepare_engines
from backend.engines.places import Places, engine_account
from backend.processes import WORKER

TRACER = "tests.outbox.worker"
WORKING = ("worker", "--concurrency", "1", "--without-gossip", "--without-mingle")
KILLED = -signal.SIGKILL


@dataclass
class Site:
    """A migrated database and a broker of a module of tests alone."""

    engines: Engines
    base: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        """The environment that leads a process here, as the application's role."""
        sockets = self.engines.socket_directory
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"SHUANGYUAN_DATABASE_ROLE", "SHUANGYUAN_CHECKPOINT"}
        }
        return inherited | {
            "DATABASE_URL": environment.embedded_database_url(environment.APP_ROLE, sockets),
            "DATABASE_OWNER_URL": environment.embedded_database_url(
                environment.OWNER_ROLE, sockets
            ),
            "REDIS_URL": f"unix://{sockets}/valkey.sock",
            "SHUANGYUAN_VAR": str(self.base),
            "PYTHONUTF8": "1",
        }

    def finish(self, *words: str, checkpoint: str = "") -> int:
        """Run `python -m words` to its end; its exit status, negative for a signal."""
        process = self._launch(words, checkpoint)
        return process.wait(60)

    def start(self, *words: str, checkpoint: str = "") -> subprocess.Popen[bytes]:
        """Start `python -m words` and leave it running until `end`."""
        process = self._launch(words, checkpoint)
        self.processes.append(process)
        return process

    def start_worker(
        self, *more: str, checkpoint: str = "", app: str = TRACER
    ) -> subprocess.Popen[bytes]:
        """A worker with one child, told of its seam where one is given."""
        celery = ("celery", "--app", app)
        return self.start(*celery, *WORKING, "--loglevel", "WARNING", *more, checkpoint=checkpoint)

    def start_beat(self, name: str, *, app: str = TRACER) -> subprocess.Popen[bytes]:
        """A beat with a schedule file of its own."""
        beat = ("celery", "--app", app, "beat", "--loglevel", "WARNING")
        return self.start(*beat, "--schedule", str(self.base / "run" / name), "--pidfile", "")

    def _launch(self, words: tuple[str, ...], checkpoint: str) -> subprocess.Popen[bytes]:
        seam = {"SHUANGYUAN_CHECKPOINT": checkpoint} if checkpoint else {}
        own = WORKER.environment if "worker" in words else {}
        with (self.base / "log" / "processes.log").open("ab") as log:
            return children.launch(
                [sys.executable, "-m", *words],
                environment={**self.variables, **own, **seam},
                cwd=environment.BASE_DIR,
                death_signal=signal.SIGKILL,
                output=log,
            )

    def end(self) -> None:
        """Kill what runs, children included."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        self.processes.clear()

    def ask(self, statement: str, *values: Any) -> Any:
        """The first cell that a statement gives, asked as the schema's owner."""
        sockets = self.engines.socket_directory
        with psycopg.connect(
            host=str(sockets), user=environment.OWNER_ROLE, dbname=environment.DATABASE_NAME
        ) as session:
            cursor = session.execute(statement, values)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def empty(self) -> None:
        """No message, no period and no trace."""
        self.ask("SET session_replication_role = replica; DELETE FROM audit_operation")
        self.ask("DELETE FROM audit_outbox")
        self.ask("DELETE FROM audit_periodrun")

    def wake(self) -> None:
        """End the rest of every message."""
        self.ask("UPDATE audit_outbox SET available_at = now() WHERE done_at IS NULL")

    @property
    def waiting(self) -> int:
        """Messages of tests neither done nor parked."""
        return int(
            self.ask(
                "SELECT count(*) FROM audit_outbox "
                "WHERE topic = 'told' AND done_at IS NULL AND parked_at IS NULL"
            )
        )

    @property
    def slowest(self) -> float:
        """Seconds from the writing of a message to its being done, of the slowest."""
        slowest = self.ask("SELECT max(done_at - created_at) FROM audit_outbox")
        return float(slowest.total_seconds())

    def traces(self, topic: str = "told") -> tuple[int, int]:
        """Effects of a topic's messages, and how many messages they are of."""
        counted = "SELECT count({}) FROM audit_operation WHERE made_by = %s"
        effects = self.ask(counted.format("*"), topic)
        messages = self.ask(counted.format("DISTINCT source ->> 'message'"), topic)
        return int(effects), int(messages)


@contextmanager
def open_site() -> Iterator[Site]:
    """A site, migrated; taken away with everything that runs in it."""
    base = Path(tempfile.mkdtemp(prefix="sy-outbox-", dir="/tmp"))
    base.chmod(0o755)
    for name in ("run", "log"):
        (base / name).mkdir()
    places = Places(var=base, home=base, account=engine_account(environment.BASE_DIR))
    engines = prepare_engines(places, throwaway=True)
    engines.start()
    site = Site(engines, base)
    try:
        manage = [sys.executable, str(environment.BASE_DIR / "manage.py")]
        subprocess.run(
            [*manage, "migrate", "--verbosity", "0"], env=site.variables, check=True, timeout=180
        )
        yield site
    finally:
        site.end()
        engines.stop()
        shutil.rmtree(base, ignore_errors=True)


def report(text: str) -> None:
    """Say a measured figure; pytest shows it with -rP."""
    sys.stdout.write(f"{text}\n")


def seconds_until(holds: Callable[[], bool], *, at_most: float) -> float:
    """Seconds until `holds` says yes; an error once `at_most` have passed."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > at_most:
            raise TimeoutError(f"not within {at_most} s")
        time.sleep(0.05)
    return time.monotonic() - began
