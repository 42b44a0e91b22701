"""Opening a district: migrated, filled when empty and wanted, swept, and its sign-ins shown."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from backend import opening
from backend.engines.errors import EngineError


def test_database_is_migrated_then_filled_when_empty_then_swept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(opening, "database_is_empty", lambda: True)

    def run(command: Any) -> int:
        steps.append(command[2])
        return opening.PARTIAL if command[2] == "sweep" else 0

    opening.open_district(run, on=opening.today())

    assert steps == ["migrate", "seed_demo", "load_district", "demo_sign_in_links", "sweep"]


@pytest.mark.parametrize(
    ("said", "wanted"), [(None, False), ("", False), ("0", False), ("1", True)]
)
def test_production_is_filled_with_invented_students_only_where_that_is_said(
    monkeypatch: pytest.MonkeyPatch, said: str | None, wanted: bool
) -> None:
    monkeypatch.setenv("SHUANGYUAN_ENV", "production")
    monkeypatch.delenv("SHUANGYUAN_DEMO", raising=False)
    if said is not None:
        monkeypatch.setenv("SHUANGYUAN_DEMO", said)

    assert opening.demo_is_wanted() == wanted


@pytest.mark.parametrize(
    ("empty", "wanted", "taken"),
    [
        (False, "1", ["migrate", "demo_sign_in_links", "sweep"]),
        (True, "0", ["migrate", "sweep"]),
    ],
)
def test_district_that_is_there_or_unwanted_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch, empty: bool, wanted: str, taken: list[str]
) -> None:
    steps: list[str] = []
    monkeypatch.setenv("SHUANGYUAN_DEMO", wanted)
    monkeypatch.setattr(opening, "database_is_empty", lambda: empty)

    def run(command: Any) -> int:
        steps.append(command[2])
        return 0

    opening.open_district(run, on=opening.today())

    assert steps == taken


def test_step_that_fails_stops_the_opening_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "database_is_empty", lambda: True)

    with pytest.raises(EngineError, match="载入.*load_district"):
        opening.open_district(
            lambda command: int(command[2] == "load_district"), on=opening.today()
        )


@pytest.mark.django_db(transaction=True)
def test_database_is_empty_until_a_school_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    there = connection.settings_dict
    url = f"host={there['HOST']} user={there['USER']} dbname={there['NAME']}"
    monkeypatch.setattr(opening, "psycopg_url", lambda: url)

    empty = opening.database_is_empty()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_school (code, name, level, division_code) "
            "VALUES ('3150012345', '某校', 'secondary', '500112')"
        )

    assert empty
    assert not opening.database_is_empty()


@pytest.mark.parametrize(
    ("demo", "kind", "shown"),
    [("1", "development", 1), ("0", "development", 0), ("1", "production", 0)],
)
def test_sign_in_links_are_shown_in_development_with_a_demo_alone(
    monkeypatch: pytest.MonkeyPatch, demo: str, kind: str, shown: int
) -> None:
    monkeypatch.setenv("SHUANGYUAN_DEMO", demo)
    monkeypatch.setenv("SHUANGYUAN_ENV", kind)
    ran: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> int:
        ran.append(command)
        return 0

    opening.show_demo_sign_ins(run, url="http://127.0.0.1:8123/")

    assert [command[-1] for command in ran] == ["http://127.0.0.1:8123/"] * shown
