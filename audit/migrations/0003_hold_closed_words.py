"""An operation is of a known kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_keep_operations_append_only"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["load", "retract", "export", "reveal"])),
                name="operation_kind_is_a_known_one",
            ),
        ),
    ]
