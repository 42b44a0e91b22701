"""Apprenticeships begin and end on days of the calendar."""

import datetime

import psycopg.types.range
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeship", "0005_hold_apprentices_to_their_own_staff"),
        ("people", "0011_hold_codes_days_and_sealed_values"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="apprenticeidentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__contained_by",
                        psycopg.types.range.Range(
                            datetime.date(1900, 1, 1), datetime.date(2200, 1, 1), "[)"
                        ),
                    )
                ),
                name="apprenticeship_is_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="apprenticeidentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    (
                        "guardian_signed_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                ),
                name="apprenticeship_is_agreed_on_days_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="apprenticeidentity",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="apprentice_has_a_number"
            ),
        ),
    ]
