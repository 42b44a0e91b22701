"""The triggers that keep a table append-only, for migrations."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

EACH_ROW = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
EACH_STATEMENT = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"


def append_only(table: str) -> RunSQL:
    """A migration step: UPDATE, DELETE and TRUNCATE of `table` are refused by the database."""
    name = f"{table}_is_append_only"
    return RunSQL(
        sql=[
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} {EACH_ROW}",
            f"CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} {EACH_STATEMENT}",
        ],
        reverse_sql=[
            f"DROP TRIGGER {name} ON {table}",
            f"DROP TRIGGER {name}_whole ON {table}",
        ],
    )
