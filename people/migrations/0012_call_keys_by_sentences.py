"""Keys that Django named by table and column are named by what they promise."""

from django.db import migrations

from common.sentence_names import called, dropped


class Migration(migrations.Migration):
    dependencies = [("people", "0011_hold_codes_days_and_sealed_values")]

    operations = [
        called("people_school", "people_school_code_key", "school_code_is_given_once"),
        called(
            "people_enterprise",
            "people_enterprise_credit_code_key",
            "enterprise_credit_code_is_given_once",
        ),
        called(
            "people_student",
            "people_student_id_number_index_key",
            "student_is_recorded_once_an_id_number",
        ),
        called("people_student", "people_student_public_id_key", "student_public_id_is_given_once"),
        called(
            "people_learneridentity",
            "people_learneridentity_public_id_key",
            "learner_public_id_is_given_once",
        ),
        called(
            "people_guardian", "people_guardian_public_id_key", "guardian_public_id_is_given_once"
        ),
        called("people_guardian", "people_guardian_learner_id_key", "learner_has_one_guardian"),
        called("people_user", "people_user_public_id_key", "user_public_id_is_given_once"),
        called("people_user", "people_user_username_key", "username_is_given_once"),
        called(
            "people_signinlink",
            "people_signinlink_token_digest_key",
            "sign_in_link_is_made_once_a_token",
        ),
        called(
            "people_teacher", "people_teacher_namesake_check", "teacher_namesake_is_not_negative"
        ),
        called("people_mentor", "people_mentor_namesake_check", "mentor_namesake_is_not_negative"),
        # what says more holds already: at least one, and a day from 1 to 28
        dropped(
            "people_enterprise", "people_enterprise_staff_count_check", "CHECK (staff_count >= 0)"
        ),
        dropped("people_signintries", "people_signintries_tries_check", "CHECK (tries >= 0)"),
    ]
