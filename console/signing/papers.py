"""The school's page of a placement's papers: wording, issue, links, signals, paper copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from console.accounts.middleware import actor_of
from console.signing.forms import CopyForm, IssueForm, JudgeForm, LinkForm, WordingForm, named
from exchange.documents.issuing import PaperRefused, faults_now, issue
from internships.documents.copies import keep_copy, read_copy
from internships.documents.issuing import standing
from internships.documents.wording import said_by, wording_of
from internships.documents.writing import write_wording
from internships.life import flow
from internships.life.refusals import LifeRefusal, NotPermitted
from internships.models import (
    OFFERED_STATES,
    Document,
    DocumentKind,
    PaperCopy,
    Party,
    Placement,
    ProxySignal,
    SignalVerdict,
    SigningLink,
)
from internships.signing.links import make_link
from internships.signing.signals import judge_signal
from people.actors import Actor
from people.roles import Role

PAGE = "console/signing/papers.html"
REFUSED, FORBIDDEN = 422, 403
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_safe
@never_cache
def show_papers(request: HttpRequest, number: int) -> HttpResponse:
    """What was issued, to each party its own; to the school also all that it can do with them."""
    placement = _placement(request, number)
    return _page(request, placement)


@require_POST
@never_cache
def write_papers(request: HttpRequest, number: int) -> HttpResponse:
    """Write the wording down; the page says which approvals that made void."""
    placement = _placement(request, number)
    form = WordingForm(request.POST)
    if not form.is_valid():
        return _page(request, placement, form=form, status=REFUSED)
    sent = {name: value for name, value in form.cleaned_data.items() if name in request.POST}

    def write(actor: Actor) -> str:
        _wording, voided = write_wording(placement, changes=sent, actor=actor, at=timezone.now())
        return _("已保存，此前的同意和签署作废，请重新征求") if voided else _("已保存")

    return _done(request, placement, write, form=form)


@require_POST
@never_cache
def issue_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Issue a paper, or show everything that keeps it from being issued."""
    placement = _placement(request, number)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, placement, status=REFUSED)

    def act(actor: Actor) -> str:
        kind = DocumentKind(form.cleaned_data["kind"])
        issue(placement, kind=kind, actor=actor, at=timezone.now())
        return _("文书已出具")

    return _done(request, placement, act)


@require_POST
@never_cache
def make_signing_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a link and show it, this once."""
    actor = actor_of(request)
    seen = Document.objects.visible_to(actor).defer("pdf").select_related("placement")
    document = get_object_or_404(seen, public_id=public_id)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, document.placement, status=REFUSED)
    sent = form.cleaned_data
    try:
        link, token = make_link(
            document,
            party=Party(sent["party"]),
            name=sent["name"],
            phone=sent["phone"],
            actor=actor,
            at=timezone.now(),
        )
    except LifeRefusal as refusal:
        return _refused(request, document.placement, refusal)
    url = request.build_absolute_uri(reverse("sign-paper", args=[token]))
    page = {"link": link, "url": url, "placement": document.placement}
    return render(request, "console/signing/link_made.html", page)


@require_POST
@never_cache
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what came of asking about a signal."""
    actor = actor_of(request)
    seen = ProxySignal.objects.visible_to(actor).select_related(
        "signature__link__document__placement"
    )
    signal = get_object_or_404(seen, pk=number)
    placement = signal.signature.link.document.placement
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _page(request, placement, status=REFUSED, refusal=_("请选择结果并写明怎样核实的"))
    sent = form.cleaned_data

    def act(actor: Actor) -> str:
        verdict = SignalVerdict(sent["verdict"])
        judge_signal(signal, verdict=verdict, note=sent["note"], actor=actor, at=timezone.now())
        if verdict == SignalVerdict.PROXY:
            return _("已记录。这一签署不算数：请退回或修改安排，重新征求同意和签署")
        return _("已记录")

    return _done(request, placement, act)


