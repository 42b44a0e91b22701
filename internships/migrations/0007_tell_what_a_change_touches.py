"""A change of a placement, or of what hangs on it, tells whom it touches."""

from django.db import migrations

from audit.outbox.changes import tells_changes


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0006_hold_closed_words_and_the_gate"),
        ("audit", "0005_publish_what_a_change_touches"),
    ]

    operations = [
        *tells_changes(
            "internships_post",
            touches={"posts": "id", "enterprises": "enterprise_id"},
            judged=(
                "code",
                "headcount",
                "wage_standard",
                "lowest_wage",
                "major_groups",
                "labour_grade",
                "hazards",
            ),
        ),
        *tells_changes(
            "internships_filing",
            touches={"posts": "post_id"},
            judged=("matters", "filed_on", "period", "school_id", "major_code"),
        ),
        *tells_changes(
            "internships_placement",
            touches={"placements": "id", "learners": "learner_id"},
            judged=(
                "code",
                "school_id",
                "kind",
                "arrangement",
                "starts_on",
                "ends_on",
                "ended_on",
                "status",
                "safety_trained_on",
                "student_consented_on",
                "guardian_consented_on",
            ),
        ),
        *tells_changes(
            "internships_terms",
            touches={"placements": "placement_id", "posts": "post_id"},
            judged=(
                "period",
                "teacher_id",
                "mentor_id",
                "stage",
                "pay_basis",
                "agreed_pay",
                "pay_day",
            ),
        ),
        *tells_changes(
            "internships_agreement",
            touches={"placements": "placement_id"},
            judged=("code", "school_signed_on", "enterprise_signed_on", "student_signed_on"),
        ),
        *tells_changes(
            "internships_attendanceday",
            touches={"placements": "placement_id"},
            judged=("day", "status", "hours", "came_minute", "left_minute", "confirmed"),
        ),
    ]
