"""The same view; whether a month has a workday is asked in words that the planner estimates well.

An overlap with a multirange is taken to hold for one row in two hundred; it holds for nearly all.
"""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW internships_placementmonth AS
SELECT placement.id AS placement_id,
       calendar.first_day AS month,
       upper(calendar.period) - 1 AS month_ends_on,
       greatest(placement.starts_on, calendar.first_day) AS first_on,
       least(placement.last_on, upper(calendar.period) - 1) AS last_on,
       calendar.workdays AS workdays,
       {has_workday} AS has_workday
FROM internships_placement AS placement
JOIN common_calendarmonth AS calendar
  ON calendar.first_day BETWEEN date_trunc('month', placement.starts_on::timestamp)::date
                            AND placement.last_on
"""


class Migration(migrations.Migration):
    dependencies = [("internships", "0003_see_placements_by_month")]

    operations = [
        migrations.RunSQL(
            VIEW.format(has_workday="multirange_overlaps_range(calendar.worked, placement.period)"),
            VIEW.format(has_workday="calendar.worked && placement.period"),
        ),
    ]
