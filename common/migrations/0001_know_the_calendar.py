"""Periods that exclude each other, the calendar, and the guard of append-only tables."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % may be added to, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION refuse_change()"),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workday", "工作日"),
                            ("rest_day", "休息日"),
                            ("statutory_holiday", "法定节假日"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={"verbose_name": "日历日"},
        ),
        migrations.CreateModel(
            name="LawState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"verbose_name": "法规数据版本"},
        ),
    ]
