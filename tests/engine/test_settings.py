"""Settings read the environment strictly, and production refuses what everybody knows."""

import base64
import re
import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend import environment
from scripts.check import production_environment


def secret(byte: int) -> str:
    return base64.b64encode(bytes([byte]) * 32).decode()


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that a production start accepts."""
    for name, value in production_environment().items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def read_settings() -> dict[str, object]:
    """The settings as a process started now would read them."""
    return runpy.run_path(str(environment.BASE_DIR / "backend" / "settings.py"))


def test_production_starts_with_keys_of_its_own(production: pytest.MonkeyPatch) -> None:
    settings = read_settings()

    assert settings["PRODUCTION"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True


def test_command_in_production_with_development_keys_ends_before_it_begins(
    production: pytest.MonkeyPatch,
) -> None:
    production.delenv("SHUANGYUAN_FIELD_KEYS")

    started = subprocess.run(
        [sys.executable, "manage.py", "sweep"],
        cwd=environment.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    assert "生产环境拒绝启动：SHUANGYUAN_FIELD_KEYS 须为自己的密钥" in started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHUANGYUAN_SECRET_KEY", None),
        ("SHUANGYUAN_SECRET_KEY", environment.DEVELOPMENT_SECRET * 2),
        ("SHUANGYUAN_SECRET_KEY", "short"),
        ("SHUANGYUAN_SECRET_KEY", "a" * 64),
        ("SHUANGYUAN_FIELD_KEYS", None),
        ("SHUANGYUAN_BLIND_INDEX_KEY", None),
        ("SHUANGYUAN_DEBUG", "1"),
        ("SHUANGYUAN_ALLOWED_HOSTS", None),
        ("SHUANGYUAN_ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
        ("REDIS_URL", None),
    ],
)
def test_production_refuses_a_setting_that_is_development_s(
    production: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    if value is None:
        production.delenv(name)
    else:
        production.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match="生产环境拒绝启动") as refusal:
        read_settings()

    assert name in str(refusal.value)


def test_production_refuses_the_development_field_key_among_others(
    production: pytest.MonkeyPatch,
) -> None:
    known = base64.b64encode(environment.development_key("field")).decode()
    production.setenv("SHUANGYUAN_FIELD_KEYS", f"1:{known},2:{secret(2)}")

    with pytest.raises(ImproperlyConfigured, match="SHUANGYUAN_FIELD_KEYS 须为自己的密钥"):
        read_settings()


def test_production_refuses_a_blind_index_under_a_field_key(
    production: pytest.MonkeyPatch,
) -> None:
    production.setenv("SHUANGYUAN_FIELD_KEYS", f"1:{secret(1)}")
    production.setenv("SHUANGYUAN_BLIND_INDEX_KEY", secret(1))

    with pytest.raises(ImproperlyConfigured, match="不得与字段密钥相同"):
        read_settings()


def test_third_kind_of_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUANGYUAN_ENV", "staging")

    with pytest.raises(ImproperlyConfigured, match="staging"):
        environment.is_production()


def test_new_values_use_the_highest_field_key_unless_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHUANGYUAN_FIELD_KEYS", f"1:{secret(1)}, 7:{secret(7)}")

    keys = environment.field_keys()

    assert keys == {1: bytes([1]) * 32, 7: bytes([7]) * 32}
    assert environment.field_key_id(keys) == 7
    monkeypatch.setenv("SHUANGYUAN_FIELD_KEY_ID", "1")
    assert environment.field_key_id(keys) == 1
    monkeypatch.setenv("SHUANGYUAN_FIELD_KEY_ID", "2")
    with pytest.raises(ImproperlyConfigured, match="SHUANGYUAN_FIELD_KEY_ID"):
        environment.field_key_id(keys)


@pytest.mark.parametrize(
    "text",
    ["1", "one:" + secret(1), f"1:{secret(1)},1:{secret(2)}", "1:c2hvcnQ=", "1:not base64!"]
    + [f"{number}:{secret(1)}" for number in ("0", "256", "300", "²", "-1")],
)
def test_field_keys_that_cannot_be_read_are_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SHUANGYUAN_FIELD_KEYS", text)

    with pytest.raises(ImproperlyConfigured, match="SHUANGYUAN_FIELD_KEYS"):
        environment.field_keys()


def test_owner_and_application_have_urls_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:secret@db.example:5433/district")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example:5433/district")

    application = environment.database_settings("app")
    owner = environment.database_settings("owner")

    assert (application["USER"], application["PASSWORD"]) == ("app", "secret")
    assert (application["HOST"], application["PORT"]) == ("db.example", 5433)
    assert owner["USER"] == "owner"
    assert environment.application_role() == "app"


def test_one_database_url_serves_both_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://only@db.example/district")
    monkeypatch.delenv("DATABASE_OWNER_URL")

    assert environment.database_settings("owner")["USER"] == "only"
    assert environment.application_role() == ""


def test_other_database_than_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///district.sqlite3")

    with pytest.raises(ImproperlyConfigured, match="PostgreSQL 18"):
        environment.database_settings("app")


def test_pool_and_pgbouncer_are_settings_of_the_installation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHUANGYUAN_DATABASE_POOL", "8")

    pooled = environment.database_settings("app")
    monkeypatch.setenv("SHUANGYUAN_DATABASE_BEHIND_PGBOUNCER", "1")
    behind = environment.database_settings("app")

    assert pooled["OPTIONS"]["pool"]["max_size"] == 8
    assert "pool" not in behind["OPTIONS"]
    assert behind["DISABLE_SERVER_SIDE_CURSORS"] is True


@pytest.mark.parametrize(
    ("given", "for_celery"),
    [
        ("redis://host:6379/0", "redis://host:6379/0"),
        ("rediss://host:6379/0", "rediss://host:6379/0"),
        ("unix:///tmp/sy-1/valkey.sock", "redis+socket:///tmp/sy-1/valkey.sock"),
    ],
)
def test_celery_is_told_of_a_unix_socket_in_its_own_spelling(given: str, for_celery: str) -> None:
    assert environment.celery_broker_url(given) == for_celery


def test_example_environment_names_every_variable_that_is_read() -> None:
    example = (environment.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    read = {
        name
        for path in (environment.BASE_DIR / "backend").rglob("*.py")
        for name in re.findall(
            r"(?:SHUANGYUAN_|DATABASE_|REDIS_)[A-Z_]+\b", path.read_text("utf-8")
        )
    } - {"SHUANGYUAN_DATABASE_ROLE", "DATABASE_ROLE", "DATABASE_APP_ROLE", "DATABASE_NAME"}

    assert len(read) > 15
    assert {name for name in read if name not in example} == set()
