"""Accounts, and the memberships from which their rights follow."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import uuid6
from django.conf import settings
from django.db import migrations, models

import common.sensitive

TIES = ("school", "teacher", "enterprise", "mentor", "student", "guardian")


def ends_with(tie: str) -> migrations.RunSQL:
    """A membership goes with the record it is tied to, also when a load deletes that in SQL."""
    name = f"people_membership_{tie}_id_fk_people_{tie}"
    return migrations.RunSQL(
        sql=f"ALTER TABLE people_membership ADD CONSTRAINT {name} FOREIGN KEY ({tie}_id) "
        f"REFERENCES people_{tie} (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
        reverse_sql=f"ALTER TABLE people_membership DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_know_schools_and_students"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("public_id", models.UUIDField(default=uuid6.uuid7, editable=False, unique=True)),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="用户名")),
                ("display_name", models.CharField(max_length=100, verbose_name="姓名")),
                ("phone_sealed", common.sensitive.SealedField(null=True, verbose_name="手机")),
                ("phone_index", common.sensitive.BlindIndexField(db_index=True, null=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("demo", models.BooleanField(default=False, verbose_name="演示账号")),
            ],
            options={
                "verbose_name": "用户",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username", django.db.models.functions.text.Lower("username")),
                            models.Q(("username", ""), _negated=True),
                        ),
                        name="username_is_written_in_small_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone_index__isnull", True), ("phone_sealed__isnull", True)),
                            models.Q(
                                ("phone_index__isnull", False), ("phone_sealed__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="user_phone_is_sealed_and_indexed_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("school_coordinator", "学校实习管理员"),
                            ("school_teacher", "校内导师"),
                            ("enterprise_hr", "企业人事"),
                            ("enterprise_mentor", "企业师傅"),
                            ("student", "学生"),
                            ("guardian", "监护人"),
                            ("commission", "区教委"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="任期"),
                ),
                (
                    "tie_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            models.F("school_id"),
                            models.F("teacher_id"),
                            models.F("enterprise_id"),
                            models.F("mentor_id"),
                            models.F("student_id"),
                            models.F("guardian_id"),
                            models.Value(0),
                        ),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.enterprise",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.guardian",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.mentor",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.school",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.student",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.teacher",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enterprise__isnull", True),
                                ("guardian__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "school_coordinator"),
                                ("school__isnull", False),
                                ("student__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("guardian__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "school_teacher"),
                                ("school__isnull", True),
                                ("student__isnull", True),
                                ("teacher__isnull", False),
                            ),
                            models.Q(
                                ("enterprise__isnull", False),
                                ("guardian__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "enterprise_hr"),
                                ("school__isnull", True),
                                ("student__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("guardian__isnull", True),
                                ("mentor__isnull", False),
                                ("role", "enterprise_mentor"),
                                ("school__isnull", True),
                                ("student__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("guardian__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "student"),
                                ("school__isnull", True),
                                ("student__isnull", False),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("guardian__isnull", False),
                                ("mentor__isnull", True),
                                ("role", "guardian"),
                                ("school__isnull", True),
                                ("student__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("guardian__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "commission"),
                                ("school__isnull", True),
                                ("student__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="membership_is_tied_to_what_its_role_acts_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False), ("period__startswith__isnull", False)
                        ),
                        name="membership_begins_on_a_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        expressions=(
                            ("user", "="),
                            ("role", "="),
                            ("tie_id", "="),
                            ("period", "&&"),
                        ),
                        name="user_has_a_membership_once_a_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ("school_teacher", "enterprise_mentor", "student", "guardian"),
                            )
                        ),
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        expressions=(("role", "="), ("tie_id", "="), ("period", "&&")),
                        name="person_of_a_roster_has_one_account_a_day",
                    ),
                ],
            },
        ),
        *(ends_with(tie) for tie in TIES),
    ]
