"""A form that is sent twice writes one step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0003_tell_those_who_hold_a_case")]

    operations = [
        migrations.AddField(
            model_name="alertstep",
            name="once",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("once__isnull", False)),
                fields=("alert", "user", "once"),
                name="alert_step_is_written_once_a_form",
            ),
        ),
    ]
