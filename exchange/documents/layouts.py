"""Versions of the papers' layouts, as data: which is in force on a day, and where it lies."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from internships.models import DocumentKind

FOLDER = Path(__file__).parent / "templates"


class NoLayout(Exception):
    """No version of this paper is known, or was in force that day."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One version of one paper: from which day it is used, its file, and the law it follows."""

    kind: DocumentKind
    version: str
    in_force_from: date
    file: Path
    basis: str


@cache
def layouts(kind: DocumentKind) -> tuple[Layout, ...]:
    """Every version of the paper, the earliest first."""
    book = tomllib.loads((FOLDER / "versions.toml").read_text(encoding="utf-8"))
    return tuple(
        Layout(kind, row["version"], row["in_force_from"], FOLDER / row["layout"], row["basis"])
        for row in book[kind.value]
    )


def layout_on(kind: DocumentKind, day: date) -> Layout:
    """The version in force on `day`; NoLayout before the first."""
    known = [layout for layout in layouts(kind) if layout.in_force_from <= day]
    if not known:
        raise NoLayout(f"{kind} on {day}")
    return known[-1]


def layout_of(kind: DocumentKind, version: str) -> Layout:
    """The layout that a document says it was made with; NoLayout when it is not here any more."""
    for layout in layouts(kind):
        if layout.version == version:
            return layout
    raise NoLayout(f"{kind} {version}")
