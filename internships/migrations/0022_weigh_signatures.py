"""Signals of signing for another are judged, and copies of papers are kept."""

import datetime

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import common.sensitive
from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0021_sign_by_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperCopy",
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
                        verbose_name="签署方",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                        ],
                        max_length=20,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content_sealed", common.sensitive.SealedField()),
                ("uploaded_on", models.DateField()),
                ("uploaded_at", models.DateTimeField()),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="copies",
                        to="internships.placement",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "纸质文书扫描件",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["agreement", "consent"])),
                        name="paper_copy_kind_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("party__in", ["school", "enterprise", "student", "guardian"])
                        ),
                        name="paper_copy_party_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="paper_copy_form_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 5242880)),
                        name="paper_copy_has_a_bounded_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="paper_copy_has_its_digest",
                    ),
                    models.UniqueConstraint(
                        fields=("placement", "kind", "party", "sha256"),
                        name="paper_copy_is_kept_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("content_sealed"),
                                function="is_sealed",
                                output_field=models.BooleanField(),
                            )
                        ),
                        name="paper_copy_is_ciphertext",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "uploaded_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            )
                        ),
                        name="paper_copy_is_kept_on_a_day_of_the_calendar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProxySignal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same_device", "同一设备签了几个人的名"),
                            ("same_place", "同一网络地址签了这份安排的另一方"),
                            ("same_phone", "几个签署人用同一手机号码"),
                            ("staff_phone", "手机号码是学校或企业人员的"),
                            ("student_phone", "手机号码是学生本人的"),
                        ],
                        max_length=14,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("genuine", "核实为本人签署"), ("proxy", "由他人代签")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="internships.signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "代签信号",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "same_device",
                                    "same_place",
                                    "same_phone",
                                    "staff_phone",
                                    "student_phone",
                                ],
                            )
                        ),
                        name="proxy_signal_kind_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["genuine", "proxy", ""])),
                        name="proxy_signal_verdict_is_a_known_one",
                    ),
                    models.UniqueConstraint(
                        fields=("signature", "kind"), name="proxy_signal_is_raised_once_a_signature"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_at__isnull", True),
                                ("judged_by__isnull", True),
                                ("note", ""),
                                ("verdict", ""),
                            ),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("note", ""), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proxy_signal_is_judged_by_somebody_who_says_why",
                    ),
                ],
            },
        ),
        append_only("internships_papercopy"),
    ]
