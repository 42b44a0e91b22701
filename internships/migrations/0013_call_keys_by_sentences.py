"""Keys that Django named by table and column are named by what they promise."""

from django.db import migrations

from common.sentence_names import called, dropped


class Migration(migrations.Migration):
    dependencies = [("internships", "0012_keep_attendance_in_months_of_the_calendar")]

    operations = [
        called("internships_post", "internships_post_code_key", "post_code_is_given_once"),
        called(
            "internships_placement",
            "internships_placement_code_key",
            "placement_code_is_given_once",
        ),
        called(
            "internships_agreement",
            "internships_agreement_code_key",
            "agreement_code_is_given_once",
        ),
        called("internships_filing", "internships_filing_code_key", "filing_code_is_given_once"),
        # what says more holds already: at least one, and a day from 1 to 28
        dropped("internships_post", "internships_post_headcount_check", "CHECK (headcount >= 0)"),
        dropped("internships_terms", "internships_terms_pay_day_check", "CHECK (pay_day >= 0)"),
    ]
