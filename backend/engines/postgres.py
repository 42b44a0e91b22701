"""The embedded PostgreSQL: made once, started, healed and stopped as our child."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from backend.engines import children
from backend.engines.binaries import Binaries
from backend.engines.errors import EngineError
from backend.engines.places import Account, Places
from backend.engines.tuning import cluster_settings
from backend.environment import APP_ROLE, DATABASE_NAME, OWNER_ROLE

SUPERUSER = "postgres"
ROLES = (SUPERUSER, OWNER_ROLE, APP_ROLE)
SECONDS_TO_START = 180
SECONDS_TO_STOP = 60
# A killed server's sessions end by themselves, but one in the middle of a statement takes a while
SECONDS_FOR_ORPHANS = 60
ORPHANS_LINGER = "pre-existing shared memory block"
LOG_TAIL = 15


@dataclass
class Postgres:
    """One cluster of ours: `data` on disk, reached through the socket in `socket_directory`."""

    binaries: Binaries
    places: Places
    socket_directory: Path
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _start_of_log: int = field(default=0, repr=False)

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.places.postgres

    def start(self) -> None:
        """Make the cluster where there is none, start it, and have its roles and database."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._refuse_other_version()
        _write_access_files(self.data, self.places.account)
        clear_stale_pid_file(self.data)
        end = time.monotonic() + SECONDS_FOR_ORPHANS
        while not self._launch():
            if time.monotonic() > end:
                raise EngineError(self._failure("先前的会话一直没有结束"))
            time.sleep(0.5)
        prepare(self.socket_directory, throwaway=self.throwaway)

    @property
    def _log(self) -> Path:
        return self.places.log / "postgresql.log"

    def _launch(self) -> bool:
        """Start the server and wait for it; False while sessions of a killed one linger."""
        with self._log.open("ab") as output:
            self._start_of_log = output.tell()
            self.process = children.launch(
                self._argv(),
                environment=children.quiet_environment(),
                cwd=Path("/"),
                death_signal=signal.SIGINT,
                output=output,
                account=self.places.account,
            )
        end = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None and ORPHANS_LINGER in self._tail():
                return False
            if self.process.poll() is not None or time.monotonic() > end:
                children.stop(self.process, signal.SIGINT, seconds=5)
                raise EngineError(self._failure(f"退出码 {self.process.returncode}"))
            time.sleep(0.05)
        return True

    def stop(self) -> None:
        """Stop by SIGINT: sessions are ended, everything is written, no recovery is needed."""
        if self.process is not None:
            children.stop(self.process, signal.SIGINT, seconds=SECONDS_TO_STOP)
            self.process = None

    def has_ended(self) -> bool:
        """Whether it was started and has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def _argv(self) -> list[str]:
        settings = cluster_settings(throwaway=self.throwaway) | {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_directory),
            "unix_socket_permissions": "0700",
        }
        argv = [str(self.binaries.postgres), "-D", str(self.data)]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        return argv

    def _make(self) -> None:
        """Run initdb beside the data directory and rename: a killed initdb leaves nothing."""
        unfinished = self.data.with_name("postgresql.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.places.make(unfinished)
        argv = [
            str(self.binaries.initdb),
            f"--pgdata={unfinished}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--auth-local=peer",
            "--auth-host=reject",
        ]
        if self.throwaway:
            argv.append("--no-sync")
        made = children.launch(
            argv,
            environment=children.quiet_environment(),
            cwd=Path("/"),
            death_signal=signal.SIGKILL,
            output=subprocess.PIPE,
            account=self.places.account,
        )
        said, _ = made.communicate()
        if made.returncode != 0:
            text = said.decode("utf-8", errors="replace").strip()
            raise EngineError(f"initdb 失败（{made.returncode}）：\n{text}")
        unfinished.rename(self.data)

    def _refuse_other_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != "18":
            raise EngineError(
                f"{self.data} 由 PostgreSQL {found} 建立，这里运行的是 18；"
                "请先导出数据再 make reset。"
            )

    def _answers(self) -> bool:
        try:
            with connect(self.socket_directory, SUPERUSER, "postgres") as connection:
                if is_ours(connection, self.data):
                    return True
        except psycopg.OperationalError:
            return False
        raise EngineError(f"{self.socket_directory} 里答话的不是我们的数据库。")

    def _failure(self, reason: str) -> str:
        return f"PostgreSQL 没有起来（{reason}），{self._log} 的末尾：\n{self._tail()}"

    def _tail(self) -> str:
        with self._log.open("rb") as lines:
            lines.seek(self._start_of_log)
            text = lines.read().decode("utf-8", errors="replace")
        return "\n".join(text.splitlines()[-LOG_TAIL:])


def connect(
    socket_directory: Path, role: str, database: str = DATABASE_NAME
) -> psycopg.Connection[tuple[Any, ...]]:
    """A session of `role` through the socket; peer authentication asks for no password."""
    return psycopg.connect(
        host=str(socket_directory), user=role, dbname=database, connect_timeout=10, autocommit=True
    )


def is_ours(connection: psycopg.Connection[tuple[Any, ...]], data: Path) -> bool:
    """Whether the server that answers runs on `data`: a pid would prove nothing."""
    row = connection.execute("SHOW data_directory").fetchone()
    return row is not None and Path(row[0]).resolve() == data.resolve()


def find_running(data: Path) -> children.Fingerprint | None:
    """The process that serves `data` now, as its own server says through its socket."""
    lines = _pid_file(data)
    if len(lines) < 5 or not lines[4].startswith("/"):
        return None
    try:
        with connect(Path(lines[4]), SUPERUSER, "postgres") as connection:
            return children.Fingerprint.of(int(lines[0])) if is_ours(connection, data) else None
    except psycopg.OperationalError:
        return None


def stop_leftover(data: Path) -> None:
    """Stop a server that an earlier supervisor left on `data`, if there is one."""
    if found := find_running(data):
        found.send(signal.SIGINT)
        if not found.wait(SECONDS_TO_STOP):
            raise EngineError(f"先前的 PostgreSQL（进程 {found.pid}）没有停下来。")
        return
    _wait_for_shutdown(data)


def _wait_for_shutdown(data: Path) -> None:
    """Wait for a server of `data` that no longer answers because it is shutting down."""
    lines = _pid_file(data)
    if not lines or not _runs_on(int(lines[0]), data):
        return
    leaving = children.Fingerprint.of(int(lines[0]))
    if leaving is not None and not leaving.wait(SECONDS_TO_STOP):
        raise EngineError(f"先前的 PostgreSQL（进程 {leaving.pid}）没有停下来。")


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _runs_on(pid: int, data: Path) -> bool:
    """Whether process `pid` was started as a server of `data`."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(data) in words


