"""Students placed at a post: chosen from a class, judged before anybody is asked, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from compliance.host_caps import caps_of
from compliance.placing import PlacingVerdict, judge_placing
from console.accounts.middleware import actor_of
from console.placements.choosing import Chosen, chosen_of
from console.placements.move_views import CONFLICT, REFUSED
from console.placements.terms_forms import OF_A_DRAFT, TermsForm
from internships.life.agreed import Agreed
from internships.life.content import OF_TERMS
from internships.life.placing import Placing, place_students, placed_before
from internships.life.refusals import LifeRefusal
from internships.life.verdicts import Reason
from internships.models import PayBasis, PlacementKind, Stage
from people.access.masking import shown_name
from people.actors import Actor
from people.models import LearnerIdentity
from people.roles import Role

MOST_AT_ONCE = 100


class SendForm(forms.Form):
    """Which form it is, whether the drafts go to the host at once, and that warnings were seen."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    offered = forms.BooleanField(label=gettext_lazy("起草后直接提交给企业"), required=False)
    sure = forms.BooleanField(
        label=gettext_lazy("我已看过上面的提醒，仍然这样安排"), required=False
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A student, by name, and what stands against placing them so."""

    name: str
    number: str
    said: list[str]
    barred: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def place(request: HttpRequest) -> HttpResponse:
    """Place students of the own school: `check` says what stands against it, `place` drafts all.

    403 for who coordinates no school; 422 where a student cannot be placed so: nothing is written.
    """
    actor = actor_of(request)
    if Role.SCHOOL_COORDINATOR not in actor.roles:
        raise PermissionDenied
    chosen = chosen_of(actor, request.GET)
    if request.method != "POST":
        return placing_page(request, actor, chosen, terms=blank(actor, chosen), send=first_send())
    terms = TermsForm(request.POST, **asked_of(actor, chosen))
    send = SendForm(request.POST, auto_id="send-%s")
    learners = ticked(actor, request.POST.getlist("learner"))
    if not learners:
        send.add_error(None, _("请先勾选要安排的学生"))
    elif len(learners) > MOST_AT_ONCE:
        send.add_error(None, _("一次最多安排 %(most)s 名学生") % {"most": MOST_AT_ONCE})
    if not (terms.is_valid() and send.is_valid()):
        return placing_page(request, actor, chosen, terms=terms, send=send, status=REFUSED)
    return _judge_and_place(request, actor, chosen, terms, send, learners)


def _judge_and_place(
    request: HttpRequest,
    actor: Actor,
    chosen: Chosen,
    terms: TermsForm,
    send: SendForm,
    learners: list[LearnerIdentity],
) -> HttpResponse:
    placing, at = placing_of(terms), timezone.now()
    try:
        if request.POST.get("action") == "place":
            made = _place(learners, placing, send, actor=actor, at=at)
            if made is not None:
                said = ngettext("已安排 %(number)s 名学生", "已安排 %(number)s 名学生", made)
                messages.success(request, said % {"number": made})
                return redirect("placements-waiting")
    except LifeRefusal as refusal:
        send.add_error(None, str(refusal))
    judged = judge_placing(learners, placing, actor=actor, at=at)
    checked = request.POST.get("action") != "place"
    return placing_page(
        request,
        actor,
        chosen,
        terms=terms,
        send=send,
        judged=judged,
        learners=learners,
        status=200 if checked else REFUSED if judged.barred else CONFLICT,
    )


def _place(
    learners: list[LearnerIdentity],
    placing: Placing,
    send: SendForm,
    *,
    actor: Actor,
    at: Any,
) -> int | None:
    """How many were drafted; None where a reason stands that was not seen, with words of it."""
    asked = send.cleaned_data
    if done := placed_before(learners, placing, once=asked["once"]):
        return len(done)
    judged = judge_placing(learners, placing, actor=actor, at=at)
    if judged.barred:
        said = ngettext(
            "%(number)s 名学生不能这样安排，没有写入任何一名",
            "%(number)s 名学生不能这样安排，没有写入任何一名",
            len(judged.barred),
        )
        send.add_error(None, said % {"number": len(judged.barred)})
        return None
    if not judged.is_clean and not asked["sure"]:
        send.add_error(None, _("有需要留意的情形，请看过后勾选“仍然这样安排”"))
        return None
    made = place_students(
        learners, placing, once=asked["once"], actor=actor, at=at, offered=asked["offered"]
    )
    return len(made)


def placing_of(terms: TermsForm) -> Placing:
    """What the form says, as the service takes it."""
    said = terms.cleaned_data
    agreed = Agreed(**{name: said[name] for name in OF_TERMS})
    return Placing(said["kind"], said["starts_on"], said["ends_on"], agreed)


def asked_of(actor: Actor, chosen: Chosen) -> dict[str, Any]:
    """What the form of terms is made for."""
    return {
        "actor": actor,
        "names": OF_A_DRAFT,
        "host": chosen.host,
        "schools": actor.reach(Role.SCHOOL_COORDINATOR).ids,
    }


def blank(actor: Actor, chosen: Chosen) -> TermsForm:
    """The form before anything is typed."""
    initial = {
        "kind": PlacementKind.PRODUCTION,
        "stage": Stage.INDEPENDENT,
        "pay_basis": PayBasis.MONTHLY,
        "pay_day": 15,
        "daily_hours": 8,
    }
    return TermsForm(**asked_of(actor, chosen), initial=initial)


def first_send() -> SendForm:
    """The foot of a form that nobody sent yet."""
    return SendForm(initial={"once": uuid4()}, auto_id="send-%s")


def ticked(actor: Actor, numbers: Sequence[str]) -> list[LearnerIdentity]:
    """The students of the own schools that are ticked, in the order of their names."""
    keys = [int(number) for number in numbers if number.isascii() and number.isdigit()]
    own = LearnerIdentity.objects.visible_to(actor).filter(
        school__in=actor.reach(Role.SCHOOL_COORDINATOR).ids,
        pk__in=[key for key in keys if key < 2**63],
    )
    return list(own.select_related("school", "student").order_by("student_number", "pk"))


def placing_page(
    request: HttpRequest,
    actor: Actor,
    chosen: Chosen,
    *,
    terms: TermsForm,
    send: SendForm,
    judged: PlacingVerdict | None = None,
    learners: Sequence[LearnerIdentity] = (),
    status: int = 200,
) -> HttpResponse:
    """The choice of students and host, the form, and what was found of it."""
    context = {
        "chosen": chosen,
        "terms": terms,
        "send": send,
        "caps": caps_of(chosen.host, on=actor.on) if chosen.host else [],
        "ticked": {learner.pk for learner in ticked(actor, request.POST.getlist("learner"))}
        if request.method == "POST"
        else {learner.pk for learner in chosen.rows_named},
        "judged": judged,
        "found": found_of(judged, learners, actor) if judged else [],
        "of_host": [said_of(reason) for reason in judged.of_host] if judged else [],
        "number": len(learners),
    }
    return render(request, "console/placements/new.html", context, status=status)


def found_of(
    judged: PlacingVerdict, learners: Sequence[LearnerIdentity], actor: Actor
) -> list[Found]:
    """The students of whom something was found, those first who cannot be placed at all."""
    rows = []
    for learner in learners:
        said = [said_of(reason) for reason in judged.of_learners.get(learner.pk, ())]
        if learner.pk in judged.refused:
            said.insert(0, judged.refused[learner.pk])
        if said:
            name = shown_name(learner.name, actor=actor)
            rows.append(Found(name, learner.student_number, said, learner.pk in judged.barred))
    return sorted(rows, key=lambda row: not row.barred)


def said_of(reason: Reason) -> str:
    """A reason in one line: what is wrong, and what would cure it."""
    return f"{reason.sentence} {reason.cure}"
