"""The embedded Valkey: one append-only file, one unix socket, no port."""

import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import redis

from backend.engines import children
from backend.engines.binaries import Binaries
from backend.engines.errors import EngineError
from backend.engines.places import Places

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


@dataclass
class Broker:
    """A Valkey of ours, reached through the socket in `socket_directory`."""

    binaries: Binaries
    places: Places
    socket_directory: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket(self) -> Path:
        """The unix socket that clients connect to."""
        return self.socket_directory / "valkey.sock"

    def start(self) -> None:
        """Start the broker and wait until it has read its file and answers."""
        self.places.make(self.places.broker)
        self.socket.unlink(missing_ok=True)
        log = self.places.log / "valkey.log"
        with log.open("ab") as output:
            self.process = children.launch(
                self._argv(),
                environment=children.quiet_environment(),
                cwd=Path("/"),
                death_signal=signal.SIGTERM,
                output=output,
                account=self.places.account,
            )
        end = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                children.stop(self.process, signal.SIGTERM, seconds=5)
                said = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
                raise EngineError("\n".join([f"Valkey 没有起来，{log} 的末尾：", *said]))
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop by SIGTERM: the append-only file is written out first."""
        if self.process is not None:
            children.stop(self.process, signal.SIGTERM, seconds=SECONDS_TO_STOP)
            self.process = None

    def has_ended(self) -> bool:
        """Whether it was started and has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def _argv(self) -> list[str]:
        # Losing a message is worse than refusing one: noeviction, and every write appended
        return [
            str(self.binaries.valkey),
            *("--port", "0"),
            *("--unixsocket", str(self.socket)),
            *("--unixsocketperm", "700"),
            *("--dir", str(self.places.broker)),
            *("--appendonly", "yes"),
            *("--maxmemory-policy", "noeviction"),
            *("--save", ""),
            *("--daemonize", "no"),
        ]

    def _answers(self) -> bool:
        return directory_of(self.socket) == self.places.broker.resolve()


def directory_of(socket: Path) -> Path | None:
    """The directory that the broker behind `socket` writes to; None when nobody answers."""
    with redis.Redis(unix_socket_path=str(socket), socket_timeout=5) as client:
        try:
            return Path(str(client.config_get("dir")["dir"])).resolve()
        except (redis.ConnectionError, redis.TimeoutError, redis.ResponseError):
            return None
