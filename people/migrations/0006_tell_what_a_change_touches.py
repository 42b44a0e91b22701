"""A change of a school, an enterprise or a student tells whom it touches; names do not."""

from django.db import migrations

from audit.outbox.changes import tells_changes


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_hold_closed_words"),
        ("audit", "0005_publish_what_a_change_touches"),
    ]

    operations = [
        *tells_changes(
            "people_school", touches={"schools": "id"}, judged=("code", "level", "division_code")
        ),
        *tells_changes(
            "people_enterprise",
            touches={"enterprises": "id"},
            judged=("credit_code", "division_code", "staff_count", "venue", "nature"),
        ),
        *tells_changes("people_student", touches={"students": "id"}, judged=("born_on",)),
        *tells_changes(
            "people_learneridentity",
            touches={"learners": "id"},
            judged=(
                "student_id",
                "school_id",
                "student_number",
                "major_code",
                "enrolled_on",
                "status",
            ),
        ),
    ]
