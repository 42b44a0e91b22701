"""Complaints are kept with their words sealed, and their steps only grow."""

import datetime
from decimal import Decimal

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

import common.sensitive
from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0019_write_and_keep_the_papers"),
        ("people", "0016_ask_for_a_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deposit", "收取押金或财物"),
                            ("fees", "收取培训费、管理费等费用"),
                            ("documents", "扣押身份证或其他证件"),
                            ("pay", "拖欠、克扣报酬"),
                            ("overtime", "强迫加班或夜班"),
                            ("danger", "危险或有害的工作"),
                            ("other", "其他问题"),
                        ],
                        max_length=10,
                        verbose_name="问题",
                    ),
                ),
                ("against_school", models.BooleanField(default=False)),
                ("words_sealed", common.sensitive.SealedField()),
                ("happened_on", models.DateField(null=True, verbose_name="发生日期")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="金额"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "已收到"),
                            ("looked_into", "调查中"),
                            ("answered", "已答复"),
                            ("closed", "已办结"),
                        ],
                        default="received",
                        max_length=12,
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
                    ),
                ),
                ("raised_on", models.DateField()),
                ("raised_at", models.DateTimeField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="complaints",
                        to="people.enterprise",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="complaints",
                        to="people.learneridentity",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="complaints",
                        to="internships.placement",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="complaints",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "投诉",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ComplaintStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False)),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("raise", "提出"),
                            ("look_into", "开始调查"),
                            ("answer", "答复"),
                            ("close", "办结"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("received", "已收到"),
                            ("looked_into", "调查中"),
                            ("answered", "已答复"),
                            ("closed", "已办结"),
                        ],
                        max_length=12,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=20)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("words_sealed", common.sensitive.SealedField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="internships.complaint",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "投诉经过",
                "ordering": ("id",),
            },
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                fields=("public_id",), name="complaint_has_an_id_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["deposit", "fees", "documents", "pay", "overtime", "danger", "other"],
                    )
                ),
                name="complaint_kind_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "looked_into", "answered", "closed"])
                ),
                name="complaint_state_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ("student", "guardian"))),
                name="complaint_is_of_student_or_guardian",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("words_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="complaint_words_are_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="complaint_amount_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__lte", Decimal("9999999999.99"))),
                name="complaint_amount_is_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "happened_on__range",
                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                    ),
                    ("raised_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                ),
                name="complaint_days_are_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("happened_on__isnull", True),
                    ("happened_on__lte", models.F("raised_on")),
                    _connector="OR",
                ),
                name="complaint_is_of_what_has_happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.UniqueConstraint(
                fields=("public_id",), name="complaint_step_has_an_id_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("move__in", ["raise", "look_into", "answer", "close"])),
                name="complaint_step_move_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_state__in", ["received", "looked_into", "answered", "closed"])
                ),
                name="complaint_step_leads_to_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("words_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="complaint_step_words_are_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("move__in", ("answer", "close")), _negated=True),
                    ("words_sealed__isnull", False),
                    _connector="OR",
                ),
                name="complaint_is_answered_and_closed_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="complaint_step_is_on_a_day_of_the_calendar",
            ),
        ),
        append_only("internships_complaintstep"),
    ]
