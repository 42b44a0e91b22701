"""The suite's own cluster."""

from typing import Any

import psycopg
import pytest
from django.db import connection


@pytest.mark.django_db
def test_suite_runs_on_postgresql_18() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 180000


@pytest.mark.django_db
def test_application_role_may_read_rows_and_use_temporary_tables(
    as_application: "psycopg.Connection[tuple[Any, ...]]",
) -> None:
    as_application.execute("CREATE TEMPORARY TABLE staging (line integer)")
    as_application.execute("SELECT count(*) FROM people_student")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute("CREATE TABLE kept (line integer)")
