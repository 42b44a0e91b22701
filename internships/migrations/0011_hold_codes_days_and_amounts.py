"""Codes are well formed, days are of the calendar, and amounts can be counted with."""

import datetime
from decimal import Decimal

import psycopg.types.range
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0010_hold_terms_to_every_day_and_to_their_own_staff"),
        ("people", "0011_hold_codes_days_and_sealed_values"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "enterprise_signed_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                    (
                        "school_signed_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                    (
                        "student_signed_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                ),
                name="agreement_is_signed_on_days_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="agreement_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__contained_by",
                        psycopg.types.range.Range(
                            datetime.date(1900, 1, 1), datetime.date(2200, 1, 1), "[)"
                        ),
                    )
                ),
                name="filing_period_is_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filed_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="filing_is_made_on_a_day_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(("matters__len__gt", 0)), name="filing_names_a_matter"
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("major_code__regex", "^[0-9]{6}K?$"), ("major_code", ""), _connector="OR"
                ),
                name="filing_major_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="filing_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    ("ends_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    (
                        "guardian_consented_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                    (
                        "safety_trained_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                    ("starts_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    (
                        "student_consented_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                ),
                name="placement_days_are_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="placement_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lowest_wage__lte", Decimal("9999999999.99")),
                    ("wage_standard__lte", Decimal("9999999999.99")),
                ),
                name="post_wage_standards_are_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "major_groups__contained_by",
                        [
                            "01",
                            "02",
                            "03",
                            "04",
                            "05",
                            "06",
                            "07",
                            "08",
                            "09",
                            "10",
                            "11",
                            "12",
                            "13",
                            "14",
                            "15",
                            "16",
                            "17",
                            "18",
                            "19",
                        ],
                    )
                ),
                name="post_major_groups_are_known_ones",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True), models.Q(("title", ""), _negated=True)
                ),
                name="post_has_a_code_and_a_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_pay__lte", Decimal("9999999999.99"))),
                name="agreed_pay_is_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__endswith__range",
                        (datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)),
                    ),
                    (
                        "period__startswith__range",
                        (datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)),
                    ),
                ),
                name="terms_change_on_days_of_the_calendar",
            ),
        ),
    ]
