"""What waits for the reader's own hand: the list, and what is done to many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.accounts.middleware import actor_of
from console.placements import waiting as hand
from console.placements.move_views import REFUSED
from internships.life import agreeing, drafting
from internships.life.refusals import LifeRefusal
from internships.models import Placement
from internships.models.life import MOST_CHARACTERS
from people.access.masking import shown_name
from people.actors import Actor
from people.roles import Role

MOST_AT_ONCE = 100
SHOWN, NAMED = 100, 5
ACCEPT, SEND_BACK, SUBMIT = "accept", "send-back", "submit"
# The role, what it does to many, by which list, and whether it says why
BULK: dict[str, tuple[Role, str, Callable[..., Any]]] = {
    ACCEPT: (Role.ENTERPRISE_HR, hand.ACCEPT, agreeing.accept),
    SEND_BACK: (Role.ENTERPRISE_HR, hand.ACCEPT, agreeing.send_back),
    SUBMIT: (Role.SCHOOL_COORDINATOR, hand.SUBMIT, drafting.submit),
}


class ManyForm(forms.Form):
    """The ticked placements and what is done to each; a reason where they are sent back."""

    action = forms.ChoiceField(choices=[(key, "") for key in BULK])
    message = forms.CharField(
        label=gettext_lazy("退回理由"), required=False, max_length=MOST_CHARACTERS
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="many-%s")
        ticked = sent.getlist("placement") if sent else []
        self.ticked = {int(number) for number in ticked if number.isascii() and number.isdigit()}

    def clean(self) -> dict[str, Any]:
        """Some are ticked, and who sends back says why."""
        asked = super().clean() or {}
        if not self.ticked:
            raise forms.ValidationError(_("请先勾选要处理的实习"))
        if len(self.ticked) > MOST_AT_ONCE:
            raise forms.ValidationError(_("一次最多处理 %(most)s 条") % {"most": MOST_AT_ONCE})
        if asked.get("action") == SEND_BACK and not (asked.get("message") or "").strip():
            self.add_error("message", _("请写明理由"))
        return asked


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def list_waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the actor; what is sent to it moves each ticked placement by itself."""
    actor = actor_of(request)
    if not hand.waits_for_somebody(actor):
        raise PermissionDenied
    if request.method != "POST":
        return waiting_page(request, actor, ManyForm())
    form = ManyForm(request.POST)
    action = request.POST.get("action", "")
    if action in BULK and BULK[action][0] not in actor.roles:
        raise PermissionDenied
    if not form.is_valid():
        return waiting_page(request, actor, form, status=REFUSED)
    for level, said in move_each(form, actor=actor, at=timezone.now()):
        messages.add_message(request, level, said)
    return redirect(request.get_full_path())


def move_each(form: ManyForm, *, actor: Actor, at: Any) -> list[tuple[int, str]]:
    """Move each ticked placement that the actor sees; what came of it, in words."""
    service = BULK[form.cleaned_data["action"]][2]
    given = {"actor": actor, "at": at, "message": form.cleaned_data["message"]}
    keys = [key for key in form.ticked if key < 2**63]
    rows = list(
        Placement.objects.visible_to(actor)
        .filter(pk__in=keys)
        .select_related("learner")
        .order_by("pk")
    )
    done, refused = 0, defaultdict[str, list[str]](list)
    for placement in rows:
        try:
            service(placement, **given)
        except LifeRefusal as refusal:
            refused[str(refusal)].append(shown_name(placement.learner.name, actor=actor))
        else:
            done += 1
    said = [(messages.SUCCESS, _("已处理 %(done)s 条") % {"done": done})] if done else []
    for reason, names in refused.items():
        named = _("、").join(names[:NAMED]) + (_("等") if len(names) > NAMED else "")
        text = _("%(number)s 条没有处理：%(reason)s（%(named)s）")
        said.append(
            (
                messages.WARNING,
                text % {"number": len(names), "reason": reason, "named": named},
            )
        )
    if missing := len(form.ticked) - len(rows):
        gone = _("%(number)s 条没有处理：找不到，或者不属于您") % {"number": missing}
        said.append((messages.WARNING, gone))
    return said


def waiting_page(
    request: HttpRequest, actor: Actor, form: ManyForm, *, status: int = 200
) -> HttpResponse:
    """The tasks, the placements of one or of all of them, and the bar of what is done to many."""
    asked = request.GET.get("task", "")
    key = asked if asked in hand.NAMES else ""
    found = hand.tasks(actor)
    rows = hand.with_terms(hand.waiting(actor, key=key), actor)[:SHOWN]
    listed = {task.key for task in found if not key or task.key == key}
    context = {
        "tasks": found,
        "key": key,
        "rows": [(row, hand.NAMES[row.task]) for row in rows],
        "total": sum(task.number for task in found if not key or task.key == key),
        "form": form,
        "bulk": [
            name
            for name, (role, task, _verb) in BULK.items()
            if role in actor.roles and task in listed
        ],
        "ticked": form.ticked,
        "places": Role.SCHOOL_COORDINATOR in actor.roles,
    }
    return render(request, "console/placements/waiting.html", context, status=status)
