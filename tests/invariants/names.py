"""The constraints, triggers and unique indexes of tables, as the database knows them."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

NAMES = """
SELECT conname FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%(tables)s) AND contype IN ('c', 'x', 'u', 'f')
    -- Django's own names of keys and signs only in the two apps that hold no row of a file
    AND conname !~ '_fk_|_[0-9a-f]{8}|^(audit|compliance)_.*_(key|check)$'
UNION
SELECT tgname FROM pg_trigger
WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
UNION
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid::regclass::text = ANY(%(tables)s) AND indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""

# Of one name on every table; they refuse nothing, and tests/outbox sees what they tell.
TELLING = {"insert_is_told", "update_is_told", "delete_is_told"}


def tables_of(house: Iterable[str]) -> list[str]:
    """The tables of the apps' models, and the partition that takes nothing."""
    tables = [
        model._meta.db_table for app in house for model in apps.get_app_config(app).get_models()
    ]
    return [*tables, "internships_attendanceday_default"]


def names_on(tables: list[str]) -> set[str]:
    """What holds the rows of `tables`, by name."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES, {"tables": tables})
        return {name for (name,) in cursor.fetchall()} - TELLING
