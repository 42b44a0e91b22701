"""Rows found at fault by SQL, turned into problems with their place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exchange.format import TABLES
from exchange.loading.refusals import REFUSALS
from exchange.reading import Problem
from exchange.reading.masking import shown

MOST_FINDINGS = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One row at fault: its table and line, the field to show, what stands in it, and why."""

    stem: str
    line: int
    field: str
    value: str
    code: str
    words: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass
class Findings:
    """What the checks found: at most a thousand a check are kept, all are counted."""

    kept: list[Finding] = dataclasses.field(default_factory=list)
    total: int = 0

    def add(self, findings: Iterable[Finding], total: int) -> None:
        """Keep `findings`, of which the check counted `total`."""
        self.kept.extend(findings)
        self.total += total


@dataclass(frozen=True)
class Place:
    """How messages name the file or sheet of a table, and the letters of its columns."""

    name: str
    letters: Mapping[str, str | None]


def problem_of(finding: Finding, places: Mapping[str, Place]) -> Problem:
    """The finding as a problem; personal numbers are masked already or masked here."""
    place = places[finding.stem]
    column = TABLES[finding.stem].by_field[finding.field]
    reason, remedy = REFUSALS[finding.code]
    words: dict[str, Any] = {
        name: shown(word) if isinstance(word, str) else word for name, word in finding.words.items()
    }
    value = finding.value if column.sensitive else shown(finding.value)
    return Problem(
        place=place.name,
        row=finding.line,
        column=column.title,
        letter=place.letters.get(finding.field),
        value=value,
        reason=str(reason) % words,
        remedy=str(remedy) % words,
        code=finding.code,
    )


def in_file_order(problems: list[Problem], order: Mapping[str, int]) -> list[Problem]:
    """Problems by file, then row; those of the same row as they were found."""
    last = len(order)
    return sorted(problems, key=lambda problem: (order.get(problem.place, last), problem.row or 0))
