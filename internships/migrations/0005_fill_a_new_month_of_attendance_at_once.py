"""A new month of attendance can be filled before it is held to its keys, which is set by set.

`begin_attendance_month` makes the month's table beside the partitioned one; whoever asked may add
rows to it. `attach_attendance_month` builds its primary key, has its foreign key checked in one
query, and makes it a partition: from then on every row is held as in any other month. Both run as
the owner, in one transaction, so nobody ever sees the table in between.
"""

from django.db import migrations

BEGIN_MONTH = """
CREATE FUNCTION begin_attendance_month(any_day date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month_name text := 'internships_attendanceday_' || to_char(any_day, 'YYYYMM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_attendance_month'));
    IF to_regclass('public.' || month_name) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'CREATE TABLE public.%I (LIKE public.internships_attendanceday INCLUDING CONSTRAINTS)',
        month_name);
    EXECUTE format('GRANT INSERT ON public.%I TO %I', month_name, session_user);
    RETURN month_name;
END
$$;
"""

ATTACH_MONTH = """
CREATE FUNCTION attach_attendance_month(any_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first_day date := date_trunc('month', any_day)::date;
    next_month date := (first_day + interval '1 month')::date;
    month_name text := 'internships_attendanceday_' || to_char(any_day, 'YYYYMM');
    owner name := (SELECT pg_get_userbyid(relowner) FROM pg_class
        WHERE oid = 'public.internships_attendanceday'::regclass);
BEGIN
    IF session_user <> owner THEN
        EXECUTE format('REVOKE INSERT ON public.%I FROM %I', month_name, session_user);
    END IF;
    EXECUTE format(
        'ALTER TABLE public.%I ADD PRIMARY KEY (placement_id, day), '
        'ADD CONSTRAINT attendance_names_the_school_of_its_placement '
        'FOREIGN KEY (placement_id, school_id) '
        'REFERENCES public.internships_placement (id, school_id), '
        'ADD CONSTRAINT day_is_of_the_month CHECK (day >= %L AND day < %L)',
        month_name, first_day, next_month);
    EXECUTE format(
        'ALTER TABLE public.internships_attendanceday ATTACH PARTITION public.%I '
        'FOR VALUES FROM (%L) TO (%L)',
        month_name, first_day, next_month);
    EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT day_is_of_the_month', month_name);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("internships", "0004_see_months_as_the_planner_can_count_them")]

    operations = [
        migrations.RunSQL(BEGIN_MONTH, "DROP FUNCTION begin_attendance_month(date)"),
        migrations.RunSQL(ATTACH_MONTH, "DROP FUNCTION attach_attendance_month(date)"),
    ]
