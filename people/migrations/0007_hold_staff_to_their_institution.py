"""Teachers and mentors can be named together with the school or enterprise they belong to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_tell_what_a_change_touches")]

    operations = [
        migrations.AddConstraint(
            model_name="teacher",
            constraint=models.UniqueConstraint(
                fields=("id", "school"), name="teacher_belongs_to_one_school"
            ),
        ),
        migrations.AddConstraint(
            model_name="mentor",
            constraint=models.UniqueConstraint(
                fields=("id", "enterprise"), name="mentor_belongs_to_one_enterprise"
            ),
        ),
    ]
