"""Who was judged while a sweep was on, so that the sweep leaves them to that answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0004_write_a_step_once_a_form")]

    operations = [
        migrations.CreateModel(
            name="JudgedMeanwhile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=10)),
                ("key", models.BigIntegerField()),
                ("on", models.DateField()),
            ],
            options={"verbose_name": "检查期间已复查"},
        ),
    ]
