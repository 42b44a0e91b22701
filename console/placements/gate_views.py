"""The start gate as a page: every reason at once, where each is mended, and the start itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from compliance.cases.words import WAIVABLE_RULES
from compliance.start_gate import start, verdict
from console.accounts.middleware import actor_of
from console.fields import day_field, words_field
from console.placements.life_line import PREPARING, Given, given, waits
from console.placements.move_views import sentences_of, status_of
from console.placements.views import seen_placement
from internships.life import flow
from internships.life.policies import parties_of
from internships.life.refusals import LifeRefusal
from internships.life.verdicts import GateWaiver, Reason, Verdict
from internships.models import Party, Placement, PlacementState
from people.actors import Actor

# Where a start, or a going on, is still to come.
JUDGED = (*PREPARING, PlacementState.APPROVED, PlacementState.SUSPENDED)
REFUSED = 422

# What a rule speaks of, by the letters before its number, and where on the pages it is mended.
OF_TERMS = ("HOST-04", "HOST-05", "HOST-07", "HOST-08", "HOST-09", "HOST-FROZEN", "SUP-01")


class WaiversForm(forms.Form):
    """For each rule that may be waived, a reason and a last day; both or neither."""

    def __init__(self, sent: Any = None, *, last: Any = None) -> None:
        super().__init__(sent, auto_id="gate-%s")
        for rule in sorted(WAIVABLE_RULES):
            self.fields[f"{rule}-reason"] = words_field(
                gettext_lazy("豁免理由（要豁免才填）"), required=False
            )
            until = day_field(gettext_lazy("豁免到哪天（含当天）"), required=False)
            if last is not None:
                until.help_text = _("最长到 %(last)s") % {"last": last}
                until.widget.attrs["max"] = f"{last}"
            self.fields[f"{rule}-until"] = until

    def clean(self) -> dict[str, Any]:
        """A waiver has a reason and an end."""
        asked = super().clean() or {}
        for rule in WAIVABLE_RULES:
            reason, until = asked.get(f"{rule}-reason"), asked.get(f"{rule}-until")
            if reason and not until and f"{rule}-until" not in self.errors:
                self.add_error(f"{rule}-until", _("请写明豁免到哪天"))
            if until and not reason:
                self.add_error(f"{rule}-reason", _("请写明豁免理由"))
        return asked

    def waivers(self) -> tuple[GateWaiver, ...]:
        """The waivers that are asked for."""
        asked = self.cleaned_data
        return tuple(
            GateWaiver(rule, asked[f"{rule}-reason"], asked[f"{rule}-until"])
            for rule in sorted(WAIVABLE_RULES)
            if asked.get(f"{rule}-reason")
        )


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason with where it is mended, and the two fields that waive it where that is allowed."""

    reason: Reason
    address: str
    place: Any
    fields: tuple[Any, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show_gate(request: HttpRequest, number: int) -> HttpResponse:
    """What stands against the start, and the start; 404 foreign, 403 for who may not start it.

    A start comes back with every reason: 409 for the gate and the state, 422 for what was typed.
    """
    actor = actor_of(request)
    placement = seen_placement(actor, number)
    if Party.SCHOOL not in parties_of(actor, flow.ACTIVATE, placement):
        raise PermissionDenied
    at = timezone.now()
    if request.method != "POST":
        return gate_page(request, placement, actor, WaiversForm, 200)
    if placement.state not in JUDGED:
        messages.error(request, _("这次实习已经不在准备阶段，没有要检查的。"))
        return redirect("placement", number=number)
    form = WaiversForm(request.POST)
    if not form.is_valid():
        return gate_page(request, placement, actor, form, REFUSED)
    try:
        begun = start(placement, actor=actor, at=at, waivers=form.waivers())
    except LifeRefusal as refusal:
        form.add_error(None, sentences_of(refusal)[0])
        current = seen_placement(actor, number)
        return gate_page(request, current, actor, form, status_of(refusal))
    said = {
        PlacementState.APPROVED: _("已批准，到开始日期再点一次“开始实习”"),
        PlacementState.ACTIVE: _("实习已开始"),
    }
    messages.success(request, said[PlacementState(begun.state)])
    return redirect("placement", number=number)


def gate_page(
    request: HttpRequest,
    placement: Placement,
    actor: Actor,
    form: Any,
    status: int,
) -> HttpResponse:
    """The reasons as they are now, and the form; one that was refused keeps what was typed."""
    judged: Verdict | None = None
    if placement.state in JUDGED:
        judged = verdict(placement, on=actor.on, at=timezone.now())
    last = judged.last_waiver_on if judged else None
    shown = WaiversForm(last=last) if form is WaiversForm else form
    now = given(placement)
    context = {
        "placement": placement,
        "verdict": judged,
        "standing": judged.against() if judged else (),
        "rows": reason_rows(placement, judged, shown) if judged else [],
        "form": shown,
        "on": actor.on,
        "may_start": may_start(placement, now),
        "going_on": placement.state == PlacementState.SUSPENDED,
        "ahead": placement.starts_on > actor.on,
        "waits": waits(placement, now, None, frozenset({Party.SCHOOL}), actor.on),
    }
    return render(request, "console/placements/gate.html", context, status=status)


def may_start(placement: Placement, now: Given | None) -> bool:
    """Whether all have signed, so that only the gate is left."""
    if placement.state == PlacementState.CONSENTED:
        return now is not None and not now.unsigned and not now.stale
    return placement.state in (PlacementState.APPROVED, PlacementState.SUSPENDED)


def reason_rows(placement: Placement, judged: Verdict, form: WaiversForm) -> list[ReasonRow]:
    """Each reason with where it is mended; a rule's fields stand with its first reason."""
    rows, shown = [], set()
    for reason in judged.reasons:
        fields: tuple[Any, ...] = ()
        open_to_waive = reason.waivable and reason.waived_until is None
        if open_to_waive and reason.rule not in shown:
            shown.add(reason.rule)
            fields = (form[f"{reason.rule}-reason"], form[f"{reason.rule}-until"])
        address, place = mended_at(reason.rule, placement)
        rows.append(ReasonRow(reason, address, place, fields))
    return rows


def mended_at(rule: str, placement: Placement) -> tuple[str, Any]:
    """The address where what the rule found is mended, and what that place is called."""
    page = reverse("placement", args=[placement.pk])
    family = rule.partition("-")[0]
    if family == "INS":
        return f"{page}#cover", gettext_lazy("看保险日历")
    if rule in ("ELIG-03", "AGR-01"):
        return f"{page}#moves", gettext_lazy("去同意和签署")
    of_terms = rule in OF_TERMS or family in ("ELIG", "PAY", "SUP", "HAZ")
    if of_terms and placement.state in PREPARING:
        return reverse("placement-edit", args=[placement.pk]), gettext_lazy("去修改安排")
    return page, gettext_lazy("看这次实习")
