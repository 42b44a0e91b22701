"""A link ends after it is made and is used before it ends; tries that are kept were made."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_let_accounts_have_a_mail_address"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="signinlink",
            constraint=models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="sign_in_link_expires_after_it_is_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinlink",
            constraint=models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lte=F("expires_at")),
                name="sign_in_link_is_not_used_after_it_expired",
            ),
        ),
        migrations.AddConstraint(
            model_name="signintries",
            constraint=models.CheckConstraint(
                condition=Q(tries__gte=1), name="sign_in_tries_are_kept_from_the_first_on"
            ),
        ),
    ]
