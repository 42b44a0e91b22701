"""The page on which a school adds to what it keeps of a host."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.fields import day_field, words_field
from console.hosts.views import reader, seen_host
from internships.hosts.keeping import keep_assessment, keep_credit, keep_decision
from internships.life.refusals import LifeRefusal
from internships.models import AssessedPoint, RecordKind
from internships.models.host_records import LONGEST_FINDING
from people.models import School
from people.roles import Role

REFUSED = 422


class AssessmentForm(forms.Form):
    """A visit, with what was found of each point."""

    visited_on = day_field(gettext_lazy("考察日期"))
    visitors = forms.CharField(label=gettext_lazy("考察人"), max_length=200)
    passed = forms.BooleanField(label=gettext_lazy("考察合格"), required=False)
    valid_until = day_field(gettext_lazy("有效至"))

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent)
        for point in AssessedPoint:
            self.fields[point.value] = words_field(point.label, most=LONGEST_FINDING, rows=2)

    @property
    def kept(self) -> dict[str, Any]:
        """What the service takes."""
        sent = dict(self.cleaned_data)
        return {"findings": {point: sent.pop(point) for point in AssessedPoint.values}, **sent}


class CreditForm(forms.Form):
    """What a register said."""

    kind = forms.ChoiceField(label=gettext_lazy("记录种类"), choices=RecordKind.choices)
    checked_on = day_field(gettext_lazy("查询日期"))
    source = forms.CharField(label=gettext_lazy("查询来源"), max_length=200)
    violation_on = day_field(gettext_lazy("最近一次违法失信日期（没有则不填）"), required=False)
    valid_until = day_field(gettext_lazy("有效至"))

    @property
    def kept(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


class DecisionForm(forms.Form):
    """A meeting, and where its decision is published."""

    decided_on = day_field(gettext_lazy("会议日期"))
    meeting = forms.CharField(label=gettext_lazy("会议名称或文号"), max_length=200)
    published_on = day_field(gettext_lazy("公开日期（未公开不填）"), required=False)
    published_where = forms.CharField(
        label=gettext_lazy("公开位置（网址或公告栏）"), max_length=200, required=False
    )

    @property
    def kept(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


KINDS: dict[str, tuple[Any, type[Any], Any]] = {
    "assess": (gettext_lazy("登记实地考察"), AssessmentForm, keep_assessment),
    "check": (gettext_lazy("登记信用或安全记录"), CreditForm, keep_credit),
    "decide": (gettext_lazy("登记校级决定"), DecisionForm, keep_decision),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep_record(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Show the form, and keep what is sent for the actor's own school."""
    actor = reader(request)
    if not actor.has(Role.SCHOOL_COORDINATOR):
        raise PermissionDenied
    host = seen_host(actor, number)
    if key not in KINDS:
        raise Http404
    name, form_class, keep = KINDS[key]
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        own = actor.reach(Role.SCHOOL_COORDINATOR).ids
        school = School.objects.visible_to(actor).get(pk=own[0])
        try:
            keep(school, host, actor=actor, at=timezone.now(), **form.kept)
        except LifeRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记"))
            return redirect("host", number=host.pk)
    page = {"host": host, "name": name, "form": form}
    status = REFUSED if form.is_bound else 200
    return render(request, "console/hosts/record.html", page, status=status)
