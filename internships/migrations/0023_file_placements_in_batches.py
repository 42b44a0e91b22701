"""Placements are gathered into batches and filed together."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0022_weigh_signatures"),
        ("people", "0016_ask_for_a_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FilingBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False)),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("high_risk", "高风险"),
                                ("rest_day", "休息日"),
                                ("holiday", "法定节假日"),
                                ("overtime", "加班"),
                                ("night", "夜班"),
                            ],
                            max_length=12,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="备案编号")),
                ("filed_on", models.DateField(null=True, verbose_name="备案日期")),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filing_batches",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "备案批次",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="FilingBatchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="internships.filingbatch",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="batch_entries",
                        to="internships.filing",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="batch_entries",
                        to="internships.placement",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次内的安排",
                "ordering": ("id",),
            },
        ),
        migrations.AddConstraint(
            model_name="filingbatch",
            constraint=models.UniqueConstraint(
                fields=("public_id",), name="filing_batch_has_an_id_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="filingbatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number",),
                name="filing_batch_has_its_number_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "matters__contained_by",
                        ["high_risk", "rest_day", "holiday", "overtime", "night"],
                    )
                ),
                name="filing_batch_matters_are_known_ones",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("filed_by__isnull", True), ("filed_on__isnull", True), ("number", "")
                    ),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        ("filed_by__isnull", False),
                        ("filed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="filing_batch_is_filed_with_number_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filed_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    ("made_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                ),
                name="filing_batch_days_are_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingbatchentry",
            constraint=models.UniqueConstraint(
                fields=("batch", "placement"), name="filing_batch_has_a_placement_once"
            ),
        ),
    ]
