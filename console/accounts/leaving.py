"""Ending what somebody may do, with what they leave behind handed on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from compliance.cases.leaving import cases_left, end_tenure, students_named, successors
from compliance.cases.refusals import CaseRefusal
from console.accounts.inviting import caring_actor
from console.alerts.actions import PersonField
from people.accounts.powers import looked_after
from people.actors import Actor
from people.models import Membership

REFUSED = 422


class LeavingForm(forms.Form):
    """Who takes the cases on; nobody named, they go to whom each is nearest."""

    to = PersonField(label=gettext_lazy("预警交给"), required=False)

    def __init__(self, membership: Membership, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = successors(membership, actor=actor)
        self.fields["to"].queryset = offered  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_somebodys_tenure(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the member holds, and end it at once when that is sent."""
    actor = caring_actor(request)
    rows = looked_after(actor).select_related("user")
    membership = get_object_or_404(rows, pk=number)
    form = LeavingForm(membership, actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            handed = end_tenure(
                membership=membership,
                to=form.cleaned_data["to"],
                actor=actor,
                at=timezone.now(),
            )
        except CaseRefusal as refusal:
            form.add_error("to", str(refusal))
        else:
            said = _("任职已结束，权限随即失效；移交预警 %(count)s 条") % {"count": handed}
            messages.success(request, said)
            return redirect("people")
    page: dict[str, Any] = {
        "held": membership,
        "form": form,
        "cases": cases_left(membership, actor=actor).count(),
        "students": students_named(membership, actor=actor).count(),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "console/accounts/leaving.html", page, status=status)
