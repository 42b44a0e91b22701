"""The district that is measured: generated, loaded and kept on a cluster of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from backend import environment
from backend.engines.lock import CheckoutLock
from backend.engines.pair import Engines, prepare_engines
from backend.engines.places import find_places

ON = date(2026, 11, 24)
SEED = 1


class BuildFailed(Exception):
    """A command that builds the district ended with an error."""


@dataclass
class District:
    """A generated district of `size` students as of `on`, under `home`; reused where it is there.

    `attendance_days` keeps only the latest days of attendance, None all.
    """

    size: int
    seed: int = SEED
    on: date = ON
    attendance_days: int | None = None
    root: Path = field(default_factory=lambda: environment.BASE_DIR / "var" / "bench")
    engines: Engines | None = field(default=None, repr=False)
    _lock: Any = field(default=None, repr=False)

    @property
    def home(self) -> Path:
        """The directory of this district's cluster and files."""
        latest = "" if self.attendance_days is None else f"-last{self.attendance_days}"
        return self.root / f"{self.size}-{self.seed}-{self.on}{latest}"

    @property
    def files(self) -> Path:
        """The district's files, in the interchange format."""
        return self.home / "files"

    @property
    def note(self) -> dict[str, Any]:
        """What building it took, by step; empty until it is built."""
        path = self.home / "built.json"
        return dict(json.loads(path.read_text())) if path.is_file() else {}

    def start(self) -> None:
        """Start its cluster, point this process at it, and build what is missing."""
        places = find_places(self.home, checkout=environment.BASE_DIR)
        self._lock = CheckoutLock(places.run / "supervisor.lock")
        self._lock.__enter__()
        self.engines = prepare_engines(places)
        self.engines.start()
        os.environ |= self.addresses()
        if self.note:
            run_command(["migrate", "--verbosity", "0"])
        else:
            self._build()

    def stop(self) -> None:
        """Stop its cluster; the rows stay."""
        if self.engines is not None:
            self.engines.stop()
            self.engines = None
            self._lock.__exit__(None, None, None)

    def addresses(self) -> dict[str, str]:
        """The environment that leads to it, as the application's role."""
        assert self.engines is not None
        sockets = self.engines.socket_directory
        return {
            "SHUANGYUAN_VAR": str(self.home),
            "DATABASE_URL": environment.embedded_database_url(environment.APP_ROLE, sockets),
            "DATABASE_OWNER_URL": environment.embedded_database_url(
                environment.OWNER_ROLE, sockets
            ),
            "REDIS_URL": f"unix://{sockets}/valkey.sock",
            "DJANGO_SETTINGS_MODULE": "backend.settings",
        }

    def _build(self) -> None:
        steps: dict[str, Any] = {}
        order = ["--size", str(self.size), "--seed", str(self.seed), "--on", str(self.on)]
        if self.attendance_days is not None:
            order += ["--attendance-days", str(self.attendance_days)]
        for name, command in (
            ("migrate", ["migrate", "--verbosity", "0"]),
            ("generate", ["seed_demo", *order, "--write", str(self.files)]),
            ("load", ["load_district", str(self.files)]),
        ):
            say(f"{name} …")
            steps[name] = run_command(command)
            say(f"{name}: {steps[name]['seconds']:.1f} s")
        (self.home / "built.json").write_text(json.dumps(steps))


def run_command(command: list[str]) -> dict[str, Any]:
    """Run a manage.py command of ours to its end: wall and processor seconds, peak memory in MB.

    Raises BuildFailed with the end of what it said when it ends with an error.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=environment.BASE_DIR,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        peak = 0.0
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            peak = max(peak, peak_mb(process.pid))
            time.sleep(0.02)
        _, status, usage = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode:
            text = said.read().decode(errors="replace")
            raise BuildFailed(f"{command[0]}: {text[-2000:]}")
    return {
        "seconds": time.monotonic() - started,
        "processor": usage.ru_utime + usage.ru_stime,
        "peak_mb": peak,
    }


def peak_mb(pid: int) -> float:
    """The most resident memory of a process so far; ru_maxrss would begin with its parent's."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"^VmHWM:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def say(text: str) -> None:
    """A line of progress for who waits."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
