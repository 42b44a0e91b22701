"""A reversal repeats what it takes back, and takes back a payment."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_unequal_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own text[] := ARRAY['id', 'reverses_id', 'operation_id'];
BEGIN
    IF EXISTS (
        SELECT FROM compensation_paymententry taken WHERE taken.id = NEW.reverses_id
            AND taken.reverses_id IS NULL AND to_jsonb(taken) - own = to_jsonb(NEW) - own)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a reversal repeats the payment it takes back'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END
$$;
"""

HOLD = """
CREATE TRIGGER reversal_repeats_what_it_takes_back BEFORE INSERT ON compensation_paymententry
FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION refuse_unequal_reversal()
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0005_tell_what_a_change_touches")]

    operations = [
        migrations.RunSQL(
            [REFUSE, HOLD],
            [
                "DROP TRIGGER reversal_repeats_what_it_takes_back ON compensation_paymententry",
                "DROP FUNCTION refuse_unequal_reversal()",
            ],
        ),
    ]
