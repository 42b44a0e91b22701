"""An entry of the ledger tells whose placement it pays."""

from django.db import migrations

from audit.outbox.changes import tells_changes


class Migration(migrations.Migration):
    dependencies = [
        ("compensation", "0004_hold_closed_words"),
        ("audit", "0005_publish_what_a_change_touches"),
    ]

    operations = [
        *tells_changes(
            "compensation_paymententry",
            touches={"placements": "placement_id"},
            judged=(
                "month",
                "amount",
                "paid_on",
                "method",
                "payer",
                "payee",
                "deductions",
                "reverses_id",
            ),
        ),
    ]
