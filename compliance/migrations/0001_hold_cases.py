"""Cases, their history, their counts, and the sweeps that wrote them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("apprenticeship", "0003_hold_closed_words"),
        ("internships", "0006_hold_closed_words_and_the_gate"),
        ("people", "0005_hold_closed_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SweepRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="检查日期")),
                ("started_at", models.DateTimeField(verbose_name="开始时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("counts", models.JSONField(default=dict)),
                ("failed_rules", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "全区检查",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()),
                        editable=False,
                        unique=True,
                    ),
                ),
                ("rule", models.CharField(max_length=10, verbose_name="规则")),
                (
                    "subject",
                    models.CharField(db_collation="C", max_length=120, verbose_name="对象"),
                ),
                ("period", models.CharField(blank=True, max_length=8, verbose_name="期间")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("block", "禁止"),
                            ("critical", "严重"),
                            ("warning", "警告"),
                            ("info", "提示"),
                        ],
                        max_length=8,
                        verbose_name="等级",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("acknowledged", "处理中"),
                            ("cured", "已纠正"),
                            ("lapsed", "已失效"),
                            ("waived", "已豁免"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("since", models.DateField(null=True, verbose_name="起始日")),
                ("facts", models.JSONField(default=dict, verbose_name="事实")),
                ("rule_version", models.CharField(max_length=20)),
                ("deadlines_from", models.DateField()),
                ("opened_at", models.DateTimeField(verbose_name="立案时间")),
                ("acknowledged_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="结案时间")),
                ("waived_until", models.DateField(null=True, verbose_name="豁免至")),
                (
                    "waive_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="豁免理由"),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "apprentice",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="apprenticeship.apprenticeidentity",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定负责人",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="people.enterprise",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="people.learneridentity",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="internships.placement",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="internships.post",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="alerts",
                        to="people.school",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "预警",
            },
        ),
        migrations.CreateModel(
            name="AlertCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=10)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("block", "禁止"),
                            ("critical", "严重"),
                            ("warning", "警告"),
                            ("info", "提示"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("acknowledged", "处理中"),
                            ("cured", "已纠正"),
                            ("lapsed", "已失效"),
                            ("waived", "已豁免"),
                        ],
                        max_length=12,
                    ),
                ),
                ("cases", models.IntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "预警计数",
            },
        ),
        migrations.CreateModel(
            name="AlertStep",
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
                            ("opened", "立案"),
                            ("updated", "事实变化"),
                            ("acknowledged", "确认"),
                            ("assigned", "指定负责人"),
                            ("noted", "添加说明"),
                            ("escalated", "逾期上报"),
                            ("cured", "已纠正"),
                            ("lapsed", "已失效"),
                            ("waived", "豁免"),
                            ("waiver_ended", "豁免终止"),
                            ("reopened", "重新立案"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("acknowledged", "处理中"),
                            ("cured", "已纠正"),
                            ("lapsed", "已失效"),
                            ("waived", "已豁免"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("block", "禁止"),
                            ("critical", "严重"),
                            ("warning", "警告"),
                            ("info", "提示"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "written_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("actor", models.CharField(max_length=100)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("teacher", "校内导师"),
                            ("coordinator", "学校实习管理员"),
                            ("commission", "区教委"),
                        ],
                        db_default="",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, db_default="", max_length=500)),
                ("facts_digest", models.CharField(max_length=32)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="compliance.alert",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="compliance.sweeprun",
                    ),
                ),
            ],
            options={
                "verbose_name": "预警经过",
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["school", "state", "rule"], name="alert_by_school_and_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("rule", "subject", "period"), name="alert_is_one_a_rule_subject_and_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "acknowledged", "cured", "lapsed", "waived"])
                ),
                name="alert_state_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["block", "critical", "warning", "info"])),
                name="alert_severity_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    models.Func(
                        models.F("placement_id"),
                        models.F("enterprise_id"),
                        models.F("post_id"),
                        models.F("learner_id"),
                        models.F("apprentice_id"),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="alert_names_one_subject_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waived"), _negated=True),
                    ("rule__in", ("HOST-07", "HOST-08", "HOST-09", "HOST-10")),
                    _connector="OR",
                ),
                name="alert_is_waived_only_of_a_rule_that_may_be",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waived"), _negated=True),
                    models.Q(
                        ("waived_by__isnull", False),
                        ("waived_until__isnull", False),
                        models.Q(("waive_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="alert_waiver_has_a_reason_a_person_and_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state__in", ("cured", "lapsed"))),
                    models.Q(
                        models.Q(("state__in", ("cured", "lapsed")), _negated=True),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="alert_is_closed_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "acknowledged"), _negated=True),
                    ("acknowledged_at__isnull", False),
                    _connector="OR",
                ),
                name="alert_is_acknowledged_at_a_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="alertcount",
            index=models.Index(
                models.F("school"), models.F("rule"), name="alert_count_by_school_and_rule"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "updated",
                            "acknowledged",
                            "assigned",
                            "noted",
                            "escalated",
                            "cured",
                            "lapsed",
                            "waived",
                            "waiver_ended",
                            "reopened",
                        ],
                    )
                ),
                name="alert_step_kind_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "acknowledged", "cured", "lapsed", "waived"])
                ),
                name="alert_step_state_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["teacher", "coordinator", "commission", ""])),
                name="alert_step_level_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "escalated"), ("level", ""), _connector="XOR"),
                name="alert_step_names_a_level_when_it_climbs",
            ),
        ),
    ]
