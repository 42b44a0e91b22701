"""Terms hold on every day of their placement, and name staff of its school and of their host."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

TERMS, PLACEMENT = "internships_terms", "internships_placement"


def held(table: str, name: str, constraint: str) -> migrations.RunSQL:
    """The constraint `name` of `table`, and its removal on the way back."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {constraint}",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def named(field: str, model: str) -> Operation:
    """`field` of terms is never empty."""
    return migrations.AlterField(
        model_name="terms",
        name=field,
        field=models.ForeignKey(
            db_constraint=False,
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=model,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("internships", "0009_name_the_school_and_host_of_terms")]

    operations = [
        named("school", "people.school"),
        named("enterprise", "people.enterprise"),
        held(
            TERMS,
            "terms_name_the_school_of_their_placement",
            f"FOREIGN KEY (placement_id, school_id) REFERENCES {PLACEMENT} (id, school_id) "
            "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
        ),
        held(
            TERMS,
            "terms_name_the_host_of_their_post",
            "FOREIGN KEY (post_id, enterprise_id) REFERENCES internships_post (id, enterprise_id) "
            "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
        ),
        held(
            TERMS,
            "terms_name_a_teacher_of_their_school",
            "FOREIGN KEY (teacher_id, school_id) REFERENCES people_teacher (id, school_id) "
            "DEFERRABLE INITIALLY DEFERRED",
        ),
        held(
            TERMS,
            "terms_name_a_mentor_of_their_host",
            "FOREIGN KEY (mentor_id, enterprise_id) REFERENCES people_mentor (id, enterprise_id) "
            "DEFERRABLE INITIALLY DEFERRED",
        ),
        migrations.RemoveConstraint("terms", "placement_has_one_set_of_terms_a_day"),
        held(
            TERMS,
            "placement_has_one_set_of_terms_a_day",
            "UNIQUE (placement_id, period WITHOUT OVERLAPS)",
        ),
        held(
            PLACEMENT,
            "placement_has_terms_on_every_day",
            "FOREIGN KEY (id, PERIOD period) REFERENCES internships_terms "
            "(placement_id, PERIOD period) DEFERRABLE INITIALLY DEFERRED",
        ),
    ]
