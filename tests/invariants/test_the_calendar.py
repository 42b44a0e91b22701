"""The calendar's rows are those of the law: the application may not change them, nor trust them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backend import environment
from common.law_rows import CalendarDiffers, sync_law

EDITS = {
    "a-holiday-made-a-workday": (
        "UPDATE common_calendarday SET kind = 'workday' WHERE day = '2026-10-01'"
    ),
    "a-day-gone": "DELETE FROM common_calendarday WHERE day = '2026-11-12'",
    "a-day-too-many": "INSERT INTO common_calendarday VALUES ('2200-01-01', 'workday')",
    "two-days-that-change-places": (
        "UPDATE common_calendarday SET kind = CASE WHEN day = '2026-11-14' THEN 'workday' "
        "ELSE 'rest_day' END WHERE day IN ('2026-11-13', '2026-11-14')"
    ),
    "all-months-gone": "DELETE FROM common_calendarmonth",
    "a-month-with-a-workday-more": (
        "UPDATE common_calendarmonth SET workdays = workdays + 1 WHERE first_day = '2026-10-01'"
    ),
    "a-month-worked-throughout": (
        "UPDATE common_calendarmonth SET worked = datemultirange(period) "
        "WHERE first_day = '2026-10-01'"
    ),
}


def rows() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(it::text, '' ORDER BY day)) FROM common_calendarday it "
            "UNION ALL "
            "SELECT md5(string_agg(it::text, '' ORDER BY first_day)) FROM common_calendarmonth it"
        )
        return tuple(cursor.fetchall())


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def emptied_calendar_of_the_application(transactional_db: None) -> Iterator[None]:
    """A calendar without its months, seen by the application's role until the test is over."""
    run(EDITS["all-months-gone"])
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = environment.APP_ROLE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = owner


EVERY_RUN = ("a-day-gone", "a-month-worked-throughout")


@pytest.mark.parametrize(
    "edit",
    [
        *EVERY_RUN,
        *(pytest.param(edit, marks=pytest.mark.deep) for edit in EDITS if edit not in EVERY_RUN),
    ],
)
def test_a_calendar_that_somebody_changed_is_copied_anew(db: None, edit: str) -> None:
    before = rows()
    run(EDITS[edit])

    assert sync_law()

    assert rows() == before
    assert not sync_law()


@pytest.mark.parametrize("command", ["sync_law", "sweep"])
def test_a_command_of_the_application_says_what_to_run_when_the_calendar_differs(
    emptied_calendar_of_the_application: None, command: str
) -> None:

    with pytest.raises(CommandError) as refused:
        call_command(command)

    assert isinstance(refused.value, CalendarDiffers)
    assert "manage.py migrate" in str(refused.value)


@pytest.mark.parametrize("table", ["common_calendarday", "common_calendarmonth", "common_lawstate"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "INSERT INTO {} SELECT * FROM {}"])
def test_the_application_has_no_right_to_change_what_the_law_says(
    as_application: psycopg.Connection[tuple[Any, ...]], table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute(statement.replace("{}", table).encode())
