"""Looking at engines from outside: their owner, their ports, their settings."""

from pathlib import Path
from typing import Any

import psycopg

LISTENING = "0A"


def setting(session: "psycopg.Connection[tuple[Any, ...]]", name: str) -> str:
    """The value that the server of `session` runs with."""
    row = session.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def owner_of_process(pid: int) -> int:
    """The effective user of a process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    words = next(line for line in lines if line.startswith("Uid:")).split()
    return int(words[2])


def listening_ports(pid: int) -> list[int]:
    """The TCP ports that a process listens on."""
    sockets = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        target = str(descriptor.readlink())
        if target.startswith("socket:["):
            sockets.add(target.removeprefix("socket:[").rstrip("]"))
    ports = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            words = line.split()
            if words[3] == LISTENING and words[9] in sockets:
                ports.append(int(words[1].rpartition(":")[2], 16))
    return ports
