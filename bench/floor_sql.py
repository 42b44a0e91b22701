"""The floors: raw SQL for the same sets, one file a rule."""

from __future__ import annotations

from pathlib import Path

FLOORS = Path(__file__).resolve().parent / "floors"


def floor_of(rule_id: str) -> str:
    """The floor of a rule: it takes `%(on)s` and gives rows of (subject, period)."""
    return (FLOORS / f"{rule_id}.sql").read_text(encoding="utf-8")


def floor_ids() -> list[str]:
    """The rules that have a floor, in the order of ids."""
    return sorted(path.stem for path in FLOORS.glob("*.sql"))
