"""An apprenticeship is of a known form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeship", "0002_hold_apprentices_to_their_school"),
        ("people", "0005_hold_closed_words"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="apprenticeidentity",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["modern", "new_type"])),
                name="apprenticeship_form_is_a_known_one",
            ),
        ),
    ]
