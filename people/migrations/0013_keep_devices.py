"""Phones that somebody signed in on, with digests of their tokens."""

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_call_keys_by_sentences"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="设备名称")),
                ("generation", models.IntegerField(default=1)),
                ("token_digest", models.BinaryField()),
                ("previous_digest", models.BinaryField(null=True)),
                ("password_mark", models.CharField(max_length=128)),
                ("made_at", models.DateTimeField(verbose_name="登录时间")),
                ("rotated_at", models.DateTimeField(verbose_name="最近使用")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_out", "已退出"),
                            ("revoked", "已移除"),
                            ("reused", "旧令牌被再次使用"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "设备",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("public_id",), name="device_public_id_is_given_once"
                    ),
                    models.UniqueConstraint(
                        fields=("token_digest",), name="device_token_is_made_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_for__in", ["signed_out", "revoked", "reused", ""])
                        ),
                        name="device_end_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("generation__gte", 1)),
                        name="device_tokens_are_counted_from_the_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_for", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_for", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="device_that_ended_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("made_at")),
                            ("rotated_at__gte", models.F("made_at")),
                        ),
                        name="device_expires_after_the_sign_in_on_it",
                    ),
                ],
            },
        ),
    ]
