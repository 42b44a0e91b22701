"""A change of a policy or its roster tells whom it touches."""

from django.db import migrations

from audit.outbox.changes import tells_changes


class Migration(migrations.Migration):
    dependencies = [
        ("insurance", "0003_hold_closed_words"),
        ("audit", "0005_publish_what_a_change_touches"),
    ]

    operations = [
        *tells_changes(
            "insurance_policy",
            touches={"policies": "id"},
            judged=(
                "number",
                "kind",
                "payer",
                "period",
                "status",
                "surrendered_on",
                "limit_per_person",
            ),
        ),
        *tells_changes(
            "insurance_insuredperiod",
            touches={"learners": "learner_id"},
            judged=("policy_id", "period"),
        ),
    ]