def clear_stale_pid_file(data: Path) -> None:
    """Remove a postmaster.pid whose number now belongs to an unrelated process.

    PostgreSQL heals a pid file whose process is gone, but refuses one whose number was reused.
    The shared memory named in it is looked at first: somebody attached means still running.
    """
    lines = _pid_file(data)
    if not lines or not lines[0].isdigit():
        return
    pid = int(lines[0])
    if children.Fingerprint.of(pid) is None or _runs_on(pid, data):
        return
    segment = lines[6].split()[1] if len(lines) > 6 and len(lines[6].split()) == 2 else ""
    if segment not in _attached_segments():
        (data / "postmaster.pid").unlink()


def _attached_segments() -> set[str]:
    try:
        rows = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return set()
    return {row.split()[1] for row in rows if row.split()[6] != "0"}


def _write_access_files(data: Path, account: Account) -> None:
    """Peer authentication over the socket for whoever runs us; everybody else is refused."""
    users = {Account.of(os.geteuid()).name}
    mapping = [f'shuangyuan "{user}" {role}' for user in sorted(users) for role in ROLES]
    _write(data / "pg_ident.conf", mapping, account)
    access = ["local all all peer map=shuangyuan"]
    _write(data / "pg_hba.conf", access, account)


def _write(path: Path, lines: Sequence[str], account: Account) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, account.uid, account.gid)


def prepare(socket_directory: Path, *, throwaway: bool) -> None:
    """Have the two roles and the database; safe to repeat. `migrate` grants the rest."""
    owner = sql.Identifier(OWNER_ROLE)
    database = sql.Identifier(DATABASE_NAME)
    with connect(socket_directory, SUPERUSER, "postgres") as connection:
        have = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER_ROLE, APP_ROLE} - have:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if throwaway:
            connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(owner))
            connection.execute(
                sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(owner)
            )
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if DATABASE_NAME not in databases:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
