"""Tries of passwords are counted, and links sign in once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.sensitive


class Migration(migrations.Migration):
    dependencies = [("people", "0002_know_who_signs_in")]

    operations = [
        migrations.CreateModel(
            name="SignInTries",
            fields=[
                ("key", common.sensitive.BlindIndexField(primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveSmallIntegerField()),
            ],
            options={"verbose_name": "登录尝试"},
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "登录链接"},
        ),
    ]
