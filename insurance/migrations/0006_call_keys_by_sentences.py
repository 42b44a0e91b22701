"""Keys that Django named by table and column are named by what they promise."""

from django.db import migrations

from common.sentence_names import called


class Migration(migrations.Migration):
    dependencies = [("insurance", "0005_hold_periods_to_the_calendar")]

    operations = [
        called("insurance_policy", "insurance_policy_number_key", "policy_number_is_given_once"),
    ]
