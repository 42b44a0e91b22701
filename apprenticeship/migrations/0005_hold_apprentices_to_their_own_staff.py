"""An apprentice identity names a teacher of its school and a mentor of its enterprise."""

from django.db import migrations


def held(name: str, constraint: str) -> migrations.RunSQL:
    """The constraint `name`, and its removal on the way back."""
    table = "apprenticeship_apprenticeidentity"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {constraint}",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeship", "0004_tell_what_a_change_touches"),
        ("people", "0007_hold_staff_to_their_institution"),
    ]

    operations = [
        held(
            "apprentice_has_a_teacher_of_the_school",
            "FOREIGN KEY (teacher_id, school_id) REFERENCES people_teacher (id, school_id) "
            "DEFERRABLE INITIALLY DEFERRED",
        ),
        held(
            "apprentice_has_a_mentor_of_the_enterprise",
            "FOREIGN KEY (mentor_id, enterprise_id) REFERENCES people_mentor (id, enterprise_id) "
            "DEFERRABLE INITIALLY DEFERRED",
        ),
    ]
