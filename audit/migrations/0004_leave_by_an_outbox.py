"""Messages leave by rows of an outbox, and daily work is claimed by the row of its day."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_hold_closed_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("payload", models.JSONField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "available_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("attempts", models.PositiveSmallIntegerField(db_default=0)),
                ("done_at", models.DateTimeField(null=True)),
                ("parked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(db_default="", max_length=200)),
            ],
            options={
                "verbose_name": "待发消息",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("parked_at__isnull", True)),
                        fields=["available_at", "id"],
                        name="outbox_message_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("parked_at__isnull", False)),
                        fields=["topic"],
                        name="outbox_parked",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), ("parked_at__isnull", True), _connector="OR"
                        ),
                        name="outbox_message_is_not_done_and_parked_at_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=40)),
                ("period", models.DateField()),
                (
                    "fate",
                    models.CharField(
                        choices=[("asked", "已安排"), ("superseded", "由后一期代替")], max_length=12
                    ),
                ),
                ("claimed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "到期任务",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("job", "period"), name="period_of_a_job_is_claimed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fate__in", ["asked", "superseded"])),
                        name="period_fate_is_a_known_one",
                    ),
                ],
            },
        ),
    ]
