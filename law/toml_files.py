"""Reads the law's TOML files strictly, so that a slip in a legal number is refused and named."""

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

LAW = Path(__file__).parent


class BadLegalData(Exception):
    """A file of legal data says something it may not; names the file, the key and the fault."""

    def __init__(self, file: Path, key: str, fault: str) -> None:
        super().__init__(f"{file.name}: {key}: {fault}")
        self.file = file
        self.key = key
        self.fault = fault


def read_toml(file: Path) -> dict[str, Any]:
    """The tables of one file, numbers with a point as Decimal; refuses what is not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLegalData(file, "(file)", f"is not TOML: {error}") from error


def require_keys(
    table: object, *, required: Iterable[str], optional: Iterable[str] = (), file: Path, key: str
) -> dict[str, Any]:
    """The table itself, when it holds every required key and none that is unknown."""
    if not isinstance(table, dict):
        raise BadLegalData(file, key, "must be a table")
    missing = sorted(set(required) - table.keys())
    if missing:
        raise BadLegalData(file, f"{key}.{missing[0]}", "is missing")
    unknown = sorted(table.keys() - set(required) - set(optional))
    if unknown:
        raise BadLegalData(file, f"{key}.{unknown[0]}", "is an unknown key")
    return table


def require_day(value: object, *, file: Path, key: str) -> date:
    """A TOML local date; a text or a moment is refused."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadLegalData(file, key, "must be a date written 2021-12-31, without quotes")
    return value


def require_text(value: object, *, file: Path, key: str) -> str:
    """A text that says something and has no space at either end."""
    if not isinstance(value, str) or not value or value != value.strip():
        raise BadLegalData(file, key, "must be a text, not empty, without outer spaces")
    return value


@cache
def digest() -> str:
    """SHA-256 of every file of legal data, in hex: the same digest, the same law."""
    return digest_of(LAW)


def digest_of(folder: Path) -> str:
    """SHA-256, in hex, of the names and contents of all TOML files under a folder."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*.toml")):
        total.update(file.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
