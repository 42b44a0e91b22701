"""Answers are kept by the key of their request."""

import uuid

from django.db import migrations, models

import common.sensitive


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_publish_what_a_change_touches"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("actor", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=100)),
                ("fingerprint", common.sensitive.BlindIndexField()),
                ("answer_sealed", common.sensitive.SealedField(null=True)),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "已答复的请求",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("actor", "key"), name="answer_is_kept_once_a_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="answer_is_kept_under_a_key",
                    ),
                ],
            },
        ),
    ]
