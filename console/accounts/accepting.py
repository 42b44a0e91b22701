"""Taking on a role by the link of an invitation, with a new account or the one signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.accounts.forms import AcceptForm
from people.accounts.invitations import (
    accept_as,
    accept_with_new_account,
    read_invitation,
    tie_of,
)
from people.accounts.refusals import AccountRefusal, LinkGone, NotAUsername
from people.models import Invitation

REFUSED, GONE = 422, 410


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link only asks, so that no preview uses it up; sending the form accepts."""
    now = timezone.now()
    try:
        invitation = read_invitation(token, at=now, on=timezone.localdate(now))
        if request.method != "POST":
            return _page(request, invitation, AcceptForm())
        if request.user.is_authenticated:
            accept_as(token, user=request.user, at=now, on=timezone.localdate(now))
            messages.success(request, _("已接受邀请"))
            return redirect("home")
        return _accept_anew(request, invitation, token)
    except LinkGone as gone:
        return render(request, "console/accounts/link_gone.html", {"why": str(gone)}, status=GONE)
    except AccountRefusal as refusal:
        return _page(request, invitation, AcceptForm(), refusal=str(refusal))


def _accept_anew(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, invitation, form)
    now = timezone.now()
    try:
        user = accept_with_new_account(
            token,
            beginning=form.cleaned_data["username"],
            password=form.cleaned_data["new"],
            at=now,
            on=timezone.localdate(now),
        )
    except ValidationError as weak:
        form.add_error("new", weak)
    except NotAUsername as refused:
        form.add_error("username", str(refused))
    else:
        return render(request, "console/accounts/accepted.html", {"owner": user})
    return _page(request, invitation, form)


def _page(
    request: HttpRequest, invitation: Invitation, form: AcceptForm, *, refusal: str = ""
) -> HttpResponse:
    page = {
        "invitation": invitation,
        "tie": tie_of(invitation),
        "form": form,
        "refusal": refusal,
    }
    status = REFUSED if refusal or form.is_bound else 200
    return render(request, "console/accounts/invitation.html", page, status=status)
