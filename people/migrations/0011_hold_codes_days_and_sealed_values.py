"""Codes are well formed, days are of the calendar, and what is sealed is ciphertext."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0003_tell_amounts_and_sealed_values"),
        ("people", "0010_hold_signing_in_to_its_times"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "credit_code__regex",
                        "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$",
                    )
                ),
                name="enterprise_credit_code_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(("division_code__regex", "^[0-9]{6}$")),
                name="enterprise_division_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="enterprise_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="guardian",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("phone_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="guardian_phone_is_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="guardian",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("phone_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    )
                ),
                name="guardian_phone_index_is_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("national_number_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("phone_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="learner_secrets_are_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("national_number_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("phone_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="learner_secret_indexes_are_digests",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.CheckConstraint(
                condition=models.Q(("major_code__regex", "^[0-9]{6}K?$")),
                name="learner_major_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enrolled_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="learner_enrolment_is_a_day_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("student_number", ""), _negated=True),
                    models.Q(("name", ""), _negated=True),
                ),
                name="learner_has_a_number_and_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__endswith__range",
                        (datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)),
                    ),
                    (
                        "period__startswith__range",
                        (datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)),
                    ),
                ),
                name="membership_ends_are_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="mentor",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="mentor_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{10}$")),
                name="school_code_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("division_code__regex", "^[0-9]{6}$")),
                name="school_division_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="school_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="student",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("born_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
                ),
                name="student_birth_is_a_day_of_the_calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="student",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("id_number_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    )
                ),
                name="student_id_number_is_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="student",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("id_number_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    )
                ),
                name="student_id_number_index_is_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="teacher",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="teacher_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("phone_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("email_sealed"),
                        function="is_sealed",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="user_secrets_are_ciphertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        models.F("phone_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                    models.Func(
                        models.F("email_index"),
                        function="is_digest",
                        output_field=models.BooleanField(),
                    ),
                ),
                name="user_secret_indexes_are_digests",
            ),
        ),
    ]
