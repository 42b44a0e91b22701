"""Terms have room for the school of their placement and the host of their post."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0007_tell_what_a_change_touches"),
        ("people", "0007_hold_staff_to_their_institution"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("id", "enterprise"), name="post_belongs_to_one_enterprise"
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.school",
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="enterprise",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.enterprise",
            ),
        ),
    ]
