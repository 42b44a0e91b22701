"""Keys that Django named by table and column are named by what they promise."""

from django.db import migrations

from common.sentence_names import called


class Migration(migrations.Migration):
    dependencies = [("compensation", "0007_hold_what_the_ledger_says")]

    operations = [
        called(
            "compensation_paymententry",
            "compensation_paymententry_reverses_id_key",
            "payment_is_reversed_once",
        ),
        called(
            "compensation_paymententry",
            "compensation_paymententry_revision_check",
            "payment_revision_is_not_negative",
        ),
    ]
