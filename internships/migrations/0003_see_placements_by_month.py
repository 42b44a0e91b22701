"""A view of the months a placement touches; an attended day leads to its calendar day."""

import django.db.models.deletion
from django.db import migrations, models

VIEW = """
CREATE VIEW internships_placementmonth AS
SELECT placement.id AS placement_id,
       calendar.first_day AS month,
       upper(calendar.period) - 1 AS month_ends_on,
       greatest(placement.starts_on, calendar.first_day) AS first_on,
       least(placement.last_on, upper(calendar.period) - 1) AS last_on,
       calendar.workdays AS workdays,
       calendar.worked && placement.period AS has_workday
FROM internships_placement AS placement
JOIN common_calendarmonth AS calendar
  ON calendar.first_day BETWEEN date_trunc('month', placement.starts_on::timestamp)::date
                            AND placement.last_on
"""


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0002_partition_attendance_by_month"),
        ("common", "0002_know_the_calendar_by_month"),
    ]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW internships_placementmonth"),
        migrations.CreateModel(
            name="PlacementMonth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "placement_id",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="months",
                        to="internships.placement",
                    ),
                ),
                ("month", models.DateField()),
                ("month_ends_on", models.DateField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("workdays", models.PositiveSmallIntegerField()),
                ("has_workday", models.BooleanField()),
            ],
            options={"db_table": "internships_placementmonth", "managed": False},
        ),
        migrations.AddField(
            model_name="attendanceday",
            name="calendar_day",
            field=models.ForeignObject(
                from_fields=["day"],
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="common.calendarday",
                to_fields=["day"],
            ),
        ),
    ]
