"""A placement that is being prepared, changed by the side whose words they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.accounts.middleware import actor_of
from console.placements.life_line import approval_said
from console.placements.move_views import CONFLICT, REFUSED, status_of
from console.placements.moving import require_as_seen
from console.placements.terms_forms import TermsForm, edit_form
from console.placements.views import judged_terms, seen_placement
from internships.life import flow
from internships.life.content import content_of, digest_of
from internships.life.drafting import edit
from internships.life.policies import parties_of
from internships.life.refusals import LifeRefusal
from internships.models import Party, Placement
from people.actors import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit_placement(request: HttpRequest, number: int) -> HttpResponse:
    """Change what it says before it is approved; 404 foreign, 403 for who may not, 409 too late."""
    actor = actor_of(request)
    placement = seen_placement(actor, number)
    parties = parties_of(actor, flow.EDIT, placement)
    if not parties:
        raise PermissionDenied
    if placement.state not in flow.EDIT.sources:
        messages.error(request, _("这次实习已经批准，要改内容请提出变更"))
        return redirect("placement", number=number)
    party = Party.SCHOOL if Party.SCHOOL in parties else min(parties)
    terms = judged_terms(placement, actor)
    assert terms is not None
    sent = request.POST if request.method == "POST" else None
    form = edit_form(placement, terms, actor, party, sent)
    if sent is None:
        return edit_page(request, placement, form, 200)
    if not form.is_valid():
        return edit_page(request, placement, form, REFUSED)
    try:
        with transaction.atomic():
            require_as_seen(placement, request.POST.get("seen", ""))
            voided = run_edit(placement, form, actor, party)
    except LifeRefusal as refusal:
        form.add_error(None, str(refusal))
        return edit_page(request, placement, form, status_of(refusal))
    if voided:
        named = _("、").join(approval_said(name) for name in voided)
        messages.warning(request, _("已修改。因此作废：%(named)s") % {"named": named})
    else:
        messages.success(request, _("已修改"))
    return redirect("placement", number=number)


def run_edit(placement: Placement, form: TermsForm, actor: Actor, party: Party) -> list[str]:
    """The one call, with what the form says; the approvals that it voided."""
    changes: dict[str, Any] = dict(form.cleaned_data)
    _held, voided = edit(placement, changes=changes, actor=actor, at=timezone.now(), party=party)
    return voided


def edit_page(
    request: HttpRequest, placement: Placement, form: TermsForm, status: int
) -> HttpResponse:
    """The form; with what was refused, if anything was."""
    seen = request.POST.get("seen") if status not in (200, CONFLICT) else None
    context = {
        "placement": placement,
        "form": form,
        "seen": seen or digest_of(content_of(placement)),
    }
    return render(request, "console/placements/edit.html", context, status=status)
