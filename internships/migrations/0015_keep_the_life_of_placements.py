"""A placement keeps the steps of its life and what each party approved."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0014_find_terms_by_their_host"),
        ("people", "0012_call_keys_by_sentences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
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
                            ("acceptance", "接收实习生"),
                            ("consent", "知情同意书"),
                            ("signature", "三方协议签署"),
                        ],
                        max_length=10,
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
                ("digest", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=100)),
            ],
            options={
                "verbose_name": "各方认可",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PlacementStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("edit", "修改"),
                            ("submit", "提交"),
                            ("accept", "接收"),
                            ("consent", "知情同意"),
                            ("decline", "不同意"),
                            ("sign", "签署"),
                            ("send_back", "退回"),
                            ("refuse", "拒绝"),
                            ("withdraw", "撤回"),
                            ("expire", "过期失效"),
                            ("approve", "批准"),
                            ("activate", "开始实习"),
                            ("suspend", "暂停"),
                            ("resume", "恢复"),
                            ("end", "结束"),
                            ("settle", "结清"),
                            ("archive", "归档"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "已提交"),
                            ("accepted", "企业已接收"),
                            ("consented", "已知情同意"),
                            ("approved", "已批准"),
                            ("active", "实习中"),
                            ("suspended", "暂停"),
                            ("ended", "已结束"),
                            ("settled", "已结清"),
                            ("archived", "已归档"),
                            ("withdrawn", "已撤回"),
                            ("expired", "已失效"),
                            ("refused", "已拒绝"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "已提交"),
                            ("accepted", "企业已接收"),
                            ("consented", "已知情同意"),
                            ("approved", "已批准"),
                            ("active", "实习中"),
                            ("suspended", "暂停"),
                            ("ended", "已结束"),
                            ("settled", "已结清"),
                            ("archived", "已归档"),
                            ("withdrawn", "已撤回"),
                            ("expired", "已失效"),
                            ("refused", "已拒绝"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("school", "学校"),
                            ("enterprise", "企业"),
                            ("student", "学生"),
                            ("guardian", "监护人"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "written_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("actor", models.CharField(max_length=100)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "安排经过",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="placement",
            name="follows",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="successors",
                to="internships.placement",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="instead_of",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="chosen_instead",
                to="internships.placement",
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="daily_hours",
            field=models.DecimalField(
                decimal_places=2, max_digits=4, null=True, verbose_name="每日工时"
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("instead_of__isnull", True),
                        models.Q(("instead_of", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("follows__isnull", True),
                        models.Q(("follows", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="placement_comes_after_another_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("daily_hours__isnull", True),
                    models.Q(("daily_hours__gt", 0), ("daily_hours__lte", 24)),
                    _connector="OR",
                ),
                name="agreed_hours_are_those_of_a_day",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="placement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="approvals",
                to="internships.placement",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="placementstep",
            name="placement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="steps",
                to="internships.placement",
            ),
        ),
        migrations.AddField(
            model_name="placementstep",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="voided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voided",
                to="internships.placementstep",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "move__in",
                        [
                            "draft",
                            "edit",
                            "submit",
                            "accept",
                            "consent",
                            "decline",
                            "sign",
                            "send_back",
                            "refuse",
                            "withdraw",
                            "expire",
                            "approve",
                            "activate",
                            "suspend",
                            "resume",
                            "end",
                            "settle",
                            "archive",
                        ],
                    )
                ),
                name="placement_step_move_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "from_state__in",
                        [
                            "draft",
                            "submitted",
                            "accepted",
                            "consented",
                            "approved",
                            "active",
                            "suspended",
                            "ended",
                            "settled",
                            "archived",
                            "withdrawn",
                            "expired",
                            "refused",
                            "",
                        ],
                    )
                ),
                name="placement_step_comes_from_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "to_state__in",
                        [
                            "draft",
                            "submitted",
                            "accepted",
                            "consented",
                            "approved",
                            "active",
                            "suspended",
                            "ended",
                            "settled",
                            "archived",
                            "withdrawn",
                            "expired",
                            "refused",
                        ],
                    )
                ),
                name="placement_step_leads_to_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("party__in", ["school", "enterprise", "student", "guardian", ""])
                ),
                name="placement_step_party_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_state", ""), ("move", "draft")),
                    models.Q(
                        models.Q(("move", "draft"), _negated=True),
                        models.Q(("from_state", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="placement_step_comes_from_a_state_but_the_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("move__in", ("decline", "send_back", "refuse", "withdraw", "suspend")),
                        _negated=True,
                    ),
                    models.Q(("message", ""), _negated=True),
                    _connector="OR",
                ),
                name="placement_step_against_somebody_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="placementstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="placement_step_is_on_a_day_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "acceptance"), ("party__in", ("enterprise",))),
                    models.Q(("kind", "consent"), ("party__in", ("student", "guardian"))),
                    models.Q(
                        ("kind", "signature"), ("party__in", ("school", "enterprise", "student"))
                    ),
                    _connector="OR",
                ),
                name="approval_is_given_by_a_party_that_can",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="approval_is_of_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_by__isnull", True)),
                fields=("placement", "kind", "party"),
                name="approval_stands_once_a_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="approval_is_given_on_a_day_of_the_calendar",
            ),
        ),
    ]
