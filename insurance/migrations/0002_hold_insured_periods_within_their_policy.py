"""An insured period lies within its policy's dates: PostgreSQL 18's temporal foreign key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("insurance", "0001_insure_students"), ("common", "0001_know_the_calendar")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE insurance_policy ADD CONSTRAINT policy_has_one_period "
            "UNIQUE (id, period WITHOUT OVERLAPS)",
            "ALTER TABLE insurance_policy DROP CONSTRAINT policy_has_one_period",
        ),
        migrations.RunSQL(
            "ALTER TABLE insurance_insuredperiod "
            "ADD CONSTRAINT insured_period_lies_within_its_policy "
            "FOREIGN KEY (policy_id, PERIOD period) "
            "REFERENCES insurance_policy (id, PERIOD period) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE insurance_insuredperiod "
            "DROP CONSTRAINT insured_period_lies_within_its_policy",
        ),
        migrations.RunSQL(
            "ALTER TABLE insurance_insuredperiod "
            "ADD CONSTRAINT insured_period_names_the_school_of_its_student "
            "FOREIGN KEY (learner_id, school_id) REFERENCES people_learneridentity (id, school_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE insurance_insuredperiod "
            "DROP CONSTRAINT insured_period_names_the_school_of_its_student",
        ),
    ]
