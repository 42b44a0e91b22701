"""The suite's own rules: real engines, no skips, a clean-up that passes append-only triggers."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from backend import environment
from tests import conftest


@pytest.mark.django_db
def test_suite_runs_on_postgresql_18() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 180000


def test_suite_runs_beside_make_run_on_engines_and_a_place_of_its_own() -> None:
    from django.conf import settings

    assert "/tmp/sy-" in str(settings.DATABASES["default"]["HOST"])
    assert "/tmp/sy-tests-" in str(settings.STATIC_ROOT)
    assert settings.REDIS_URL.startswith("unix:///tmp/sy-")


@pytest.mark.parametrize("said", [{"skipped": True}, {"skipped": False, "wasxfail": "why"}])
def test_skip_or_expected_failure_is_a_failure(said: dict[str, Any]) -> None:
    report = SimpleNamespace(outcome="skipped", longrepr=None, **said)
    item: Any = SimpleNamespace(nodeid="a test")
    call: Any = None
    hook = conftest.pytest_runtest_makereport(item, call)
    next(hook)

    with pytest.raises(StopIteration):
        hook.send(report)

    assert report.outcome == "failed"
    assert "not allowed" in report.longrepr


@pytest.mark.django_db(transaction=True)
def test_clean_up_empties_append_only_tables_and_fills_the_calendar_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_operation (id, kind, made_at, made_by, reason, source, counts) "
            "VALUES (gen_random_uuid(), 'load', now(), 'test', '', '{}', '{}')"
        )

    call_command("flush", interactive=False, verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_operation")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) > 1000 FROM common_calendarday")
        assert cursor.fetchone() == (True,)
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)


@pytest.mark.django_db(transaction=True)
def test_application_role_reads_rows_and_makes_no_table(
    as_application: "psycopg.Connection[tuple[Any, ...]]",
) -> None:
    as_application.execute("CREATE TEMPORARY TABLE staging (line integer)")
    as_application.execute("SELECT count(*) FROM people_student")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute("CREATE TABLE kept (line integer)")


@pytest.mark.django_db(transaction=True)
def test_application_role_may_not_change_what_was_logged(
    as_application: "psycopg.Connection[tuple[Any, ...]]",
) -> None:
    for statement in (
        "UPDATE audit_operation SET reason = 'other'",
        "DELETE FROM audit_operation",
        "TRUNCATE audit_operation",
        "DELETE FROM compensation_paymententry",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_application.execute(statement)


@pytest.mark.django_db
def test_postgresql_below_18_is_refused_with_both_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection.ensure_connection()
    monkeypatch.setitem(vars(connections["default"]), "pg_version", 170006)

    with pytest.raises(CommandError, match="PostgreSQL 18 .*17"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_application_role_may_analyze_what_it_loads_and_months_made_later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a_later_month (line integer)")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace "
            "AND NOT has_table_privilege(%s, oid, 'MAINTAIN')",
            [environment.APP_ROLE],
        )
        assert cursor.fetchall() == []
