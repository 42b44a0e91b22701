"""What the sign-in pages ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from people.accounts.names import LONGEST_USERNAME
from people.models import User

LONGEST_PASSWORD = 200


def password_field(label: Any, *, autocomplete: str) -> forms.CharField:
    """A password is taken as typed, spaces and all; its length is bounded because it is hashed."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("用户名"),
        max_length=LONGEST_USERNAME,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password_field(_("密码"), autocomplete="current-password")


class PasswordChangeForm(forms.Form):
    """The old password once and the new one twice; whether the old one is right asks the view."""

    old = password_field(_("现在的密码"), autocomplete="current-password")
    new = password_field(_("新密码"), autocomplete="new-password")
    again = password_field(_("再输一次新密码"), autocomplete="new-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """A password that is strong enough for this user."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        """Both new passwords are the same."""
        cleaned = super().clean() or {}
        if "new" in cleaned and cleaned.get("again") != cleaned["new"]:
            self.add_error("again", _("两次输入的新密码不一样，请重新输入"))
        return cleaned
