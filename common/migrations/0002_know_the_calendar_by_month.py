"""Months with their workdays; the calendar is copied anew, so that they are filled."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import common.ranges


class Migration(migrations.Migration):
    dependencies = [("common", "0001_know_the_calendar")]

    operations = [
        migrations.CreateModel(
            name="CalendarMonth",
            fields=[
                ("first_day", models.DateField(primary_key=True, serialize=False)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("workdays", models.PositiveSmallIntegerField()),
                ("worked", common.ranges.DateMultiRangeField()),
            ],
            options={"verbose_name": "日历月"},
        ),
        migrations.RunSQL("DELETE FROM common_lawstate", migrations.RunSQL.noop),
    ]
