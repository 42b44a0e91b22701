"""What was done is written down event by event, each bound to the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_keep_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=120)),
                ("by", models.BigIntegerField(null=True)),
                ("entry", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(default=dict)),
                ("prev", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "verbose_name": "审计事件",
                "indexes": [
                    models.Index(fields=["subject", "at"], name="audit_event_by_subject"),
                    models.Index(fields=["by", "at"], name="audit_event_by_user"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "seq"), name="audit_event_has_its_place_to_itself"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__regex", "^[a-z][a-z_]*(\\.[a-z][a-z_]*)+$")),
                        name="audit_event_says_what_by_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True),
                        name="audit_event_says_of_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("chain", models.BigIntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "verbose_name": "审计链末端",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("chain__gte", 0), ("seq__gte", 0)),
                        name="audit_head_is_of_a_school_or_the_district",
                    )
                ],
            },
        ),
    ]
