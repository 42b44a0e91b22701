"""Codes of schools, enterprises and learner identities are those of their closed lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_refuse_a_second_membership_at_once"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "venue__in",
                        [
                            "bar",
                            "nightclub",
                            "song_hall",
                            "bath_centre",
                            "game_hall",
                            "internet_cafe",
                            "other_entertainment",
                            "",
                        ],
                    )
                ),
                name="enterprise_venue_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["employer", "intermediary", "labour_dispatch"])),
                name="enterprise_nature_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["enrolled", "suspended", "withdrawn", "graduated"])
                ),
                name="enrolment_status_is_a_known_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["secondary", "higher", "bachelor"])),
                name="school_level_is_a_known_one",
            ),
        ),
    ]
