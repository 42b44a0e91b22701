"""A change of an apprentice identity tells whose it is."""

from django.db import migrations

from audit.outbox.changes import tells_changes


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeship", "0003_hold_closed_words"),
        ("audit", "0005_publish_what_a_change_touches"),
    ]

    operations = [
        *tells_changes(
            "apprenticeship_apprenticeidentity",
            touches={"apprentices": "id"},
            judged=(
                "number",
                "school_id",
                "learner_id",
                "enterprise_id",
                "form",
                "period",
                "agreement_number",
                "agreed_on",
                "guardian_signed_on",
                "teacher_id",
                "mentor_id",
                "labour_contract_number",
            ),
        ),
    ]
