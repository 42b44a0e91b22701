"""Rows taken back by their keys: only what is known, and what nothing that stays refers to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from exchange.loading.findings import Findings


def check_retraction(cursor: Any, present: set[str]) -> Findings:
    """Rows that are not known, and rows to which rows that stay refer."""
    return Findings()


def retract_rows(cursor: Any, present: set[str], *, operation_id: UUID) -> None:
    """Remove the staged rows; payments are reversed."""
