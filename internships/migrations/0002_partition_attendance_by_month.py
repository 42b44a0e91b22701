"""Placements name their student's school, and attendance is partitioned by month.

The table is made here rather than by Django because Django cannot say PARTITION BY. Months are
made before rows arrive by `make_attendance_month`, which runs as the owner so that the app role
needs no right to create tables; the default partition stays empty.
"""

from django.db import migrations

PLACEMENT_SCHOOL = (
    "ALTER TABLE internships_placement "
    "ADD CONSTRAINT placement_names_the_school_of_its_student "
    "FOREIGN KEY (learner_id, school_id) REFERENCES people_learneridentity (id, school_id) "
    "DEFERRABLE INITIALLY DEFERRED"
)

MAKE_MONTH = """
CREATE FUNCTION make_attendance_month(any_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first_day date := date_trunc('month', any_day)::date;
    partition_name text := 'internships_attendanceday_' || to_char(any_day, 'YYYYMM');
BEGIN
    IF to_regclass('public.' || partition_name) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('make_attendance_month'));
    IF to_regclass('public.' || partition_name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format(
        'CREATE TABLE public.%I PARTITION OF public.internships_attendanceday '
        'FOR VALUES FROM (%L) TO (%L)',
        partition_name, first_day, (first_day + interval '1 month')::date);
    RETURN true;
END
$$;
"""

ATTENDANCE = """
CREATE TABLE internships_attendanceday (
    placement_id bigint NOT NULL,
    school_id bigint NOT NULL,
    day date NOT NULL,
    status varchar(16) NOT NULL,
    hours numeric(4, 2) NOT NULL,
    came_minute smallint,
    left_minute smallint,
    confirmed boolean NOT NULL,
    PRIMARY KEY (placement_id, day),
    CONSTRAINT a_day_has_at_most_24_hours CHECK (hours BETWEEN 0 AND 24),
    CONSTRAINT coming_and_leaving_are_both_known_or_neither CHECK (
        (came_minute IS NULL AND left_minute IS NULL)
        OR (came_minute IS NOT NULL AND left_minute IS NOT NULL
            AND came_minute BETWEEN 0 AND 1439 AND left_minute BETWEEN 0 AND 1440)),
    CONSTRAINT attendance_names_the_school_of_its_placement
        FOREIGN KEY (placement_id, school_id) REFERENCES internships_placement (id, school_id)
) PARTITION BY RANGE (day);
CREATE TABLE internships_attendanceday_default PARTITION OF internships_attendanceday DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("internships", "0001_place_students"), ("common", "0001_know_the_calendar")]

    operations = [
        migrations.RunSQL(
            PLACEMENT_SCHOOL,
            "ALTER TABLE internships_placement "
            "DROP CONSTRAINT placement_names_the_school_of_its_student",
        ),
        migrations.RunSQL(ATTENDANCE, "DROP TABLE internships_attendanceday"),
        migrations.RunSQL(MAKE_MONTH, "DROP FUNCTION make_attendance_month(date)"),
    ]
