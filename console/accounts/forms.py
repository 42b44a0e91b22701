"""What the sign-in pages ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from people.accounts.invitations import LONGEST_BEGINNING
from people.accounts.names import LONGEST_USERNAME
from people.accounts.powers import TIE_MODELS, invitable
from people.actors import Actor
from people.models import User
from people.roles import PERSONAL_ROLES, Role

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


class NewPasswordForm(forms.Form):
    """A new password, twice; whether it is strong enough for its user asks who knows the user."""

    new = password_field(_("新密码"), autocomplete="new-password")
    again = password_field(_("再输一次新密码"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """Both new passwords are the same."""
        cleaned = super().clean() or {}
        if "new" in cleaned and cleaned.get("again") != cleaned["new"]:
            self.add_error("again", _("两次输入的新密码不一样，请重新输入"))
        return cleaned


class PasswordChangeForm(NewPasswordForm):
    """The old password once and the new one twice; whether the old one is right asks the view."""

    old = password_field(_("现在的密码"), autocomplete="current-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """A password that is strong enough for this user."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        return new


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class AcceptForm(NewPasswordForm):
    """What the user name of a new account begins with, and its password."""

    username = forms.CharField(
        label=_("用户名的开头"),
        max_length=LONGEST_BEGINNING,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class InviteForm(forms.Form):
    """Whom to invite: a role with the record it would act for, among those the actor may choose."""

    whom = forms.ChoiceField(
        label=_("邀请谁"),
        error_messages={"invalid_choice": _("不能邀请，请在名单里另选")},
    )
    name = forms.CharField(label=_("姓名"), max_length=100, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ties: dict[str, tuple[Role, Any]] = {}
        choices: list[Any] = [("", _("请选择"))]
        for role in TIE_MODELS:
            rows = [
                (f"{role}:{tie.pk}", role, tie) for tie in invitable(actor, role).order_by("name")
            ]
            self._ties |= {key: (role, tie) for key, role, tie in rows}
            if rows:
                choices.append((role.label, [(key, tie.name) for key, _role, tie in rows]))
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody of a roster is called as there; anybody else by the name that is given."""
        cleaned = super().clean() or {}
        if cleaned.get("whom") in self._ties:
            role, tie = self._ties[cleaned["whom"]]
            if role in PERSONAL_ROLES:
                cleaned["name"] = tie.name
            elif not cleaned.get("name"):
                self.add_error("name", _("请写明被邀请人的姓名"))
        return cleaned

    def invited(self) -> dict[str, Any]:
        """Role, tie and name, as `invite` takes them."""
        role, tie = self._ties[self.cleaned_data["whom"]]
        return {"role": role, "tie": tie, "name": self.cleaned_data["name"]}
