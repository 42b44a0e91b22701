"""A case that is not waived any more keeps nothing of its waiver; its history does."""

from django.db import migrations

FORGET = """
UPDATE compliance_alert SET waived_until = NULL, waive_reason = '', waived_by_id = NULL
WHERE state <> 'waived' AND (waived_until IS NOT NULL OR waive_reason <> '')
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0006_write_digests_and_deliveries")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
