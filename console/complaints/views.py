"""The pages of complaints: the list, raising one, one whole, and what was done afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.accounts.middleware import actor_of
from console.complaints.forms import AnswerForm, CloseForm, ComplaintForm, LookIntoForm
from console.navigation import COMPLAINT_ROLES
from internships.complaints.flow import due_on, is_overdue, moves_open, waiting_for
from internships.complaints.handling import answer, close, look_into
from internships.complaints.raising import PARTY_OF_ROLE, may_complain, raise_complaint
from internships.complaints.reading import complaints_seen, read_complaint
from internships.complaints.refusals import ComplaintRefusal, NotPermitted
from internships.complaints.watching import changes_after
from internships.models import Complaint, ComplaintMove, Placement
from people.actors import Actor
from people.roles import Role

SHOWN = 100
REFUSED = 422
ACTIONS: dict[str, tuple[Any, type[forms.Form]]] = {
    ComplaintMove.LOOK_INTO: (look_into, LookIntoForm),
    ComplaintMove.ANSWER: (answer, AnswerForm),
    ComplaintMove.CLOSE: (close, CloseForm),
}


@require_safe
@never_cache
def list_complaints(request: HttpRequest) -> HttpResponse:
    """The complaints that the actor may know of, those that wait for the actor first."""
    actor = reader(request)
    rows = complaints_seen(actor)
    waiting = waiting_for(rows, actor).order_by("raised_on", "pk")
    others = rows.exclude(pk__in=waiting.values("pk")).order_by("-pk")
    context = {
        "waiting": _told(waiting[:SHOWN], actor),
        "number_waiting": waiting.count(),
        "others": _told(others[:SHOWN], actor),
        "handles": bool(actor.roles & {Role.SCHOOL_COORDINATOR, Role.COMMISSION}),
        "complains": bool(actor.roles & set(PARTY_OF_ROLE)),
        "watches": actor.has(Role.COMMISSION),
    }
    return render(request, "console/complaints/list.html", context)


def _told(rows: Any, actor: Actor) -> list[tuple[Complaint, Any, bool]]:
    return [(row, due_on(row), is_overdue(row, on=actor.on)) for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def write_complaint(request: HttpRequest) -> HttpResponse:
    """The form of a complaint, and raising it; sent twice it is raised once."""
    actor = reader(request)
    own = Placement.objects.visible_to(actor).order_by("-starts_on", "-pk")
    placements = [row.pk for row in own[:SHOWN] if may_complain(row, actor)]
    if not actor.roles & set(PARTY_OF_ROLE):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = ComplaintForm(sent, placements=own.filter(pk__in=placements))
    if form.is_valid():
        try:
            made = raise_complaint(actor=actor, at=timezone.now(), **form.cleaned_data)
        except ComplaintRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("投诉已提交；企业和带教老师看不到"))
            return redirect("complaint", public_id=made.public_id)
    return render(
        request,
        "console/complaints/write.html",
        {"form": form, "nowhere": not placements},
        status=REFUSED if form.is_bound else 200,
    )


@require_safe
@never_cache
def show_complaint(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One complaint with its words, whose reading is on record; 404 for who may not know of it."""
    actor = reader(request)
    return complaint_page(request, seen_complaint(actor, public_id), actor)


def complaint_page(
    request: HttpRequest,
    complaint: Complaint,
    actor: Actor,
    refused: tuple[str, forms.Form] | None = None,
) -> HttpResponse:
    """The page, with the form that was refused, if one was."""
    read = read_complaint(complaint, actor=actor, at=timezone.now())
    offers = []
    for flow in moves_open(complaint, actor):
        form = refused[1] if refused and refused[0] == flow.name else ACTIONS[flow.name][1]()
        offers.append((flow.name.value, flow.name.label, form))
    context = {
        "complaint": complaint,
        "read": read,
        "due": due_on(complaint),
        "is_overdue": is_overdue(complaint, on=actor.on),
        "offers": offers,
        "changes": changes_after(actor, complaint=complaint),
        "watches": actor.has(Role.COMMISSION),
    }
    return render(
        request, "console/complaints/complaint.html", context, status=REFUSED if refused else 200
    )


@require_POST
def move_complaint(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """Move one complaint on; what is refused stays on the page with why."""
    actor = reader(request)
    complaint = seen_complaint(actor, public_id)
    if key not in ACTIONS:
        raise Http404
    service, form_class = ACTIONS[key]
    form = form_class(request.POST)
    if form.is_valid():
        try:
            service(complaint, actor=actor, at=timezone.now(), words=form.cleaned_data["words"])
        except NotPermitted as refusal:
            raise PermissionDenied from refusal
        except ComplaintRefusal as refusal:
            messages.error(request, str(refusal))
            return redirect("complaint", public_id=complaint.public_id)
        messages.success(request, _("已记下，学生能看到"))
        return redirect("complaint", public_id=complaint.public_id)
    return complaint_page(request, complaint, actor, (key, form))


@require_safe
@never_cache
def list_changes(request: HttpRequest) -> HttpResponse:
    """What schools and hosts did to placements after complaints; for the commission."""
    actor = reader(request)
    if not actor.has(Role.COMMISSION):
        raise PermissionDenied
    return render(request, "console/complaints/changes.html", {"changes": changes_after(actor)})


def reader(request: HttpRequest) -> Actor:
    """Who asks, in a role that raises complaints or handles them; others are refused the page."""
    actor = actor_of(request)
    if actor.roles.isdisjoint(COMPLAINT_ROLES):
        raise PermissionDenied
    return actor


def seen_complaint(actor: Actor, public_id: UUID) -> Complaint:
    """The complaint of that id; 404 for who may not know of it."""
    found: Complaint = get_object_or_404(complaints_seen(actor), public_id=public_id)
    return found
