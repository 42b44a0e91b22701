"""A link for a forgotten password: made by who looks after somebody, used by that person once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from console.accounts.forms import NewPasswordForm
from console.accounts.inviting import caring_actor
from people.accounts.powers import looked_after
from people.accounts.refusals import LinkGone, NotPermitted
from people.accounts.resets import make_reset, read_reset, use_reset
from people.models import User

REFUSED, GONE = 422, 410


@never_cache
@require_POST
def make_reset_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a link, this once, by which somebody whom the actor looks after sets a new password."""
    actor = caring_actor(request)
    known = User.objects.unscoped(reason="those whom the actor looks after, by their memberships")
    theirs = known.filter(pk__in=looked_after(actor).values("user"))
    user = get_object_or_404(theirs, public_id=public_id)
    try:
        token = make_reset(actor=actor, user=user, at=timezone.now())
    except NotPermitted as refusal:
        messages.error(request, str(refusal))
        return redirect("people")
    link = request.build_absolute_uri(reverse("password-reset", args=[token]))
    page = {"owner": user, "link": link}
    return render(request, "console/accounts/reset_made.html", page)


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password by the link; opening it only asks, so that no preview uses it up."""
    now = timezone.now()
    on = timezone.localdate(now)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    try:
        user = read_reset(token, at=now, on=on)
        if form.is_valid():
            use_reset(token, password=form.cleaned_data["new"], at=now, on=on)
            messages.success(request, _("密码已重设，其他设备上的登录已失效，请用新密码登录"))
            return redirect("sign-in")
    except LinkGone as gone:
        return render(request, "console/accounts/link_gone.html", {"why": str(gone)}, status=GONE)
    except ValidationError as weak:
        form.add_error("new", weak)
    page = {"form": form, "owner": user}
    status = REFUSED if form.is_bound else 200
    return render(request, "console/accounts/reset_password.html", page, status=status)
