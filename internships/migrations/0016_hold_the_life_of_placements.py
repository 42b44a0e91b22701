"""Steps only grow, approvals change by being voided, and who passed the gate has its step."""

from django.db import migrations

from common.append_only import append_only

PLACEMENT = "internships_placement"

ONLY_VOIDED = """
CREATE FUNCTION refuse_change_of_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND OLD.voided_by_id IS NULL AND NEW.voided_by_id IS NOT NULL
        AND to_jsonb(NEW) - 'voided_by_id' = to_jsonb(OLD) - 'voided_by_id'
        AND EXISTS (
            SELECT FROM internships_placementstep step
            WHERE step.id = NEW.voided_by_id AND step.placement_id = OLD.placement_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an approval is voided once, by a step of its placement, and never changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
CREATE TRIGGER approval_changes_only_by_being_voided
    BEFORE UPDATE OR DELETE ON internships_approval
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_approval();
CREATE TRIGGER approvals_are_never_emptied
    BEFORE TRUNCATE ON internships_approval
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
CHANGED_AT_WILL = """
DROP TRIGGER approvals_are_never_emptied ON internships_approval;
DROP TRIGGER approval_changes_only_by_being_voided ON internships_approval;
DROP FUNCTION refuse_change_of_approval();
"""

# Judged at the end of the transaction, as the row then is: the step is written after the state.
WITH_ITS_STEP = """
CREATE FUNCTION refuse_start_without_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM internships_placement kept
        WHERE kept.id = NEW.id AND kept.gate = 'passed'
            AND kept.status IN ('approved', 'active', 'ended')
            AND NOT EXISTS (
                SELECT FROM internships_placementstep step
                WHERE step.placement_id = kept.id AND step.move IN ('approve', 'activate')))
    THEN
        RAISE EXCEPTION 'placement % passed the gate without a step that says so', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER placement_that_passed_the_gate_has_its_step
    AFTER INSERT OR UPDATE OF gate, state ON internships_placement
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.gate = 'passed') EXECUTE FUNCTION refuse_start_without_step();
"""
WITHOUT_A_STEP = """
DROP TRIGGER placement_that_passed_the_gate_has_its_step ON internships_placement;
DROP FUNCTION refuse_start_without_step();
"""


def leads_to_a_placement(column: str, name: str) -> migrations.RunSQL:
    """A reference to a placement that is emptied when that one is taken back."""
    return migrations.RunSQL(
        f"ALTER TABLE {PLACEMENT} ADD CONSTRAINT {name} FOREIGN KEY ({column}) "
        f"REFERENCES {PLACEMENT} (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {PLACEMENT} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0015_keep_the_life_of_placements"),
        ("common", "0001_know_the_calendar"),
    ]

    operations = [
        append_only("internships_placementstep"),
        migrations.RunSQL(ONLY_VOIDED, CHANGED_AT_WILL),
        migrations.RunSQL(WITH_ITS_STEP, WITHOUT_A_STEP),
        leads_to_a_placement("follows_id", "placement_follows_one_that_is_kept"),
        leads_to_a_placement("instead_of_id", "placement_is_chosen_instead_of_one_kept"),
    ]
