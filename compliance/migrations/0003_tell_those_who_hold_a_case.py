"""Who has been told of which step of a case; a notice changes once, when it is read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Reading is the one change: it sets `read_at` where it was empty, and nothing beside it.
ONLY_READING = """
CREATE FUNCTION refuse_all_but_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.read_at IS NULL AND NEW.read_at IS NOT NULL
        AND to_jsonb(NEW) - 'read_at' = to_jsonb(OLD) - 'read_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a notice changes once, when it is read'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
CREATE TRIGGER notice_changes_once_when_it_is_read BEFORE UPDATE ON compliance_notice
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_reading();
"""
ANY_CHANGE = """
DROP TRIGGER notice_changes_once_when_it_is_read ON compliance_notice;
DROP FUNCTION refuse_all_but_reading();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0002_count_cases_and_keep_their_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="通知时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="阅读时间")),
                (
                    "alert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="compliance.alert",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="compliance.alertstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知",
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="notice_by_recipient"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["recipient", "-id"],
                        name="notice_unread_by_recipient",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("step", "recipient"),
                        name="notice_of_a_step_reaches_a_recipient_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONLY_READING, ANY_CHANGE),
    ]
