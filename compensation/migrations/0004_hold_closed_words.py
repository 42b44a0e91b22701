"""Codes of payments are those of their closed lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_hold_closed_words"),
        ("compensation", "0003_let_a_reversed_payment_outlive_its_placement"),
        ("internships", "0006_hold_closed_words_and_the_gate"),
        ("people", "0005_hold_closed_words"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["bank_transfer", "cash", "goods", "voucher"])),
                name="payment_method_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payer__in", ["host", "school", "intermediary", "labour_dispatch", "other"])
                ),
                name="payment_payer_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymententry",
            constraint=models.CheckConstraint(
                condition=models.Q(("payee__in", ["student", "guardian", "other"])),
                name="payment_payee_is_a_known_one",
            ),
        ),
    ]
