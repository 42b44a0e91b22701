"""Terms are found by their host; placements of a day are counted from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("internships", "0013_call_keys_by_sentences")]

    operations = [
        migrations.AddIndex(
            model_name="terms",
            index=models.Index(
                fields=["enterprise", "school"], name="terms_by_enterprise_and_school"
            ),
        ),
        migrations.RemoveIndex(model_name="placement", name="placement_by_days"),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                fields=["last_on", "starts_on"],
                include=("status", "kind", "school"),
                name="placement_by_days",
            ),
        ),
    ]
