"""The step after the password, for roles that see many people's data: a code, or taking one on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from console.accounts import sessions
from console.accounts.forms import CodeForm
from console.accounts.parts import REFUSED, too_many
from people.accounts.limits import claim_try, forget_tries
from people.accounts.second_factor import (
    CodeRefused,
    confirm_second_factor,
    has_second_factor,
    offered_secret,
    pass_second_factor,
)
from people.accounts.totp import address_for_apps
from people.models import User

# Tries of a code are counted for the account, wherever they come from: the password is known then.
ANYWHERE = "second factor"


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Sign in whoever gave the right password and now gives a code that was not used before."""
    now = timezone.now()
    waiting = sessions.half_in(request, at=now)
    if waiting is None:
        return redirect("sign-in")
    user, then = waiting
    if not has_second_factor(user):
        return redirect("second-factor")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if wait := claim_try(username=user.username, place=ANYWHERE, at=now):
            return too_many(request, wait)
        try:
            with transaction.atomic():
                pass_second_factor(user=user, code=form.cleaned_data["code"], at=now)
                _enter(request, user, at=now)
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect(then)
    status = REFUSED if form.is_bound else 200
    return render(request, "console/accounts/code.html", {"form": form}, status=status)


@login_not_required
@sensitive_variables()
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: HttpRequest) -> HttpResponse:
    """Show the secret to put into an app; a code of it signs in and shows the recovery codes."""
    now = timezone.now()
    waiting = sessions.half_in(request, at=now)
    if waiting is None:
        return redirect("sign-in")
    user, then = waiting
    try:
        secret = offered_secret(user)
    except CodeRefused:
        return redirect("sign-in-code")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if wait := claim_try(username=user.username, place=ANYWHERE, at=now):
            return too_many(request, wait)
        try:
            with transaction.atomic():
                codes = confirm_second_factor(user=user, code=form.cleaned_data["code"], at=now)
                _enter(request, user, at=now)
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            page = {"codes": codes, "then": then}
            return render(request, "console/accounts/recovery_codes.html", page)
    shown: dict[str, Any] = {
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "address": address_for_apps(secret, username=user.username, issuer=_("双元")),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "console/accounts/second_factor.html", shown, status=status)


def _enter(request: HttpRequest, user: User, *, at: datetime) -> None:
    forget_tries(username=user.username, place=ANYWHERE)
    sessions.begin(request, user, at=at, by_code=True)
