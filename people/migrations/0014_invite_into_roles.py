"""Invitations: a link by which one person takes on a role for one record."""

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models

from common.sentence_names import called

TIES = ("school", "teacher", "enterprise", "mentor")


def ends_with(tie: str) -> migrations.RunSQL:
    """An invitation goes with the record it is tied to, also when a load deletes that in SQL."""
    name = f"people_invitation_{tie}_id_fk_people_{tie}"
    return migrations.RunSQL(
        sql=f"ALTER TABLE people_invitation ADD CONSTRAINT {name} FOREIGN KEY ({tie}_id) "
        f"REFERENCES people_{tie} (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
        reverse_sql=f"ALTER TABLE people_invitation DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_keep_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
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
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.enterprise",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.mentor",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.teacher",
                    ),
                ),
            ],
            options={
                "verbose_name": "邀请",
                "ordering": ("-made_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enterprise__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "school_coordinator"),
                                ("school__isnull", False),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("mentor__isnull", True),
                                ("role", "school_teacher"),
                                ("school__isnull", True),
                                ("teacher__isnull", False),
                            ),
                            models.Q(
                                ("enterprise__isnull", False),
                                ("mentor__isnull", True),
                                ("role", "enterprise_hr"),
                                ("school__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("mentor__isnull", False),
                                ("role", "enterprise_mentor"),
                                ("school__isnull", True),
                                ("teacher__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_is_tied_to_what_its_role_acts_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="invitation_says_who_is_invited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="invitation_expires_after_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("accepted_at__lt", models.F("expires_at")),
                            _connector="OR",
                        ),
                        name="invitation_is_not_accepted_after_it_expired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="accepted_invitation_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="invitation_is_not_accepted_and_withdrawn",
                    ),
                ],
            },
        ),
        called(
            "people_invitation",
            "people_invitation_public_id_key",
            "invitation_public_id_is_given_once",
        ),
        called(
            "people_invitation",
            "people_invitation_token_digest_key",
            "invitation_is_made_once_a_token",
        ),
        *(ends_with(tie) for tie in TIES),
    ]
