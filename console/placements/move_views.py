"""One move of one placement, sent from its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from console.accounts.middleware import actor_of
from console.placements.move_forms import MoveForm
from console.placements.moving import ACTIONS
from console.placements.views import placement_page, seen_placement
from internships.life.policies import parties_of
from internships.life.refusals import (
    GateClosed,
    LifeRefusal,
    NotPermitted,
    TermsRefused,
    WordsRefused,
)
from internships.models import Placement
from people.actors import Actor

CONFLICT, REFUSED, FORBIDDEN = 409, 422, 403


@require_POST
@never_cache
def move_placement(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Make one move of one placement; what is refused comes back with why and what was typed.

    404 for a placement the actor does not see, 403 for a move that is not the actor's, 409 where
    the placement is not at it (any more), 422 for what was typed.
    """
    actor = actor_of(request)
    placement = seen_placement(actor, number)
    if key not in ACTIONS:
        raise Http404
    action = ACTIONS[key]
    form = action.form(request.POST, placement=placement, actor=actor, key=key)
    if not form.is_valid():
        status = REFUSED if parties_of(actor, action.move, placement) else FORBIDDEN
        return refused_page(request, actor, placement, key, form, status=status)
    try:
        action.run(placement, form.cleaned_data, actor=actor, at=timezone.now())
    except LifeRefusal as refusal:
        for said in sentences_of(refusal):
            form.add_error(None, said)
        current = seen_placement(actor, number)
        return refused_page(request, actor, current, key, form, status=status_of(refusal))
    messages.success(request, action.done)
    return redirect_to(actor, number)


def refused_page(
    request: HttpRequest,
    actor: Actor,
    placement: Placement,
    key: str,
    form: MoveForm,
    *,
    status: int,
) -> HttpResponse:
    """The placement's page with the form that was refused."""
    page = placement_page(placement, actor, refused=(key, form))
    return render(request, "console/placements/placement.html", page, status=status)


def redirect_to(actor: Actor, number: int) -> HttpResponse:
    """The placement again; the list, where it is no longer the actor's to see."""
    if Placement.objects.visible_to(actor).filter(pk=number).exists():
        return redirect("placement", number=number)
    return redirect("placements")


def status_of(refusal: LifeRefusal) -> int:
    """How a page answers that refusal."""
    if isinstance(refusal, NotPermitted):
        return FORBIDDEN
    return REFUSED if isinstance(refusal, TermsRefused | WordsRefused) else CONFLICT


def sentences_of(refusal: LifeRefusal) -> list[str]:
    """Why it was refused: one sentence, and each reason of a gate."""
    said = [str(refusal)]
    if isinstance(refusal, GateClosed):
        said += [f"{reason.sentence} {reason.cure}" for reason in refusal.reasons]
    return said
