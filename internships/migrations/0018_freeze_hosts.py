"""The commission keeps a host from taking students; its decisions only grow."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0017_amend_what_was_agreed"),
        ("people", "0016_ask_for_a_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HostFreeze",
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
                        choices=[("freeze", "暂停接收"), ("unfreeze", "恢复接收")], max_length=10
                    ),
                ),
                ("from_day", models.DateField(verbose_name="生效日期")),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("decided_on", models.DateField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freezes",
                        to="people.enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "暂停接收决定",
                "ordering": ("from_day", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("move__in", ["freeze", "unfreeze"])),
                        name="host_freeze_move_is_a_known_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="host_freeze_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decided_on__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                            (
                                "from_day__range",
                                (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                            ),
                        ),
                        name="host_freeze_days_are_of_the_calendar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_day__gte", models.F("decided_on"))),
                        name="host_freeze_is_not_dated_back",
                    ),
                ],
            },
        ),
        append_only("internships_hostfreeze"),
    ]
