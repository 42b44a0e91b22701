"""docker-compose runs what `make run` runs, with the same settings."""

import re
from typing import Any

import pytest
import yaml
from django.conf import settings

from backend import environment, telling
from backend.engines.binaries import Binaries
from backend.engines.broker import Broker
from backend.engines.places import Account, Places
from backend.engines.tuning import cluster_settings
from backend.environment import APP_ROLE, BASE_DIR, DATABASE_NAME, OWNER_ROLE
from backend.processes import PROCESSES, Process

RUN = "/srv/shuangyuan/var/run"
# What only `make run` and its engines ask for, and what each process sets for itself.
OF_MAKE_RUN = {
    f"SHUANGYUAN_{name}"
    for name in (
        "DATABASE_POOL",
        "DATABASE_ROLE",
        "DEBUG",
        "DEMO",
        "ENGINE_USER",
        "HOST",
        "PORT",
        "VAR",
    )
}
SIZED_BY_THE_MACHINE = {
    "shared_buffers",
    "effective_cache_size",
    "work_mem",
    "maintenance_work_mem",
    "dynamic_shared_memory_type",
    "max_connections",
    "max_wal_size",
    "checkpoint_timeout",
    "random_page_cost",
    "max_parallel_workers_per_gather",
    "log_line_prefix",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file, its merge keys resolved."""
    return dict(yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")))


def test_compose_has_the_processes_and_their_engines_and_nothing_else(
    compose: dict[str, Any],
) -> None:
    ours = {process.name for process in PROCESSES}

    assert set(compose["services"]) == ours | {"postgres", "valkey", "migrate"}


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_process_has_the_command_and_settings_that_make_run_gives_it(
    compose: dict[str, Any], process: Process
) -> None:
    service = compose["services"][process.name]

    expected = process.command(bind="0.0.0.0:8000", run=RUN)
    shared = compose["x-settings"]
    assert service["command"] == ["python", "-m", *expected]
    assert service["environment"] == {**shared, **process.environment}
    assert service["stop_grace_period"] == f"{process.seconds_to_stop}s"


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_process_starts_after_engines_and_migrations_and_is_looked_after(
    compose: dict[str, Any], process: Process
) -> None:
    service = compose["services"][process.name]

    assert service["depends_on"] == {
        "postgres": {"condition": "service_healthy"},
        "valkey": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }
    assert service["restart"] == "unless-stopped"


def test_process_is_given_every_setting_that_the_code_reads(compose: dict[str, Any]) -> None:
    text = "".join(path.read_text("utf-8") for path in (BASE_DIR / "backend").rglob("*.py"))
    read = set(re.findall(r"SHUANGYUAN_[A-Z_]*[A-Z]", text))
    of_channels = {
        f"SHUANGYUAN_{channel}_{key}".upper()
        for channel, keys in telling.channels().items()
        for key in keys
    }

    given = {name for name in compose["x-settings"] if name.startswith("SHUANGYUAN_")}

    assert given == (read | of_channels) - OF_MAKE_RUN


def test_broker_has_the_embedded_brokers_settings(compose: dict[str, Any]) -> None:
    nowhere = BASE_DIR
    places = Places(nowhere, nowhere, Account(1, 1, "x"))
    embedded = Broker(Binaries(nowhere, nowhere, nowhere), places, nowhere)._argv()
    local = {"--port", "--unixsocket", "--unixsocketperm", "--dir", "--daemonize"}

    words = embedded[1:]
    kept = [
        word
        for name, value in zip(words[::2], words[1::2], strict=True)
        if name not in local
        for word in (name, value)
    ]

    service = compose["services"]["valkey"]
    assert service["command"] == ["valkey-server", *kept]
    assert service["volumes"] == ["broker:/data"]


def test_database_has_the_embedded_databases_settings(compose: dict[str, Any]) -> None:
    service = compose["services"]["postgres"]
    words = service["command"]

    given = dict(word.split("=", 1) for word in words[2::2])

    embedded = cluster_settings(throwaway=False)
    assert words[0] == "postgres"
    assert set(words[1::2]) == {"-c"}
    assert given == {k: v for k, v in embedded.items() if k not in SIZED_BY_THE_MACHINE}
    assert service["stop_signal"] == "SIGINT"


def test_database_is_version_18_made_like_ours_with_its_data_on_a_volume(
    compose: dict[str, Any],
) -> None:
    service = compose["services"]["postgres"]

    assert service["image"] == "postgres:18"
    assert "database:/var/lib/postgresql" in service["volumes"]
    assert set(compose["volumes"]) == {"database", "broker", "run", "heads"}
    made = service["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert {"--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"} <= set(
        made
    )


def test_heads_of_chains_outlive_the_container_that_keeps_them(compose: dict[str, Any]) -> None:
    kept = settings.AUDIT_HEADS_DIRECTORY.relative_to(environment.var_directory())

    assert f"heads:/srv/shuangyuan/var/{kept}" in compose["services"]["worker"]["volumes"]
    assert f"/srv/shuangyuan/var/{kept}" in (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")


def test_owner_migrates_and_the_processes_have_the_application_role_alone(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]

    assert services["postgres"]["environment"]["POSTGRES_USER"] == OWNER_ROLE
    assert services["postgres"]["environment"]["POSTGRES_DB"] == DATABASE_NAME
    assert f"//{OWNER_ROLE}:" in services["migrate"]["environment"]["DATABASE_OWNER_URL"]
    for process in PROCESSES:
        settings = services[process.name]["environment"]
        assert f"//{APP_ROLE}:" in settings["DATABASE_URL"]
        assert "DATABASE_OWNER_URL" not in settings
        assert settings["SHUANGYUAN_ENV"] == "production"


def test_image_runs_as_a_plain_user_on_python_3_11_with_the_pinned_requirements() -> None:
    lines = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert lines[1] == "FROM python:3.11-slim-bookworm"
    assert "USER shuangyuan" in lines
    assert any("-r requirements/base.txt" in line for line in lines)


def test_every_requirement_is_pinned() -> None:
    for name in ("base.txt", "dev.txt"):
        lines = (BASE_DIR / "requirements" / name).read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and line[0] not in "#-"]

        assert wanted
        assert all("==" in line for line in wanted)
