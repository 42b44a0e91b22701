"""Starting programs that end when we do, and recognising them again after a crash."""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from backend.engines.places import Account

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _tie_to(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """What the child runs before exec: ask the kernel for `death_signal` when `parent` dies.

    The child starts with no signal blocked or ignored, however we were started ourselves: a shell
    without job control hands down an ignored SIGINT, which would leave nothing to stop with.
    """

    def tie() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def launch(
    argv: Sequence[str],
    *,
    environment: Mapping[str, str],
    cwd: Path,
    death_signal: signal.Signals,
    output: IO[bytes] | int | None = None,
    account: Account | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own, which gets `death_signal` when this thread ends.

    The session keeps a terminal's Ctrl-C away from it: the order of stopping is ours. The kernel
    watches the *thread* that starts the child, so this is only called from a main thread.
    """
    identity: dict[str, Any] = {}
    if account is not None and account.uid != os.geteuid():
        identity = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.Popen(
        list(argv),
        env=dict(environment),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        preexec_fn=_tie_to(os.getpid(), death_signal),
        pass_fds=tuple(pass_fds),
        **identity,
    )


def quiet_environment() -> dict[str, str]:
    """The environment of an engine: no LANG of the caller's, whose locale may not be generated."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Fingerprint:
    """A process told apart from a later one with the same pid: by the tick it started at."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> "Fingerprint | None":
        """The fingerprint of the running process `pid`, or None when there is none."""
        try:
            text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        fields = text.rpartition(")")[2].split()
        state, started = fields[0], int(fields[19])
        return None if state == "Z" else cls(pid, started)

    def is_alive(self) -> bool:
        """Whether this very process still runs (a zombie does not)."""
        return Fingerprint.of(self.pid) == self

    def wait(self, seconds: float) -> bool:
        """Whether the process has ended within `seconds`."""
        end = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def send(self, number: signal.Signals) -> None:
        """Signal the process if it is still the one we mean."""
        if self.is_alive():
            os.kill(self.pid, number)


def note(processes: Mapping[str, int], path: Path) -> None:
    """Write down which processes run, so that the next start can clear them by identity."""
    found = {name: Fingerprint.of(pid) for name, pid in processes.items()}
    text = json.dumps({name: [it.pid, it.started] for name, it in found.items() if it})
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def clear(path: Path, *, seconds: float) -> list[str]:
    """End the processes noted in `path` that still live; the names of those it had to kill.

    They were asked to end when their supervisor died; after `seconds` they are killed.
    """
    try:
        noted = dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return []
    killed = []
    end = time.monotonic() + seconds
    for name, (pid, started) in noted.items():
        leftover = Fingerprint(pid, started)
        if not leftover.wait(max(0.0, end - time.monotonic())):
            kill_session(leftover.pid)
            leftover.wait(5)
            killed.append(name)
    path.unlink(missing_ok=True)
    return killed


def stop(process: subprocess.Popen[bytes], number: signal.Signals, *, seconds: float) -> bool:
    """Ask a child to end by `number`, kill its session after `seconds`; whether it ended asked."""
    if process.poll() is not None:
        return True
    process.send_signal(number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        kill_session(process.pid)
        process.wait()
        return False
    return True


def kill_session(leader: int) -> None:
    """Kill whatever is left of the session that `leader` opened."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
