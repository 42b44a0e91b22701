"""Copies the law's calendar into rows, so that SQL can ask it; cheap when nothing changed."""

from __future__ import annotations

import hashlib

from django.db import connection, transaction

import law.workdays
from common.calendar_span import FIRST_DAY, LAST_DAY
from common.models import CalendarDay, CalendarMonth, LawState

LOCK = "sync_law"

MONTHS = """
INSERT INTO common_calendarmonth (first_day, period, workdays, worked)
SELECT date_trunc('month', day::timestamp)::date,
       daterange(min(day), max(day), '[]'),
       count(*) FILTER (WHERE kind = 'workday'),
       coalesce(range_agg(daterange(day, day, '[]')) FILTER (WHERE kind = 'workday'), '{}')
FROM common_calendarday GROUP BY 1 ORDER BY 1
"""


@transaction.atomic
def sync_law() -> bool:
    """Make the calendar rows equal to `law`; returns whether anything had to be written."""
    edition = f"{law.workdays.digest()} {FIRST_DAY} {LAST_DAY}"
    digest = hashlib.sha256(edition.encode()).hexdigest()
    if LawState.objects.filter(digest=digest).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
        CalendarDay.objects.all().delete()
        CalendarMonth.objects.all().delete()
        LawState.objects.all().delete()
        with cursor.copy("COPY common_calendarday (day, kind) FROM STDIN") as copy:
            for day, kind in law.workdays.calendar_rows(FIRST_DAY, LAST_DAY):
                copy.write_row((day, str(kind)))
        cursor.execute(MONTHS)
    LawState.objects.create(digest=digest)
    return True
