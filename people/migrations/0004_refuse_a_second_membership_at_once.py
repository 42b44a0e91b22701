"""Memberships that exclude each other are refused at the statement, not at the commit."""

import django.contrib.postgres.constraints
import django.db.models.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_count_tries_and_sign_in_by_link"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="user_has_a_membership_once_a_day",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="person_of_a_roster_has_one_account_a_day",
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=(("user", "="), ("role", "="), ("tie_id", "="), ("period", "&&")),
                name="user_has_a_membership_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("role__in", ("school_teacher", "enterprise_mentor", "student", "guardian"))
                ),
                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                expressions=(("role", "="), ("tie_id", "="), ("period", "&&")),
                name="person_of_a_roster_has_one_account_a_day",
            ),
        ),
    ]
