"""A waiver stands on a waived case alone; a step weighs what the contract knows."""

from django.db import migrations, models
from django.db.models import Q

SEVERITIES = ["block", "critical", "warning", "info"]


class Migration(migrations.Migration):
    dependencies = [("compliance", "0007_forget_waivers_that_ended")]

    operations = [
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=Q(state="waived")
                | Q(waived_until__isnull=True, waived_by__isnull=True, waive_reason=""),
                name="alert_that_is_not_waived_names_no_waiver",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                condition=Q(severity__in=SEVERITIES), name="alert_step_severity_is_a_known_one"
            ),
        ),
    ]
