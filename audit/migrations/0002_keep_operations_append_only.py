"""Operations may be added to, never changed."""

from django.db import migrations

from common.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_record_bulk_operations"), ("common", "0001_know_the_calendar")]

    operations = [append_only("audit_operation")]
