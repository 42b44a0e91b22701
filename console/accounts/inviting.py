"""Inviting people and taking back what was sent: the page of those whom somebody looks after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.accounts.forms import InviteForm
from console.accounts.middleware import actor_of
from people.accounts.invitations import invite, open_invitations, withdraw_invitation
from people.accounts.powers import CARING_ROLES, looked_after
from people.accounts.refusals import AccountRefusal
from people.actors import Actor
from people.models import Invitation

REFUSED = 422
INVITE_PAGE = "console/accounts/invite.html"


@require_safe
@never_cache
def list_people(request: HttpRequest) -> HttpResponse:
    """Those whom the actor looks after, and the invitations that nobody has accepted yet."""
    actor = caring_actor(request)
    held = looked_after(actor).select_related(
        "user", "school", "teacher__school", "enterprise", "mentor__enterprise"
    )
    page: dict[str, Any] = {
        "memberships": held.order_by("role", "user__display_name", "pk"),
        "invitations": open_invitations(actor, at=timezone.now()),
    }
    return render(request, "console/accounts/people.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite_somebody(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite as what; then show the link, this once, to be passed on."""
    actor = caring_actor(request)
    form = InviteForm(actor, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render(request, INVITE_PAGE, {"form": form})
    if not form.is_valid():
        return render(request, INVITE_PAGE, {"form": form}, status=REFUSED)
    invitation, token = invite(actor=actor, at=timezone.now(), **form.invited())
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return render(
        request, "console/accounts/invited.html", {"invitation": invitation, "link": link}
    )


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    actor = caring_actor(request)
    seen = Invitation.objects.visible_to(actor)
    invitation = get_object_or_404(seen, public_id=public_id)
    try:
        withdraw_invitation(actor=actor, invitation=invitation, at=timezone.now())
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("邀请已撤回，链接不再有效"))
    return redirect("people")


def caring_actor(request: HttpRequest) -> Actor:
    """Who acts, if in a role that looks after others; anybody else is refused the page."""
    actor = actor_of(request)
    if actor.roles.isdisjoint(CARING_ROLES):
        raise PermissionDenied
    return actor
