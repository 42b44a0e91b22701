"""A reversed payment stays in the ledger when its placement is taken back, and lets go of it.

A placement loaded by mistake is retracted with its rows; its payments are reversed and remain. What
the database changes in them itself is all that may change: a deleted placement and its school
become NULL, and the school follows a placement that is corrected to another school.
"""

import django.db.models.deletion
from django.db import migrations, models

TRIGGER = "compensation_paymententry_is_append_only"

KEEP_LEDGER = """
CREATE FUNCTION refuse_change_of_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'placement_id' - 'school_id'
            = to_jsonb(OLD) - 'placement_id' - 'school_id'
    THEN
        IF NEW.placement_id = OLD.placement_id THEN
            RETURN NEW;  -- its foreign key holds it to the school of its placement
        END IF;
        IF NEW.placement_id IS NULL AND NEW.school_id IS NULL AND (
            OLD.reverses_id IS NOT NULL OR EXISTS (
                SELECT FROM compensation_paymententry reversal WHERE reversal.reverses_id = OLD.id))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % may be added to, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
"""

FOREIGN_KEY = (
    "ALTER TABLE compensation_paymententry "
    "DROP CONSTRAINT payment_names_the_school_of_its_placement, "
    "ADD CONSTRAINT payment_names_the_school_of_its_placement "
    "FOREIGN KEY (placement_id, school_id) REFERENCES internships_placement (id, school_id) "
)
WITH_ACTIONS = (
    FOREIGN_KEY
    + "ON DELETE SET NULL (placement_id, school_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
)
WITHOUT_ACTIONS = FOREIGN_KEY + "DEFERRABLE INITIALLY DEFERRED"


def _trigger(function: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {TRIGGER} BEFORE UPDATE OR DELETE ON compensation_paymententry "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("compensation", "0002_keep_the_ledger_append_only"),
        ("internships", "0001_place_students"),
        ("people", "0001_know_schools_and_students"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paymententry",
            name="placement",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="internships.placement",
            ),
        ),
        migrations.AlterField(
            model_name="paymententry",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.school",
            ),
        ),
        migrations.RunSQL(WITH_ACTIONS, WITHOUT_ACTIONS),
        migrations.RunSQL(
            [KEEP_LEDGER, _trigger("refuse_change_of_payment")],
            [_trigger("refuse_change"), "DROP FUNCTION refuse_change_of_payment()"],
        ),
    ]
