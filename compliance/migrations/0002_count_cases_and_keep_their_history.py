"""History only grows, counts follow every change, and a case outlives the row it speaks of."""

from django.db import migrations

from common.append_only import append_only

# column → the table that it refers to; a row that is taken back leaves its cases without it.
REFERENCES = {
    "placement_id": "internships_placement",
    "enterprise_id": "people_enterprise",
    "post_id": "internships_post",
    "learner_id": "people_learneridentity",
    "apprentice_id": "apprenticeship_apprenticeidentity",
    "school_id": "people_school",
}


def reference(column: str, table: str) -> migrations.RunSQL:
    name = f"alert_{column}_leads_to_a_row"
    return migrations.RunSQL(
        f"ALTER TABLE compliance_alert ADD CONSTRAINT {name} FOREIGN KEY ({column}) "
        f"REFERENCES {table} (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE compliance_alert DROP CONSTRAINT {name}",
    )


# One statement of many rows writes at most one difference for each school, rule, severity, state.
COUNT = """
CREATE FUNCTION count_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO compliance_alertcount (school_id, rule, severity, state, cases)
        SELECT school_id, rule, severity, state, count(*) FROM added
        GROUP BY school_id, rule, severity, state;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO compliance_alertcount (school_id, rule, severity, state, cases)
        SELECT school_id, rule, severity, state, -count(*) FROM removed
        GROUP BY school_id, rule, severity, state;
    ELSE
        INSERT INTO compliance_alertcount (school_id, rule, severity, state, cases)
        SELECT school_id, rule, severity, state, sum(difference) FROM (
            SELECT school_id, rule, severity, state, 1 AS difference FROM added
            UNION ALL
            SELECT school_id, rule, severity, state, -1 FROM removed
        ) AS changed
        GROUP BY school_id, rule, severity, state HAVING sum(difference) <> 0;
    END IF;
    RETURN NULL;
END
$$;
"""
TRIGGERS = """
CREATE TRIGGER alert_added_is_counted AFTER INSERT ON compliance_alert
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_alerts();
CREATE TRIGGER alert_changed_is_counted AFTER UPDATE ON compliance_alert
    REFERENCING NEW TABLE AS added OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION count_alerts();
CREATE TRIGGER alert_removed_is_counted AFTER DELETE ON compliance_alert
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_alerts();
"""
NO_TRIGGERS = """
DROP TRIGGER alert_added_is_counted ON compliance_alert;
DROP TRIGGER alert_changed_is_counted ON compliance_alert;
DROP TRIGGER alert_removed_is_counted ON compliance_alert;
DROP FUNCTION count_alerts();
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_hold_cases"), ("common", "0001_know_the_calendar")]

    operations = [
        *(reference(column, table) for column, table in REFERENCES.items()),
        migrations.RunSQL([COUNT, TRIGGERS], NO_TRIGGERS),
        append_only("compliance_alertstep"),
    ]
