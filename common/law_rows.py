"""Copies the law's calendar into rows, so that SQL can ask it; cheap when nothing changed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.management.base import CommandError
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

# A sum over whole rows, in any order, so that any row that is changed, added or gone is seen. The
# hash of a record is linear in its columns, hence hashed again: else two rows could swap a value.
ROWS = """
SELECT (SELECT sum(hashint8extended(hash_record_extended(it, 0), 0)) FROM common_calendarday it),
       (SELECT sum(hashint8extended(hash_record_extended(it, 0), 0)) FROM common_calendarmonth it)
"""

MAY_WRITE = "SELECT has_table_privilege('common_calendarday', 'DELETE')"


class CalendarDiffers(CommandError):
    """The calendar rows are not those of `law`, and the role in use may not mend them."""

    def __init__(self) -> None:
        super().__init__(
            "数据库里的日历与 law/ 中的不一致，应用的角色无权改写；"
            "请先运行 python manage.py migrate（或 sync_law）"
        )


@transaction.atomic
def sync_law() -> bool:
    """Make the calendar rows equal to `law`; returns whether anything had to be written.

    The rows themselves are looked at, not only their edition. A role that may not write them
    gets `CalendarDiffers` where they differ.
    """
    with connection.cursor() as cursor:
        if LawState.objects.filter(digest=_digest(cursor)).exists():
            return False
        cursor.execute(MAY_WRITE)
        if cursor.fetchone() != (True,):
            raise CalendarDiffers
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
        CalendarDay.objects.all().delete()
        CalendarMonth.objects.all().delete()
        LawState.objects.all().delete()
        with cursor.copy("COPY common_calendarday (day, kind) FROM STDIN") as copy:
            for day, kind in law.workdays.calendar_rows(FIRST_DAY, LAST_DAY):
                copy.write_row((day, str(kind)))
        cursor.execute(MONTHS)
        LawState.objects.create(digest=_digest(cursor))
    return True


def _digest(cursor: Any) -> str:
    """What `law` says and the rows hold, in one: the same only while both stay as they were."""
    cursor.execute(ROWS)
    edition = f"{law.workdays.digest()} {FIRST_DAY} {LAST_DAY} {cursor.fetchone()}"
    return hashlib.sha256(edition.encode()).hexdigest()
