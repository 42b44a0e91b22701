"""Policies and rosters begin and end on days of the calendar."""

import datetime
from decimal import Decimal

import psycopg.types.range
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insurance", "0004_tell_what_a_change_touches"),
        ("people", "0011_hold_codes_days_and_sealed_values"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="insuredperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__contained_by",
                        psycopg.types.range.Range(
                            datetime.date(1900, 1, 1), datetime.date(2200, 1, 1), "[)"
                        ),
                    )
                ),
                name="insured_period_is_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("limit_per_person__lte", Decimal("9999999999.99"))),
                name="policy_limit_is_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__contained_by",
                        psycopg.types.range.Range(
                            datetime.date(1900, 1, 1), datetime.date(2200, 1, 1), "[)"
                        ),
                    )
                ),
                name="policy_period_is_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "surrendered_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    )
                ),
                name="policy_is_surrendered_on_a_day_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), _negated=True),
                    models.Q(("insurer", ""), _negated=True),
                ),
                name="policy_has_a_number_and_an_insurer",
            ),
        ),
    ]
