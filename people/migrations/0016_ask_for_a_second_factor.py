"""The second factor of accounts, and the codes that stand in for it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.sensitive
from common.sentence_names import called


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_reset_forgotten_passwords"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret_sealed", common.sensitive.SealedField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=0)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "两步验证",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_index", common.sensitive.BlindIndexField(unique=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "factor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to="people.secondfactor",
                    ),
                ),
            ],
            options={
                "verbose_name": "恢复码",
            },
        ),
        migrations.AddConstraint(
            model_name="secondfactor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("secret_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="second_factor_secret_is_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondfactor",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_step__gte", 0)),
                name="second_factor_counts_steps_from_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("code_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    )
                ),
                name="recovery_code_is_kept_as_a_digest",
            ),
        ),
        called(
            "people_secondfactor", "people_secondfactor_user_id_key", "user_has_one_second_factor"
        ),
        called(
            "people_recoverycode",
            "people_recoverycode_code_index_key",
            "recovery_code_is_given_once",
        ),
    ]
