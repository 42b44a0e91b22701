"""Checkouts of the project in awkward places, and `make run` in them, as a person would."""

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.engines.children import Fingerprint
from backend.environment import BASE_DIR

AS_ROOT = os.geteuid() == 0
PLAIN_USER = "daemon"
# What the settings of this run, or the make that started it, would tell the one under test
OURS = ("SHUANGYUAN_", "DATABASE_", "REDIS_", "DJANGO_", "PYTEST_", "MAKE", "MFLAGS")
SECONDS_TO_SERVE = 240
SECONDS_TO_STOP = 90


def copy_project(to: Path) -> Path:
    """Copy what a clone of this working tree would hold."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=BASE_DIR,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (BASE_DIR / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BASE_DIR / name, to / name)
    return to


@dataclass
class Checkout:
    """A copy of the project at `path`, used by `user` (ourselves when None)."""

    path: Path
    venv: Path = field(default_factory=lambda: Path(sys.prefix))
    user: str | None = None
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self, **settings: str) -> dict[str, str]:
        """What the commands are given: a locale that is not generated, no network, no demo."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own |= {
            "LANG": "xx_XX.UTF-8",
            "LC_ALL": "xx_XX.UTF-8",
            "SHUANGYUAN_VENV": str(self.venv),
            "SHUANGYUAN_DEMO": "0",
            "PIP_NO_INDEX": "1",
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
        }
        own.pop("VIRTUAL_ENV", None)
        if self.user:
            own |= {"HOME": str(self.path), "USER": self.user, "PATH": "/usr/bin:/bin"}
        return own | self.settings | settings

    def identity(self) -> dict[str, Any]:
        """How a program is started as the checkout's user."""
        if self.user is None:
            return {}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def call(self, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run one command in the checkout to its end."""
        return subprocess.run(
            words,
            cwd=self.path,
            env=self.environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
            **self.identity(),
        )

    def make(self, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run make in the checkout to its end."""
        return self.call("make", *words, **settings)

    def run(self, **settings: str) -> "Run":
        """`make run`, in the background."""
        output = self.path / "run.out"
        with output.open("wb") as to:
            process = subprocess.Popen(
                ["make", "run"],
                cwd=self.path,
                env=self.environment(**settings),
                stdout=to,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.identity(),
            )
        return Run(self, process, output)

    def give_to_user(self) -> "Checkout":
        """Make the whole checkout its user's."""
        if self.user:
            entry = pwd.getpwnam(self.user)
            for path in (self.path, *self.path.rglob("*")):
                os.chown(path, entry.pw_uid, entry.pw_gid)
        return self


@dataclass
class Run:
    """One `make run`."""

    checkout: Checkout
    process: "subprocess.Popen[bytes]"
    output: Path

    def said(self) -> str:
        """What it printed so far."""
        return self.output.read_text(encoding="utf-8")

    def url(self) -> str:
        """The site's address, once it serves."""
        end = time.monotonic() + SECONDS_TO_SERVE
        while not (found := re.search(r"网站：(\S+)", self.said())):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)
        return found.group(1)

    def get(self, path: str = "readyz") -> tuple[int, str]:
        """Status and text of a page."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.url() + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.request.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError as error:
            return 0, str(error)

    def wait_until_ready(self) -> None:
        """Wait for /readyz to say so, and to miss nothing."""
        end = time.monotonic() + SECONDS_TO_SERVE
        while '"missing": []' not in self.get()[1]:
            assert time.monotonic() < end, self.said()
            time.sleep(0.2)

    def supervisor(self) -> Fingerprint:
        """The supervisor's process."""
        return next(
            found for found in self.processes() if "backend.supervisor" in command_of(found)
        )

    def processes(self) -> list[Fingerprint]:
        """Every process below `make run`, and itself."""
        parents: dict[int, list[int]] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                text = stat.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            parents.setdefault(int(text.rpartition(")")[2].split()[1]), []).append(
                int(stat.parent.name)
            )
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            queue += parents.get(pid, [])
            found.append(Fingerprint.of(pid))
        return [it for it in found if it is not None]

    def process_named(self, words: str) -> Fingerprint:
        """The first process whose command line holds `words`, parents before children."""
        return next(found for found in self.processes() if words in command_of(found))

    def interrupt(self) -> str:
        """Ctrl-C at the terminal, which reaches make and the supervisor; what was printed."""
        everything = self.processes()
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(SECONDS_TO_STOP)
        for found in everything:
            assert found.wait(10), command_of(found)
        return self.said()


def command_of(process: Fingerprint) -> str:
    """A process's command line; empty when it has ended."""
    try:
        return (
            Path(f"/proc/{process.pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8")
        )
    except OSError:
        return ""


def data_directory(checkout: Checkout) -> Path:
    """Where its database keeps its data."""
    noted = json.loads((checkout.path / "var/run/engines.json").read_text(encoding="utf-8"))
    return Path(noted["data_directory"])


def socket_directory(checkout: Checkout) -> Path:
    """Where its engines listen."""
    noted = json.loads((checkout.path / "var/run/engines.json").read_text(encoding="utf-8"))
    return Path(noted["socket_directory"])


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until it holds; a StopIteration is a no."""
    end = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except StopIteration:
            pass
        assert time.monotonic() < end
        time.sleep(0.1)
