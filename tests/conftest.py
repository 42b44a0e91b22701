"""The suite's own PostgreSQL and Valkey, and what every test may use."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from backend import environment
from backend.engines.pair import Engines, prepare_engines
from backend.engines.places import Places, engine_account

# A suite makes many small objects that live long: to look for cycles among them so often is waste
gc.set_threshold(50_000, 20, 50)

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
SETTINGS_OF_AN_INSTALLATION = (
    "DATABASE_POOL",
    "DEBUG",
    "ENV",
    "FIELD_KEYS",
    "FIELD_KEY_ID",
    "BLIND_INDEX_KEY",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
)


def _own_engines() -> Engines:
    """Engines in a temporary directory, ready to start, and the environment that leads there."""
    base = Path(tempfile.mkdtemp(prefix="sy-tests-", dir="/tmp"))
    account = engine_account(environment.BASE_DIR)
    base.chmod(0o755)
    for name in ("run", "log", "static"):
        (base / name).mkdir()
    engines = prepare_engines(Places(var=base, home=base, account=account), throwaway=True)
    sockets = engines.socket_directory
    for name in SETTINGS_OF_AN_INSTALLATION:
        os.environ.pop(f"SHUANGYUAN_{name}", None)
    for variable, role in (
        ("DATABASE_URL", environment.APP_ROLE),
        ("DATABASE_OWNER_URL", environment.OWNER_ROLE),
    ):
        os.environ[variable] = environment.embedded_database_url(role, sockets)
    os.environ["SHUANGYUAN_DATABASE_ROLE"] = "owner"
    os.environ["REDIS_URL"] = f"unix://{sockets}/valkey.sock"
    os.environ["SHUANGYUAN_VAR"] = str(base)
    return engines


ENGINES = None if IS_WORKER else _own_engines()
os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"

import django  # noqa: E402  settings are read from the environment made above

django.setup()


def start_engines() -> None:
    """Start the suite's engines unless they run; workers of xdist use the controller's."""
    if ENGINES is not None and not ENGINES.are_started():
        ENGINES.start()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Have the engines up before the first worker asks."""
    start_engines()


def remove_engines() -> None:
    """Stop the engines and delete what they wrote."""
    if ENGINES is not None:
        ENGINES.stop()
        shutil.rmtree(ENGINES.places.home, ignore_errors=True)


atexit.register(remove_engines)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    remove_engines()


LONG = ("walk", "agreement", "outbox", "life", "cases")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders that take longest: with them last, one core would wait for another."""
    items.sort(key=lambda item: item.nodeid.split("/")[1] not in LONG)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Turn a skip or an expected failure into a failure: a promise not tried is not kept."""
    report = yield
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skip and xfail are not allowed in this suite"
    return report


@pytest.fixture(scope="session")
def engines() -> Engines | None:
    """The suite's engines, running."""
    start_engines()
    return ENGINES


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    engines: Engines | None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the engines before the test database is made."""


EMPTIED = """
    SET session_replication_role = replica;
    DO $$
    DECLARE name text; filled boolean;
    BEGIN
        FOR name IN
            SELECT format('%I', relname) FROM pg_class
            WHERE relkind IN ('r', 'p') AND NOT relispartition
                AND relnamespace = 'public'::regnamespace
                AND relname !~ '^(common_|django_migrations|django_content_type|auth_permission)'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO filled;
            IF filled THEN EXECUTE format('DELETE FROM %s', name); END IF;
        END LOOP;
    END $$;
    SET session_replication_role = DEFAULT;
"""
"""Every row but the law's and Django's own, past append-only triggers and keys.

Tables are emptied by DELETE: to truncate a hundred empty ones costs more than most tests do.
"""


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_append_only_triggers() -> Iterator[None]:
    """Let the clean-up after a transactional test pass triggers that refuse to lose rows."""
    from django.core.management.commands import flush
    from django.db import connection

    from common.law_rows import sync_law

    def handle(self: flush.Command, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTIED)
        sync_law()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(scope="module")
def kept_rows(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A transaction around the tests of a file: what a fixture of the file makes, each begins with.

    What a test adds or changes is taken back after it, as ever. Every test of the file that asks
    the database begins with them; none may commit.
    """
    from django.db import transaction

    others = [
        item.nodeid
        for item in request.session.items
        if item.path == request.path
        and (names := set(getattr(item, "fixturenames", ()))) & {"db", "transactional_db"}
        and ("kept_rows" not in names or "transactional_db" in names)
    ]
    assert others == [], "these would meet the rows or not, as the order of tests has it"
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def as_application(transactional_db: None) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A session of the application's role in the test database; sees committed rows only."""
    from django.db import connection

    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], user=environment.APP_ROLE, dbname=settings["NAME"], autocommit=True
    ) as session:
        yield session


@pytest.fixture(autouse=True)
def language_of_the_site() -> Iterator[None]:
    """Each test begins in the site's language: a request in another one leaves it behind."""
    from django.utils import translation

    translation.deactivate()
    yield
    translation.deactivate()
