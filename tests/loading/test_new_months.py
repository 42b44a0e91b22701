"""A month of attendance that is filled at once is held like every other month."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from internships.models import AttendanceDay, Placement
from tests.loading.checksums import rows
from tests.loading.conftest import Load
from tests.loading.samples import District, sample

pytestmark = pytest.mark.django_db

PLACEMENTS, DAYS = 40, 28
FILLED = "internships_attendanceday_203505"
MADE = "internships_attendanceday_203506"

HELD_BY = """
SELECT contype::text, pg_get_constraintdef(oid), coninhcount, convalidated FROM pg_constraint
WHERE conrelid = %s::regclass ORDER BY 1, 2
"""


def crowded_month() -> District:
    """The sample with a May of 2035 that is filled at once, and a day of June that is not."""
    district = sample()
    base = district["placements"][3]
    codes = [f"M{number}" for number in range(PLACEMENTS)]
    district["placements"] += [{**base, "安排编号": code} for code in codes]
    worked = {"状态": "出勤", "企业确认": "是"}
    district["attendance"] += [
        {"安排编号": code, "日期": f"2035-05-{day:02}", **worked}
        for code in codes
        for day in range(1, DAYS + 1)
    ]
    district["attendance"].append({"安排编号": "M0", "日期": "2035-06-01", **worked})
    return district


def test_a_month_filled_at_once_has_the_keys_and_checks_of_a_month_made_first(load: Load) -> None:
    report = load(crowded_month())

    assert report.problems == []
    with connection.cursor() as cursor:
        cursor.execute(HELD_BY, [FILLED])
        filled = cursor.fetchall()
        cursor.execute(HELD_BY, [MADE])
        assert filled == cursor.fetchall()
    assert {kind for kind, *_ in filled} == {"c", "f", "n", "p"}
    assert rows(FILLED, MADE, "internships_attendanceday_default") == {
        FILLED: PLACEMENTS * DAYS,
        MADE: 1,
        "internships_attendanceday_default": 0,
    }


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("placement_id = 999999", "attendance_names_the_school_of_its_placement"),
        ("day = '2035-05-02'", f"{FILLED}_pkey"),
        ("hours = 24.01", "a_day_has_at_most_24_hours"),
        ("came_minute = 480", "coming_and_leaving_are_both_known_or_neither"),
    ],
)
def test_a_row_of_it_that_breaks_an_invariant_is_refused(
    load: Load, change: str, constraint: str
) -> None:
    load(crowded_month())
    placement = Placement.objects.get(code="M0").pk

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE internships_attendanceday SET {change}"
            " WHERE placement_id = %s AND day = '2035-05-01'",
            [placement],
        )


def test_later_loads_change_and_add_days_of_it(load: Load) -> None:
    district = crowded_month()
    load(district)
    district["attendance"][-2]["状态"] = "半天"
    district["attendance"].append(
        {"安排编号": "M0", "日期": "2035-05-31", "状态": "休息", "企业确认": "否"}
    )

    report = load(district)

    counts = report.tables["attendance"]
    assert (counts.new, counts.changed) == (1, 1)
    days = AttendanceDay.objects.filter(day__year=2035, day__month=5)
    assert days.count() == PLACEMENTS * DAYS + 1
    again = load(district)
    assert again.tables["attendance"].unchanged == len(district["attendance"])
