"""The modules that compare: the rules, and the words of the contract they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Target:
    """A module; of modules with models, the querysets alone: their tables are made already."""

    module: str
    classes: str = ""

    @property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def path(self) -> Path:
        return ROOT.joinpath(*self.module.split(".")).with_suffix(".py")

    @property
    def is_of_rules(self) -> bool:
        return self.module.startswith("compliance.rules.")


def rules() -> list[Target]:
    """One target for each module of rules."""
    folder = ROOT / "compliance" / "rules"
    names = sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
    return [Target(f"compliance.rules.{name}") for name in names]


WORDS = (
    Target("compliance.scopes"),
    Target("internships.placement_queries"),
    Target("internships.attendance_queries"),
    Target("internships.models.months", "QuerySet"),
    Target("internships.models.posts", "QuerySet"),
    Target("insurance.models", "QuerySet"),
    Target("compensation.models", "QuerySet"),
    Target("compensation.due"),
    Target("compensation.month_queries"),
    Target("common.ranges"),
    Target("common.age_sql"),
    Target("common.law_sql"),
)


def all_targets() -> list[Target]:
    """The rules first, then the words they share."""
    return [*rules(), *WORDS]
