"""Both embedded engines together, and the note of their whereabouts that settings read."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import redis

from backend.engines import broker as brokers
from backend.engines import postgres as clusters
from backend.engines.binaries import find_binaries
from backend.engines.broker import Broker
from backend.engines.places import (
    Places,
    make_socket_directory,
    remove_socket_directory,
)
from backend.engines.postgres import Postgres


@dataclass
class Engines:
    """What this checkout embeds: PostgreSQL and Valkey in one socket directory, either or both."""

    places: Places
    socket_directory: Path
    postgres: Postgres | None
    broker: Broker | None

    def start(self) -> None:
        """Start what is embedded and write down where it is."""
        try:
            for engine in (self.postgres, self.broker):
                if engine is not None:
                    engine.start()
        except BaseException:
            self.stop()
            raise
        write_state(self.places, self.socket_directory)

    def are_started(self) -> bool:
        """Whether `start` has been called and `stop` has not."""
        return any(it is not None and it.process for it in (self.postgres, self.broker))

    def revive(self) -> list[str]:
        """Start again, in the same place, what has ended by itself; the names of those."""
        revived = []
        for name, engine in (("postgresql", self.postgres), ("valkey", self.broker)):
            if engine is not None and engine.has_ended():
                engine.start()
                revived.append(name)
        return revived

    def stop(self, tell: Callable[[str], None] = lambda name: None) -> None:
        """Stop both, the database last, and take the note and the sockets away.

        `tell` hears the name of each once it has stopped.
        """
        for name, engine in (("valkey", self.broker), ("postgresql", self.postgres)):
            if engine is not None:
                engine.stop()
                tell(name)
        state_file(self.places).unlink(missing_ok=True)
        remove_socket_directory(self.socket_directory, self.places.account)


def prepare_engines(
    places: Places, *, database: bool = True, broker: bool = True, throwaway: bool = False
) -> Engines:
    """Engines ready to start: what a killed run left behind has been stopped and cleared.

    Only the holder of the checkout's lock may call this: it stops whatever serves this data.
    """
    clear_leftovers(places)
    binaries = find_binaries(places)
    sockets = make_socket_directory(places.account)
    return Engines(
        places=places,
        socket_directory=sockets,
        postgres=Postgres(binaries, places, sockets, throwaway=throwaway) if database else None,
        broker=Broker(binaries, places, sockets) if broker else None,
    )


def clear_leftovers(places: Places) -> None:
    """Stop engines that outlived their supervisor and remove their sockets."""
    clusters.stop_leftover(places.postgres)
    sockets = read_state(places)
    if sockets is None:
        return
    socket = sockets / "valkey.sock"
    if brokers.directory_of(socket) == places.broker.resolve():
        with redis.Redis(unix_socket_path=str(socket)) as client, suppress(redis.ConnectionError):
            client.shutdown()
    remove_socket_directory(sockets, places.account)
    state_file(places).unlink(missing_ok=True)


def state_file(places: Places) -> Path:
    """The note that says where running engines are."""
    return places.run / "engines.json"


def write_state(places: Places, socket_directory: Path) -> None:
    """Write the note in one step: a reader sees the old or the new one, whole."""
    text = json.dumps(
        {"socket_directory": str(socket_directory), "data_directory": str(places.postgres)}
    )
    fresh = state_file(places).with_suffix(f".{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(state_file(places))


def read_state(places: Places) -> Path | None:
    """The socket directory that the last run noted, if any."""
    try:
        note = json.loads(state_file(places).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return Path(note["socket_directory"])
