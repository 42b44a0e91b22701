"""Links by which somebody sets a new password, made by who looks after them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.sentence_names import called


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0014_invite_into_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasswordReset",
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "重设密码链接",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="password_reset_expires_after_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            ("used_at__lt", models.F("expires_at")),
                            _connector="OR",
                        ),
                        name="password_reset_is_not_used_after_it_expired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("made_by")), _negated=True),
                        name="password_reset_is_made_by_somebody_else",
                    ),
                ],
            },
        ),
        called(
            "people_passwordreset",
            "people_passwordreset_token_digest_key",
            "password_reset_is_made_once_a_token",
        ),
    ]
