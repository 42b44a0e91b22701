"""Attendance is of days of the calendar, and lies in the partition of its month.

The default partition takes nothing: a row that landed there, by an update of its day, would refuse
its month a partition from then on.
"""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("internships", "0011_hold_codes_days_and_amounts")]

    operations = [
        migrations.AddConstraint(
            model_name="attendanceday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="attendance_day_is_of_the_calendar",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE internships_attendanceday_default "
            "ADD CONSTRAINT attendance_lies_in_a_month_that_was_made CHECK (false)",
            "ALTER TABLE internships_attendanceday_default "
            "DROP CONSTRAINT attendance_lies_in_a_month_that_was_made",
        ),
    ]
