"""Codes of policies are those of their closed lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insurance", "0002_hold_insured_periods_within_their_policy"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["liability", "accident", "work_injury"])),
                name="policy_kind_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payer__in", ["school_tuition", "school_subsidy", "enterprise", "student"])
                ),
                name="policy_payer_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["in_force", "surrendered", "void"])),
                name="policy_status_is_a_known_one",
            ),
        ),
    ]
