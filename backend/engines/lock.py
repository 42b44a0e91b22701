"""One supervisor for each checkout: a lock the kernel lets go of when its holder dies."""

import fcntl
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from backend.engines.children import Fingerprint
from backend.engines.errors import EngineError


class AlreadyRunning(EngineError):
    """Somebody holds the checkout's lock; `note` is what they wrote about themselves."""

    def __init__(self, note: dict[str, Any]) -> None:
        self.note = note
        where = note.get("url") or "（正在启动）"
        super().__init__(
            f"这个目录已经在运行：{where}，进程 {note.get('pid', '？')}。停止：make stop"
        )


@dataclass
class CheckoutLock:
    """The lock in `path`; its holder's pid, start and address are written in it."""

    path: Path
    _file: IO[str] | None = field(default=None, repr=False)

    def __enter__(self) -> "CheckoutLock":
        self._file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise AlreadyRunning(read_note(self.path)) from None
        self.write()
        return self

    def write(self, **facts: Any) -> None:
        """Say who holds the lock, with `facts` such as the site's address."""
        assert self._file is not None
        me = Fingerprint.of(os.getpid())
        assert me is not None
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": me.pid, "started": me.started, **facts}, self._file)
        self._file.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._file is not None
        self._file.seek(0)
        self._file.truncate()
        self._file.close()


def read_note(path: Path) -> dict[str, Any]:
    """What the holder wrote; empty when nobody holds the lock or it is being written."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def holder(path: Path) -> Fingerprint | None:
    """The living process that holds the lock."""
    note = read_note(path)
    if "pid" not in note:
        return None
    found = Fingerprint(note["pid"], note["started"])
    return found if found.is_alive() else None
