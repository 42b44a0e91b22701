"""An apprentice identity names the school of its learner identity."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("apprenticeship", "0001_know_apprentices")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE apprenticeship_apprenticeidentity "
            "ADD CONSTRAINT apprentice_names_the_school_of_its_student "
            "FOREIGN KEY (learner_id, school_id) REFERENCES people_learneridentity (id, school_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE apprenticeship_apprenticeidentity "
            "DROP CONSTRAINT apprentice_names_the_school_of_its_student",
        ),
    ]
