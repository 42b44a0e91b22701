"""Keys that Django named by table and column are named by what they promise."""

from django.db import migrations

from common.sentence_names import called


class Migration(migrations.Migration):
    dependencies = [("apprenticeship", "0006_hold_periods_to_the_calendar")]

    operations = [
        called(
            "apprenticeship_apprenticeidentity",
            "apprenticeship_apprenticeidentity_number_key",
            "apprentice_number_is_given_once",
        ),
    ]
