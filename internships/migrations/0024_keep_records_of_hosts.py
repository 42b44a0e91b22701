"""Schools keep what they know of hosts before they place there; the records only grow."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0023_file_placements_in_batches"),
        ("people", "0016_ask_for_a_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("credit", "信用记录"), ("safety", "安全生产记录")],
                        max_length=10,
                        verbose_name="记录种类",
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="查询日期")),
                ("source", models.CharField(max_length=200, verbose_name="查询来源")),
                ("violation_on", models.DateField(null=True, verbose_name="最近一次违法失信日期")),
                ("valid_until", models.DateField(verbose_name="有效至")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.enterprise",
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
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "信用与安全记录",
                "ordering": ("id",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["credit", "safety"])),
                        name="credit_record_kind_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="credit_record_says_its_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("checked_on"))),
                        name="credit_record_is_good_from_its_day_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("violation_on__isnull", True),
                            ("violation_on__lte", models.F("checked_on")),
                            _connector="OR",
                        ),
                        name="credit_record_is_of_what_has_happened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "checked_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                            (
                                "valid_until__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                            (
                                "violation_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                        ),
                        name="credit_record_days_are_of_the_calendar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HostDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("decided_on", models.DateField(verbose_name="会议日期")),
                ("meeting", models.CharField(max_length=200, verbose_name="会议名称或文号")),
                ("published_on", models.DateField(null=True, verbose_name="公开日期")),
                (
                    "published_where",
                    models.CharField(blank=True, max_length=200, verbose_name="公开位置"),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.enterprise",
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
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "选定实习单位的决定",
                "ordering": ("id",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("meeting", ""), _negated=True),
                        name="host_decision_names_its_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_on__isnull", True),
                            ("published_on__gte", models.F("decided_on")),
                            _connector="OR",
                        ),
                        name="host_decision_is_published_after_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decided_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                            (
                                "published_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                        ),
                        name="host_decision_days_are_of_the_calendar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("visited_on", models.DateField(verbose_name="考察日期")),
                ("visitors", models.CharField(max_length=200, verbose_name="考察人")),
                ("findings", models.JSONField()),
                ("passed", models.BooleanField(verbose_name="考察合格")),
                ("valid_until", models.DateField(verbose_name="有效至")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.enterprise",
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
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name": "实习单位考察",
                "ordering": ("id",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visitors", ""), _negated=True),
                        name="site_assessment_says_who_went",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "findings__has_keys",
                                [
                                    "qualification",
                                    "integrity",
                                    "management",
                                    "posts",
                                    "hours",
                                    "workplace",
                                    "lodging",
                                    "health",
                                    "safety",
                                ],
                            )
                        ),
                        name="site_assessment_finds_something_of_every_point",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("visited_on"))),
                        name="site_assessment_is_good_from_the_visit_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "valid_until__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                            (
                                "visited_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                        ),
                        name="site_assessment_days_are_of_the_calendar",
                    ),
                ],
            },
        ),
        append_only("internships_siteassessment"),
        append_only("internships_creditrecord"),
        append_only("internships_hostdecision"),
    ]
