"""The triggers that keep a table append-only, for migrations."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL


def append_only(table: str) -> RunSQL:
    """A migration step: UPDATE, DELETE and TRUNCATE of `table` are refused by the database."""
    name = f"{table}_is_append_only"
    return RunSQL(
        sql=[
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ],
        reverse_sql=[
            f"DROP TRIGGER {name} ON {table}",
            f"DROP TRIGGER {name}_whole ON {table}",
        ],
    )
