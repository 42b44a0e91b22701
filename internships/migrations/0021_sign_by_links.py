"""Papers are signed by one-time links, and how each was signed is kept."""

import datetime

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import common.sensitive
from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0020_keep_complaints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False, unique=True)),
                ("token_digest", models.BinaryField(unique=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("school", "学校"),
                            ("enterprise", "企业"),
                            ("student", "学生"),
                            ("guardian", "监护人"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="签署人")),
                ("phone_sealed", common.sensitive.SealedField(verbose_name="签署人手机")),
                ("phone_index", common.sensitive.BlindIndexField(db_index=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("code_digest", models.BinaryField(null=True)),
                ("code_until", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="internships.document",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "签署链接",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False, unique=True)),
                (
                    "choice",
                    models.CharField(
                        choices=[("agreed", "已同意签署"), ("declined", "已表示不同意")],
                        max_length=10,
                    ),
                ),
                ("typed_name", models.CharField(max_length=100, verbose_name="签署人")),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("drawing_sealed", common.sensitive.SealedField(null=True)),
                ("place_index", common.sensitive.BlindIndexField()),
                ("device_index", common.sensitive.BlindIndexField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "approval",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="internships.approval",
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="internships.signinglink",
                    ),
                ),
            ],
            options={
                "verbose_name": "链接签署",
                "ordering": ("id",),
            },
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ("guardian", "enterprise"))),
                name="signing_link_is_for_a_party_without_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="signing_link_names_its_signer",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="signing_link_expires_after_it_is_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_at__isnull", True),
                    models.Q(
                        ("used_at__lt", models.F("expires_at")), ("withdrawn_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="signing_link_is_not_used_late_or_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code_digest__isnull", True), ("code_until__isnull", True)),
                    models.Q(("code_digest__isnull", False), ("code_until__isnull", False)),
                    _connector="OR",
                ),
                name="signing_link_has_a_code_with_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("phone_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="signing_link_phone_is_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("phone_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("token_digest"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("code_digest"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="signing_link_indexes_are_digests",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["agreed", "declined"])),
                name="signature_choice_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approval__isnull", False), ("choice", "agreed")),
                    models.Q(
                        ("approval__isnull", True),
                        ("choice", "declined"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signature_is_an_approval_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("typed_name", ""), _negated=True), name="signature_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("drawing_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="signature_drawing_is_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("place_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("device_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="signature_indexes_are_digests",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="signature_is_on_a_day_of_the_calendar",
            ),
        ),
        append_only("internships_signature"),
    ]
