"""A mail address of an account, sealed like its phone."""

from django.db import migrations, models

import common.sensitive


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_keep_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_index",
            field=common.sensitive.BlindIndexField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="email_sealed",
            field=common.sensitive.SealedField(null=True, verbose_name="邮箱"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email_index__isnull", True), ("email_sealed__isnull", True)),
                    models.Q(("email_index__isnull", False), ("email_sealed__isnull", False)),
                    _connector="OR",
                ),
                name="user_email_is_sealed_and_indexed_together",
            ),
        ),
    ]
