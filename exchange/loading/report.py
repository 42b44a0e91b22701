"""What a load did or would do, by table, and what stood in its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from exchange.reading import Problem


@dataclass
class RowCounts:
    """Rows of one file by what became of them; `known` are those taken back by a retraction."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retracted: int = 0

    @property
    def written(self) -> int:
        """Rows that the database did not say already."""
        return self.new + self.changed + self.retracted

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "retracted": self.retracted,
        }


@dataclass
class LoadReport:
    """Counts by table in the order of the tables, or the problems that refused the whole load.

    `operation_id` names the audit record; there is none when nothing was written. With
    `is_dry_run` the counts say what a load would have done.
    """

    is_dry_run: bool
    tables: dict[str, RowCounts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    further_problems: int = 0
    operation_id: UUID | None = None

    @property
    def is_refused(self) -> bool:
        """Whether there was a problem, and therefore nothing written."""
        return bool(self.problems)
