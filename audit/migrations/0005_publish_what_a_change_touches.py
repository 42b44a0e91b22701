"""What the change triggers of every app end in: one message for a statement."""

from django.db import migrations

from audit.outbox.changes import PUBLISH_TOUCHED


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_leave_by_an_outbox")]

    operations = [migrations.RunSQL(PUBLISH_TOUCHED, "DROP FUNCTION publish_touched(jsonb)")]
