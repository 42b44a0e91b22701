"""The ledger of pay may be added to, never changed; a payment names its placement's own school."""

from django.db import migrations

from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("compensation", "0001_keep_a_ledger_of_pay"),
        ("common", "0001_know_the_calendar"),
    ]

    operations = [
        append_only("compensation_paymententry"),
        migrations.RunSQL(
            "ALTER TABLE compensation_paymententry "
            "ADD CONSTRAINT payment_names_the_school_of_its_placement "
            "FOREIGN KEY (placement_id, school_id) "
            "REFERENCES internships_placement (id, school_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE compensation_paymententry "
            "DROP CONSTRAINT payment_names_the_school_of_its_placement",
        ),
    ]
