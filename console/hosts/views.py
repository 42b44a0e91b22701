"""The pages of hosts: who takes students, how full each is, and what the commission decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.plain_text import plain
from compliance.host_caps import caps_of
from console.accounts.middleware import actor_of
from console.hosts.forms import FreezeForm
from internships.hosts.freezing import (
    freeze,
    freeze_of,
    last_decision,
    may_freeze,
    moves_open,
    unfreeze,
)
from internships.hosts.keeping import papers_missing
from internships.hosts.reading import READERS, frozen_hosts, placements_at
from internships.life.refusals import LifeRefusal
from internships.models import (
    CreditRecord,
    FreezeMove,
    HostDecision,
    HostFreeze,
    SiteAssessment,
)
from people.actors import Actor
from people.models import Enterprise
from people.roles import Role

PAGE = 50
LONGEST_SEARCH = 60
STUDENTS_SHOWN = 50
REFUSED = 422


@require_safe
@never_cache
def list_hosts(request: HttpRequest) -> HttpResponse:
    """The hosts that the actor sees, by name; with `frozen` those alone that take nobody."""
    actor = reader(request)
    search = plain(request.GET.get("q", "")).strip()[:LONGEST_SEARCH]
    only_frozen = bool(request.GET.get("frozen"))
    rows: Any = Enterprise.objects.visible_to(actor)
    shut = frozen_hosts(actor, on=actor.on)
    if only_frozen:
        rows = shut
    if search:
        rows = rows.filter(Q(name__contains=search) | Q(credit_code__startswith=search))
    rows = rows.order_by("name", "pk")
    place = request.GET.get("after", "")
    first = int(place) if place.isascii() and place.isdigit() and len(place) < 7 else 0
    shown = list(rows[first : first + PAGE + 1])
    since = {host.pk: host.frozen_since for host in shut.filter(pk__in=[row.pk for row in shown])}
    context = {
        "rows": [(row, since.get(row.pk)) for row in shown[:PAGE]],
        "after": first + PAGE if len(shown) > PAGE else "",
        "search": search,
        "only_frozen": only_frozen,
        "frozen_number": shut.count(),
        "total": rows.count(),
    }
    return render(request, "console/hosts/list.html", context)


@require_safe
@never_cache
def show_host(request: HttpRequest, number: int) -> HttpResponse:
    """One host that the actor may see; 404 for any other."""
    actor = reader(request)
    return host_page(request, seen_host(actor, number), actor)


def host_page(
    request: HttpRequest, host: Enterprise, actor: Actor, form: FreezeForm | None = None
) -> HttpResponse:
    """The page of the host, with the form that was refused, if one was."""
    students = placements_at(host, actor)
    last = last_decision(host.pk)
    context: dict[str, Any] = {
        "host": host,
        "on": actor.on,
        "frozen": freeze_of(host.pk, on=actor.on),
        "decisions": list(HostFreeze.objects.visible_to(actor).filter(enterprise=host)),
        "missing": [
            paper.label
            for school in actor.reach(Role.SCHOOL_COORDINATOR).ids[:1]
            for paper in papers_missing(school, host.pk, on=actor.on)
        ],
        "keeps": actor.has(Role.SCHOOL_COORDINATOR),
        "sees_records": bool(actor.roles & {Role.SCHOOL_COORDINATOR, Role.COMMISSION}),
        "assessments": _records(SiteAssessment, host, actor),
        "checks": _records(CreditRecord, host, actor),
        "choices": _records(HostDecision, host, actor),
        "caps": caps_of(host, on=actor.on),
        "students": list(students.select_related("learner", "school")[:STUDENTS_SHOWN]),
        "number_of_students": students.count(),
        "decides": may_freeze(actor),
        "may_freeze": FreezeMove.FREEZE in moves_open(last),
        "form": form or FreezeForm(initial={"from_day": actor.on}),
    }
    return render(
        request, "console/hosts/host.html", context, status=REFUSED if form is not None else 200
    )


def _records(model: Any, host: Enterprise, actor: Actor) -> list[Any]:
    """The latest records of the host that the actor sees."""
    rows = model.objects.visible_to(actor).filter(enterprise=host).select_related("school")
    return list(rows.order_by("-pk")[:STUDENTS_SHOWN])


@require_POST
def freeze_host(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the host from taking students."""
    return _decide(request, number, freeze, _("已暂停这家企业接收实习生"))


@require_POST
def unfreeze_host(request: HttpRequest, number: int) -> HttpResponse:
    """Let the host take students again."""
    return _decide(request, number, unfreeze, _("已恢复这家企业接收实习生"))


def _decide(
    request: HttpRequest, number: int, service: Callable[..., HostFreeze], said: str
) -> HttpResponse:
    """Decide by the form; what is refused stays on the page with why."""
    actor = reader(request)
    host = seen_host(actor, number)
    if not may_freeze(actor):
        raise PermissionDenied
    form = FreezeForm(request.POST)
    if form.is_valid():
        try:
            service(host, actor=actor, at=timezone.now(), **form.cleaned_data)
        except LifeRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("host", number=host.pk)
    return host_page(request, host, actor, form)


def reader(request: HttpRequest) -> Actor:
    """Who asks, in a role that hosts are shown to; anybody else is refused the page."""
    actor = actor_of(request)
    if actor.roles.isdisjoint(READERS):
        raise PermissionDenied
    return actor


def seen_host(actor: Actor, number: int) -> Enterprise:
    """The host of that number; 404 for one that the actor does not see."""
    return get_object_or_404(Enterprise.objects.visible_to(actor), pk=number)
