"""Servers of one's own in place of the embedded ones, and those that are refused."""

import signal
import subprocess
from pathlib import Path

import pytest

from backend import environment
from backend.engines import children, postgres
from backend.engines.pair import Engines
from tests.engine.checkouts import Checkout, Run, copy_project, wait_for

pytestmark = pytest.mark.deep


def test_servers_of_ones_own_are_migrated_loaded_and_swept_and_nothing_is_embedded(
    place: Path, second: Engines, started: list[Run]
) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        session.execute(f"CREATE DATABASE elsewhere OWNER {environment.OWNER_ROLE}")
    host = f"elsewhere?host={second.socket_directory}"
    checkout.settings |= {
        "DATABASE_URL": f"postgresql://{environment.APP_ROLE}@/{host}",
        "DATABASE_OWNER_URL": f"postgresql://{environment.OWNER_ROLE}@/{host}",
        "REDIS_URL": f"unix://{second.socket_directory}/valkey.sock",
    }
    python = str(checkout.venv / "bin" / "python")

    early = checkout.call(python, "manage.py", "sweep")
    for words in (
        ["migrate", "--verbosity", "0"],
        ["seed_demo", "--size", "300", "--seed", "3", "--on", "2026-11-24", "--write", "demo"],
        ["load_district", "demo"],
        ["sweep", "--as-of", "2026-11-24", "--format", "json"],
    ):
        done = checkout.call(python, "manage.py", *words)
        assert done.returncode == 0, done.stdout
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    said = run.interrupt()

    assert early.returncode == 1
    assert "manage.py migrate" in early.stdout
    assert "Traceback" not in early.stdout
    assert "启动数据库" not in said
    assert not (checkout.path / "var" / "postgresql").exists()
    assert not (checkout.path / "var" / "valkey").exists()


def test_installed_server_below_18_is_refused_with_a_clear_word(
    place: Path, second: Engines
) -> None:
    account = second.places.account
    checkout = Checkout(copy_project(place / "checkout"))
    older = sorted(Path("/usr/lib/postgresql").glob("1[0-7]/bin/initdb"))
    for number, initdb in enumerate(older):
        data = second.places.make(second.places.home / f"older-{number}")
        quiet = children.quiet_environment()
        words = [str(initdb), "-D", str(data), "-U", postgres.SUPERUSER, "-A", "peer"]
        made = children.launch(
            words,
            environment=quiet,
            cwd=data,
            death_signal=signal.SIGKILL,
            output=subprocess.DEVNULL,
            account=account,
        )
        assert made.wait() == 0
        (data / "pg_ident.conf").write_text(
            f"m {Path('/proc/self').owner()} {postgres.SUPERUSER}\n"
        )
        (data / "pg_hba.conf").write_text("local all all peer map=m\n")
        server = children.launch(
            [
                str(initdb.with_name("postgres")),
                "-D",
                str(data),
                "-c",
                "listen_addresses=",
                "-c",
                f"unix_socket_directories={data}",
            ],
            environment=quiet,
            cwd=data,
            death_signal=signal.SIGINT,
            output=subprocess.DEVNULL,
            account=account,
        )
        wait_for((data / ".s.PGSQL.5432").exists)
        url = f"postgresql://{postgres.SUPERUSER}@/postgres?host={data}"

        refused = checkout.call(
            str(checkout.venv / "bin/python"),
            "manage.py",
            "migrate",
            DATABASE_URL=url,
            DATABASE_OWNER_URL=url,
        )
        children.stop(server, signal.SIGINT, seconds=20)

        assert refused.returncode == 1
        assert "需要 PostgreSQL 18" in refused.stdout
        assert initdb.parents[1].name in refused.stdout
        assert "Traceback" not in refused.stdout


def test_database_that_is_not_there_is_said_to_be_so_with_the_remedy(place: Path) -> None:
    checkout = Checkout(copy_project(place / "checkout"))

    asked = checkout.call(str(checkout.venv / "bin/python"), "manage.py", "sweep")

    assert asked.returncode == 1
    assert "make run" in asked.stdout
    assert "Traceback" not in asked.stdout
