"""Two loads at once queue, and the application's own role may load, retract and export."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from exchange.export.district import export_district
from exchange.loading.district import load_district
from exchange.loading.report import LoadReport
from tests.loading.checksums import rows
from tests.loading.conftest import AT, BY
from tests.loading.samples import keys_of, sample, write_folder
from tests.loading.test_new_months import crowded_month

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {stem: len(found) for stem, found in sample().items()}

WAITING_LOADS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
PATIENCE_SECONDS = 30


class Held:
    """A load's progress that stops at the students until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, stem: str, rows_read: int) -> None:
        if stem == "students":
            self.begun.set()
            assert self.let_go.wait(PATIENCE_SECONDS)


def _load_and_hang_up(folder: Path, held: Held | None = None) -> LoadReport:
    try:
        return load_district(folder, at=AT, by=BY, progress=held or (lambda stem, rows_read: None))
    finally:
        connection.close()


def _wait_for_a_waiting_load() -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(WAITING_LOADS)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("the second load never waited")


def test_a_second_load_waits_and_judges_what_the_first_one_left(tmp_path: Path) -> None:
    later = sample()
    later["schools"][0]["学校名称"] = "后来的名字"
    folders = write_folder(sample(), tmp_path / "one"), write_folder(later, tmp_path / "two")
    held = Held()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(_load_and_hang_up, folders[0], held)
        assert held.begun.wait(PATIENCE_SECONDS)
        second = pool.submit(_load_and_hang_up, folders[1])
        _wait_for_a_waiting_load()
        held.let_go.set()
        reports = first.result(), second.result()

    assert [report.problems for report in reports] == [[], []]
    assert {stem: c.new for stem, c in reports[0].tables.items()} == SIZES
    assert {stem: c.changed for stem, c in reports[1].tables.items()} == {
        stem: int(stem == "schools") for stem in SIZES
    }
    assert rows("people_learneridentity") == {"people_learneridentity": SIZES["students"]}


@pytest.fixture
def as_the_application_role(transactional_db: None) -> Iterator[None]:
    """Django's own connection as the role that serves requests."""
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = settings.DATABASE_APP_ROLE
    yield
    connection.close()
    connection.settings_dict["USER"] = owner


def test_the_application_role_loads_retracts_and_exports(
    as_the_application_role: None, tmp_path: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASE_APP_ROLE,)
    folder = write_folder(crowded_month(), tmp_path / "in")

    loaded = load_district(folder, at=AT, by=BY)
    export_district(tmp_path / "out", reason="核对", at=AT, by=BY)
    again = load_district(tmp_path / "out", at=AT, by=BY)
    keys = write_folder(keys_of(crowded_month()), tmp_path / "keys")
    retracted = load_district(keys, at=AT, by=BY, retract=True)

    assert loaded.problems + again.problems + retracted.problems == []
    assert loaded.tables["attendance"].new == len(crowded_month()["attendance"])
    assert sum(counts.written for counts in again.tables.values()) == 0
    assert rows("internships_placement") == {"internships_placement": 0}
