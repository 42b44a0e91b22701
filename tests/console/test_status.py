"""The status page and the two health addresses."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from audit.models import Outbox
from console import status


@pytest.mark.django_db
def test_status_page_names_versions_tables_and_calendar(client: Client) -> None:
    page = client.get("/")

    text = page.content.decode()
    assert page.status_code == 200
    assert settings.VERSION in text
    assert "PostgreSQL 18" in text
    assert "学校" in text
    assert "2027（放假安排尚未公布）" in text
    assert "还没有导入过" in text
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.django_db
def test_status_page_says_what_to_do_first_when_there_is_nothing(client: Client) -> None:
    empty = client.get("/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_school (code, name, level, division_code) "
            "VALUES ('3150012345', '某校', 'secondary', '500112')"
        )
    filled = client.get("/").content.decode()

    assert "load_district" in empty
    assert "load_district" not in filled


@pytest.mark.django_db
def test_large_table_is_estimated_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "_estimates", lambda: {"people_school": 2_000_000})

    schools = next(count for count in status.table_counts() if count.name == "学校")

    assert schools.rows == 2_000_000
    assert schools.is_estimate


@pytest.mark.django_db
def test_every_table_is_named_in_chinese_and_no_view_is_counted() -> None:
    names = [count.name for count in status.table_counts()]

    assert "考勤" in names
    assert [name for name in names if name.isascii()] == []


@pytest.mark.django_db
def test_partitioned_attendance_is_estimated_as_the_sum_of_its_months() -> None:
    assert "internships_attendanceday" in status._estimates()


def test_health_asks_nothing_of_database_and_broker(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_process_with_database_migrations_and_broker_is_ready(client: Client) -> None:
    Outbox.objects.create(topic="recheck", payload={})
    Outbox.objects.create(topic="unheard-of", payload={}, parked_at=timezone.now())

    answer = client.get("/readyz")

    assert answer.status_code == 200
    queues = {"outbox": {"waiting": 1, "parked": 1}, "deliveries": {"waiting": 0, "parked": 0}}
    assert answer.json() == {"ready": True, "missing": [], **queues}


@pytest.mark.django_db
def test_process_without_its_migrations_is_not_ready_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "is_migrated", lambda: False)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "missing": ["migrations"]}
    assert answer.headers["Retry-After"] == "5"


@pytest.mark.django_db
def test_process_without_a_broker_serves_and_says_what_is_missing(
    client: Client, settings: "pytest.FixtureRequest"
) -> None:
    settings.REDIS_URL = "unix:///tmp/nowhere/valkey.sock"  # type: ignore[attr-defined]

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["missing"] == ["broker"]


@pytest.mark.django_db
@pytest.mark.parametrize("in_production", [False, True])
def test_stranger_reads_rows_and_versions_in_development_only(
    client: Client, settings: "pytest.FixtureRequest", in_production: bool
) -> None:
    settings.PRODUCTION = in_production  # type: ignore[attr-defined]

    text = client.get("/").content.decode()

    assert ("PostgreSQL" not in text) == in_production
    assert ("<table>" not in text) == in_production


def test_broker_that_is_not_there_does_not_answer(settings: "pytest.FixtureRequest") -> None:
    settings.REDIS_URL = "unix:///tmp/nowhere/valkey.sock"  # type: ignore[attr-defined]

    assert not status.broker_answers()


@pytest.mark.parametrize("address", ["/", "/healthz", "/readyz"])
def test_site_is_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_page_without_a_style_sheet_of_others_and_without_scripts() -> None:
    template = (settings.BASE_DIR / "console/templates/console/status.html").read_text("utf-8")

    assert "<script" not in template
    assert "//" not in template.replace("https://www", "")
