"""Codes are those of their closed lists, and a placement at work says how it came there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_know_the_calendar_by_month"),
        ("internships", "0005_fill_a_new_month_of_attendance_at_once"),
        ("people", "0005_hold_closed_words"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="attendanceday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "present",
                            "half_day",
                            "paid_leave",
                            "personal_leave",
                            "sick_leave",
                            "absent",
                            "rest",
                        ],
                    )
                ),
                name="attendance_status_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "matters__contained_by",
                        ["high_risk", "rest_day", "holiday", "overtime", "night"],
                    )
                ),
                name="filing_matters_are_known_ones",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("approved", "active", "ended")), _negated=True),
                    models.Q(("gate", ""), _negated=True),
                    _connector="OR",
                ),
                name="placement_at_work_says_how_it_passed_the_gate",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["orientation", "production"])),
                name="placement_kind_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrangement__in", ["school", "self_chosen"])),
                name="placement_arrangement_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("gate__in", ["passed", "imported", ""])),
                name="placement_gate_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("labour_grade__in", ["I", "II", "III", "IV", ""])),
                name="post_labour_grade_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "hazards__contained_by",
                        [
                            "height",
                            "underground",
                            "radiation",
                            "toxic",
                            "flammable",
                            "other_high_risk",
                            "dust",
                            "heat",
                            "cold",
                            "cold_water",
                            "forced_posture",
                            "fast_line",
                            "loads",
                        ],
                    )
                ),
                name="post_hazards_are_known_ones",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["assisting", "independent"])),
                name="terms_stage_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_basis__in", ["monthly", "daily", "hourly"])),
                name="terms_pay_basis_is_a_known_one",
            ),
        ),
    ]
