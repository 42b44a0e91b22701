"""Constraints that Django names itself, called by the sentence they hold, for migrations.

Django finds what it alters by the columns, so the fields keep `unique=True`.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL


def called(table: str, name: str, sentence: str) -> RunSQL:
    """The constraint `name` of `table` is called `sentence` from here on."""
    rename = f"ALTER TABLE {table} RENAME CONSTRAINT"
    return RunSQL(f"{rename} {name} TO {sentence}", f"{rename} {sentence} TO {name}")


def dropped(table: str, name: str, condition: str) -> RunSQL:
    """The constraint `name`, which another one makes needless, is gone."""
    return RunSQL(
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {condition}",
    )