@require_POST
@never_cache
def upload_copy(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a scan or a photograph of what was signed on paper."""
    placement = _placement(request, number)
    form = CopyForm(request.POST, request.FILES)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _page(request, placement, status=REFUSED, refusal=said)
    sent = form.cleaned_data

    def act(actor: Actor) -> str:
        keep_copy(
            placement,
            kind=DocumentKind(sent["kind"]),
            party=Party(sent["party"]),
            content=sent["file"].read(),
            actor=actor,
            at=timezone.now(),
        )
        return _("扫描件已保存")

    return _done(request, placement, act)


@require_safe
@never_cache
def download_copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A kept copy, as an attachment; that it was read is on record."""
    actor = actor_of(request)
    copy = get_object_or_404(PaperCopy.objects.visible_to(actor), public_id=public_id)
    content = b"" if request.method == "HEAD" else read_copy(copy, actor=actor, at=timezone.now())
    name = f"{copy.kind}-{copy.party}-{copy.sha256[:12]}.{ENDINGS[copy.form]}"
    return _attached(content, copy.form, name)


@require_safe
@never_cache
def download_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An issued paper, as an attachment."""
    seen = Document.objects.visible_to(actor_of(request))
    document = get_object_or_404(seen, public_id=public_id)
    name = f"{document.kind}-{document.sha256[:12]}.pdf"
    return _attached(bytes(document.pdf), "application/pdf", name)


def _attached(content: bytes, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=form)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _placement(request: HttpRequest, number: int) -> Placement:
    seen = Placement.objects.visible_to(actor_of(request)).select_related("learner", "school")
    found: Placement = get_object_or_404(seen, pk=number)
    return found


def _done(
    request: HttpRequest,
    placement: Placement,
    act: Callable[[Actor], str],
    *,
    form: WordingForm | None = None,
) -> HttpResponse:
    """Act and go back to the page, or show it with what was refused."""
    try:
        messages.success(request, act(actor_of(request)))
    except LifeRefusal as refusal:
        return _refused(request, placement, refusal, form)
    return redirect("placement-papers", placement.pk)


def _refused(
    request: HttpRequest,
    placement: Placement,
    refusal: LifeRefusal,
    form: WordingForm | None = None,
) -> HttpResponse:
    said = str(refusal)
    if isinstance(refusal, PaperRefused):
        said = " ".join((said, *map(named, refusal.faults)))
    status = FORBIDDEN if isinstance(refusal, NotPermitted) else REFUSED
    return _page(request, placement, form=form, status=status, refusal=said)


def _page(
    request: HttpRequest,
    placement: Placement,
    *,
    form: WordingForm | None = None,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    papers = (
        Document.objects.visible_to(actor)
        .filter(placement=placement)
        .defer("pdf", "said")
        .order_by("-pk")
    )
    known = standing(placement)
    page: dict[str, Any] = {
        "placement": placement,
        "papers": [(paper, paper.pk in known) for paper in papers],
        "refusal": refusal,
        "is_school": actor.has(Role.SCHOOL_COORDINATOR, placement.school_id),
    }
    if page["is_school"]:
        page |= _for_the_school(actor, placement, form)
    return render(request, PAGE, page, status=status)


def _for_the_school(actor: Actor, placement: Placement, form: WordingForm | None) -> dict[str, Any]:
    links = SigningLink.objects.visible_to(actor).filter(document__placement=placement)
    signals = ProxySignal.objects.visible_to(actor).filter(
        signature__link__document__placement=placement
    )
    return {
        "form": form or WordingForm(initial=asdict(said_by(wording_of(placement)))),
        "faults": [(fault, named(fault)) for fault in faults_now(placement)],
        "links": links.select_related("document", "signature").order_by("-pk"),
        "signals": signals.select_related("signature__link", "judged_by"),
        "copies": PaperCopy.objects.visible_to(actor)
        .filter(placement=placement)
        .defer("content_sealed"),
        "copy_form": CopyForm(),
        "judge_form": JudgeForm(),
        "link_form": LinkForm(),
        "kinds": DocumentKind,
        "may_issue": placement.state in OFFERED_STATES,
        "may_write": placement.state in flow.EDIT.sources,
    }
