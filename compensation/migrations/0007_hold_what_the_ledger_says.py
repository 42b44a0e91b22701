"""The ledger holds amounts, days and keys that can be read back, and one standing entry a key.

The entries of a key carry the revisions 0, 1, 2 …, and each but the last is reversed: revision 0
is unique, and a later one is let in only behind its reversed predecessor. So only a corrected
payment is looked up, and no load pays for the rest.
"""

import datetime
from decimal import Decimal

from django.db import migrations, models

REFUSE_WITHOUT_PLACEMENT = """
CREATE FUNCTION refuse_payment_without_placement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a payment is entered for a placement; it loses it only by retraction'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END
$$;
"""

HOLD_PLACEMENT = """
CREATE TRIGGER payment_is_entered_for_a_placement BEFORE INSERT ON compensation_paymententry
FOR EACH ROW WHEN (NEW.placement_id IS NULL) EXECUTE FUNCTION refuse_payment_without_placement()
"""

REFUSE_SECOND = """
CREATE FUNCTION refuse_second_standing_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM compensation_paymententry earlier
        JOIN compensation_paymententry reversal ON reversal.reverses_id = earlier.id
        WHERE earlier.placement_id = NEW.placement_id AND earlier.row_key = NEW.row_key
            AND earlier.revision = NEW.revision - 1 AND earlier.reverses_id IS NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an entry is made anew only behind the reversal of the one before'
        USING ERRCODE = 'unique_violation', CONSTRAINT = TG_NAME;
END
$$;
"""

HOLD_ONE = """
CREATE TRIGGER payment_stands_once_a_key BEFORE INSERT ON compensation_paymententry
FOR EACH ROW WHEN (NEW.reverses_id IS NULL AND NEW.revision > 0)
EXECUTE FUNCTION refuse_second_standing_payment()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_publish_what_a_change_touches"),
        ("common", "0003_tell_amounts_and_sealed_values"),
        ("compensation", "0006_hold_reversals_to_what_they_take_back"),
        ("internships", "0010_hold_terms_to_every_day_and_to_their_own_staff"),
        ("people", "0008_keep_saved_views"),
    ]

    operations = [
        migrations.RunSQL(
            [REFUSE_WITHOUT_PLACEMENT, HOLD_PLACEMENT],
            [
                "DROP TRIGGER payment_is_entered_for_a_placement ON compensation_paymententry",
                "DROP FUNCTION refuse_payment_without_placement()",
            ],
        ),
        migrations.RunSQL(
            [REFUSE_SECOND, HOLD_ONE],
            [
                "DROP TRIGGER payment_stands_once_a_key ON compensation_paymententry",
                "DROP FUNCTION refuse_second_standing_payment()",
            ],
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__lte", Decimal("9999999999.99"))),
                name="payment_is_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("deductions"),
                        function="is_amounts_by_name",
                        output_field=models.BooleanField(),
                    )
                ),
                name="payment_deductions_are_amounts_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("month__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                    ("paid_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                ),
                name="payment_days_are_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(("row_key", ""), _negated=True), name="payment_has_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("placement__isnull", True), ("school__isnull", True)),
                    models.Q(("placement__isnull", False), ("school__isnull", False)),
                    _connector="OR",
                ),
                name="payment_names_placement_and_school_together",
            ),
        ),
    ]
