"""The pages of filing batches."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from console.accounts.middleware import actor_of
from console.alerts.export_views import XLSX
from console.batches.workbook import batch_workbook
from console.fields import day_field
from console.navigation import BATCH_ROLES
from console.placements.waiting import with_terms
from internships.hosts.batches import (
    add_to_batch,
    file_batch,
    in_no_batch,
    may_file,
    open_batch,
    take_out,
)
from internships.life.refusals import LifeRefusal, NotPermitted
from internships.models import FilingBatch, FilingMatter, Placement
from internships.models.batches import LONGEST_NUMBER
from people.actors import Actor
from people.models import School
from people.roles import Role

SHOWN = 200
MOST_DIGITS = 16


class FileForm(forms.Form):
    """Under which number, as of which day."""

    number = forms.CharField(
        label=gettext_lazy("备案编号"),
        max_length=LONGEST_NUMBER,
        error_messages={"required": gettext_lazy("请写明备案编号")},
    )
    filed_on = day_field(gettext_lazy("备案日期"))


@require_safe
@never_cache
def list_batches(request: HttpRequest) -> HttpResponse:
    """The batches, and the placements in none of them."""
    actor = reader(request)
    missing = with_terms(in_no_batch(actor), actor).order_by("starts_on", "pk")
    batches = FilingBatch.objects.visible_to(actor).select_related("school").order_by("-pk")
    context = {
        "batches": list(batches[:SHOWN]),
        "missing": list(missing[:SHOWN]),
        "number_missing": missing.count(),
        "shown": SHOWN,
        "gathers": actor.has(Role.SCHOOL_COORDINATOR),
        "gathering": list(batches.filter(filed_on=None)[:SHOWN]),
        "matters": FilingMatter.choices,
        "once": uuid4(),
    }
    return render(request, "console/batches/list.html", context)


@require_POST
def gather(request: HttpRequest) -> HttpResponse:
    """Put the ticked placements into a new batch, once a form, or into the one that is named."""
    actor = reader(request)
    placements = ticked(request, actor)
    if not placements:
        messages.error(request, _("请先勾选实习安排"))
        return redirect("batches")
    now = timezone.now()
    try:
        if name := request.POST.get("batch"):
            batch = _named(actor, name)
            add_to_batch(batch, placements=placements, actor=actor, at=now)
        else:
            school = School.objects.visible_to(actor).get(pk=placements[0].school_id)
            matters = [word for word in request.POST.getlist("matters") if word]
            batch = open_batch(
                school,
                matters=matters,
                placements=placements,
                actor=actor,
                at=now,
                once=_key(sent) if (sent := request.POST.get("once")) else None,
            )
    except NotPermitted as refusal:
        raise PermissionDenied from refusal
    except LifeRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("batches")
    return redirect("batch", public_id=batch.public_id)


def _named(actor: Actor, name: str) -> FilingBatch:
    return get_object_or_404(FilingBatch.objects.visible_to(actor), public_id=_key(name))


def _key(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError as error:
        raise PermissionDenied from error


@require_safe
@never_cache
def show_batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One batch with its placements; 404 for one that the actor does not see."""
    actor = reader(request)
    return _page(request, seen_batch(actor, public_id), actor)


def _page(
    request: HttpRequest, batch: FilingBatch, actor: Actor, form: FileForm | None = None
) -> HttpResponse:
    context = {
        "batch": batch,
        "matters": [FilingMatter(word).label for word in batch.matters],
        "entries": list(batch.entries.select_related("placement__learner", "filing")),
        "changes": may_file(batch, actor) and not batch.is_filed,
        "form": form or FileForm(initial={"filed_on": actor.on}),
    }
    status = 200 if form is None else 422
    return render(request, "console/batches/batch.html", context, status=status)


@require_POST
def take_from_batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the ticked placements out."""
    actor = reader(request)
    batch = seen_batch(actor, public_id)
    try:
        take_out(batch, placements=ticked(request, actor), actor=actor, at=timezone.now())
    except NotPermitted as refusal:
        raise PermissionDenied from refusal
    except LifeRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("batch", public_id=batch.public_id)


@require_POST
def file_the_batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """File the batch; what is refused stays on the page with why."""
    actor = reader(request)
    batch = seen_batch(actor, public_id)
    form = FileForm(request.POST)
    if form.is_valid():
        try:
            file_batch(batch, actor=actor, at=timezone.now(), **form.cleaned_data)
        except NotPermitted as refusal:
            raise PermissionDenied from refusal
        except LifeRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已备案，区教委可以看到"))
            return redirect("batch", public_id=batch.public_id)
    return _page(request, batch, actor, form)


@require_safe
@never_cache
def export_batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The batch as a workbook."""
    actor = reader(request)
    batch = seen_batch(actor, public_id)
    written = batch_workbook(batch, actor=actor, at=timezone.now())
    named = f'attachment; filename="filing-batch-{batch.pk}.xlsx"'
    return HttpResponse(written, content_type=XLSX, headers={"Content-Disposition": named})


def ticked(request: HttpRequest, actor: Actor) -> list[Placement]:
    """The placements that were ticked, of those the actor sees."""
    sent = request.POST.getlist("placement")
    keys = [int(key) for key in sent if key.isascii() and key.isdigit() and len(key) < MOST_DIGITS]
    return list(Placement.objects.visible_to(actor).filter(pk__in=keys).order_by("pk"))


def reader(request: HttpRequest) -> Actor:
    """Who asks: a coordinator, or the commission; anybody else is refused the page."""
    actor = actor_of(request)
    if actor.roles.isdisjoint(BATCH_ROLES):
        raise PermissionDenied
    return actor


def seen_batch(actor: Actor, public_id: UUID) -> Any:
    """The batch of that id; 404 for one that the actor does not see."""
    rows = FilingBatch.objects.visible_to(actor).select_related("school")
    return get_object_or_404(rows, public_id=public_id)
