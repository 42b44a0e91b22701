"""A placement keeps what its papers say beyond the terms, and each paper as it was issued."""

import datetime

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0018_freeze_hosts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("agreement", "三方协议"), ("consent", "知情同意书")],
                        max_length=10,
                        verbose_name="文书",
                    ),
                ),
                ("content", models.CharField(max_length=64)),
                ("template", models.CharField(max_length=50, verbose_name="示范文本版本")),
                ("said", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("issued_on", models.DateField()),
                ("issued_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="documents",
                        to="internships.placement",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["placement", "kind"], name="document_by_placement")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["agreement", "consent"])),
                        name="document_kind_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content__regex", "^[0-9a-f]{64}$"),
                            ("sha256__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="document_has_its_digests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("template", ""), _negated=True),
                        name="document_names_its_template",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "issued_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            )
                        ),
                        name="document_is_issued_on_a_day_of_the_calendar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("said", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("written_on", models.DateField()),
                ("written_at", models.DateTimeField()),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="wordings",
                        to="internships.placement",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "协议内容",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("placement", "version"), name="wording_has_each_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="wording_versions_are_counted_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="wording_has_its_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "written_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            )
                        ),
                        name="wording_is_written_on_a_day_of_the_calendar",
                    ),
                ],
            },
        ),
        append_only("internships_wording"),
        append_only("internships_document"),
    ]
