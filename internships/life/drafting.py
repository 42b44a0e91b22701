"""The school's verbs: draft, edit, submit, withdraw; and what calls a placement off by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import uuid6
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext as _

from internships.hosts.freezing import require_open_host
from internships.hosts.keeping import require_papers
from internships.life import flow
from internships.life.agreed import Agreed, check_placement, check_terms
from internships.life.approvals import (
    agreed_state,
    cleared,
    named,
    standing_approvals,
    touched_by,
    void,
)
from internships.life.content import OF_PLACEMENT, OF_TERMS, first_terms
from internships.life.policies import require_party
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.life.steps import lock, put_on_record, record, require_state, words, words_needed
from internships.models import Arrangement, Placement, PlacementKind, PlacementState, Terms
from internships.models.life import Approval, PlacementStep
from internships.models.moves import ApprovalKind, Party, PlacementMove
from people.actors import Actor, ActorKind
from people.models import LearnerIdentity
from people.roles import Role

# Prepared and left alone for so long, a placement is called off; one whose first day has passed
# cannot get a consent in time any more.
STALE_DAYS = 60

RECORDED = ("safety_trained_on",)
# Who may change what: the host names its own mentor, everything else is the school's to change.
EDITABLE: dict[Party, frozenset[str]] = {
    Party.SCHOOL: frozenset((*OF_PLACEMENT, *OF_TERMS, *RECORDED)) - {"learner"},
    Party.ENTERPRISE: frozenset({"mentor"}),
}


@transaction.atomic
def draft_placement(
    *,
    learner: LearnerIdentity,
    kind: str,
    starts_on: date,
    ends_on: date,
    agreed: Agreed,
    actor: Actor,
    at: datetime,
    arrangement: str = Arrangement.SCHOOL,
    instead_of: Placement | None = None,
    follows: Placement | None = None,
    code: str = "",
) -> Placement:
    """Draft a placement of a student, from `starts_on` to `ends_on`, both included.

    The school's coordinator drafts; the student does instead of a placement whose consent was
    declined (the self-choice route, Art. 9). `follows` is the placement it succeeds elsewhere.
    Raises NotPermitted, or TermsRefused for what contradicts itself.
    """
    party = _drafting_party(actor, learner, arrangement, instead_of)
    for other in (instead_of, follows):
        if other is not None and other.learner_id != learner.pk:
            raise TermsRefused(_("前一个实习安排不是这名学生的"))
    require_open_host(agreed.post.enterprise_id, starts_on=starts_on, actor=actor)
    placement = Placement(
        code=code or f"{starts_on:%Y}-{uuid6.uuid7().hex}",
        school_id=learner.school_id,
        learner=learner,
        kind=kind,
        arrangement=arrangement,
        starts_on=starts_on,
        ends_on=ends_on,
        instead_of=instead_of,
        follows=follows,
    )
    check_placement(placement)
    columns = agreed.columns()
    check_terms(columns, school_id=learner.school_id)
    placement.save()
    Terms.objects.create(placement=placement, school_id=learner.school_id, **columns)
    step = record(
        placement,
        flow.DRAFT,
        to=PlacementState.DRAFT,
        actor=actor,
        at=at,
        party=party,
        created=True,
    )
    put_on_record(placement, step)
    return placement


def _drafting_party(
    actor: Actor, learner: LearnerIdentity, arrangement: str, instead_of: Placement | None
) -> Party:
    """The school, or the student who may choose; NotPermitted for everybody else."""
    if actor.has(Role.SCHOOL_COORDINATOR, learner.school_id):
        return Party.SCHOOL
    own = actor.has(Role.STUDENT, learner.student_id)
    if not own or arrangement != Arrangement.SELF_CHOSEN:
        raise NotPermitted(_("您不能为这名学生安排实习"))
    if instead_of is None or not self_choice_is_open(instead_of):
        raise NotPermitted(_("不同意学校安排的实习后，才能自主选择实习单位（第九条）"))
    return Party.STUDENT


def self_choice_is_open(placement: Placement) -> bool:
    """Whether the student may choose a host instead: a 岗位实习 to which consent was declined."""
    return Placement.objects.filter(
        pk=placement.pk,
        kind=PlacementKind.PRODUCTION,
        state=PlacementState.REFUSED,
        steps__move=PlacementMove.DECLINE,
    ).exists()


@transaction.atomic
def edit(
    placement: Placement,
    *,
    changes: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    message: str = "",
) -> tuple[Placement, list[str]]:
    """Change what a placement says before it is approved; returns it and the approvals voided.

    An approval is voided when it is of a term that changes, and the placement goes back to where
    those that are left allow. Nothing changed, nothing is written.
    """
    held = lock(placement)
    side = require_party(actor, flow.EDIT, held, party)
    require_state(flow.EDIT, held)
    if set(changes) - EDITABLE[side]:
        raise NotPermitted(_("这些内容不由您这一方修改"))
    terms = first_terms(held)
    changed = _change(held, terms, changes)
    if not changed:
        return held, []
    check_placement(held)
    check_terms({name: getattr(terms, name) for name in OF_TERMS}, school_id=held.school_id)
    held.save()
    terms.enterprise_id = terms.post.enterprise_id
    if "post" in changed:
        require_open_host(terms.enterprise_id, starts_on=held.starts_on, actor=actor)
    terms.save()
    touched = touched_by(held, changed)
    step = record(
        held,
        flow.EDIT,
        to=state_without(held, touched),
        actor=actor,
        at=at,
        party=side,
        message=words(message),
        detail={"changed": changed, "voided": named(touched)},
        values=cleared(touched),
    )
    void(held, touched, step=step)
    put_on_record(held, step)
    return held, named(touched)


def _change(placement: Placement, terms: Terms, changes: Mapping[str, Any]) -> list[str]:
    """Set the values; the names of those that were others, sorted."""
    changed = []
    for name, value in changes.items():
        row: Any = terms if name in OF_TERMS else placement
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    elsewhere = terms.mentor is not None and terms.mentor.enterprise_id != terms.post.enterprise_id
    if "post" in changed and "mentor" not in changes and elsewhere:
        terms.mentor = None
        changed.append("mentor")
    return sorted(changed)


def state_without(placement: Placement, touched: list[Approval]) -> PlacementState:
    """Where the placement is when these approvals are gone; a draft stays one."""
    if placement.state == PlacementState.DRAFT:
        return PlacementState.DRAFT
    gone = {(ApprovalKind(row.kind), Party(row.party)) for row in touched}
    return agreed_state(placement, standing_approvals(placement) - gone)


@transaction.atomic
def submit(placement: Placement, *, actor: Actor, at: datetime, message: str = "") -> Placement:
    """Offer a draft to its host; TransitionNotAllowed when its last day has passed."""
    held = lock(placement)
    party = require_party(actor, flow.SUBMIT, held)
    require_state(flow.SUBMIT, held)
    if held.last_on < actor.on:
        raise TransitionNotAllowed(_("结束日期已过，请先修改日期"))
    host = first_terms(held).enterprise_id
    require_open_host(host, starts_on=held.starts_on, actor=actor)
    require_papers(held.school_id, host, on=actor.on)
    step = record(
        held,
        flow.SUBMIT,
        to=PlacementState.SUBMITTED,
        actor=actor,
        at=at,
        party=party,
        message=words(message),
    )
    put_on_record(held, step)
    return held


@transaction.atomic
def withdraw(placement: Placement, *, message: str, actor: Actor, at: datetime) -> Placement:
    """Call a placement off that has not begun, saying why."""
    held = lock(placement)
    party = require_party(actor, flow.WITHDRAW, held)
    require_state(flow.WITHDRAW, held)
    step = record(
        held,
        flow.WITHDRAW,
        to=PlacementState.WITHDRAWN,
        actor=actor,
        at=at,
        party=party,
        message=words_needed(message),
    )
    put_on_record(held, step)
    return held


def stale(on: date) -> Any:
    """Placements in preparation that were begun here and cannot, or will not, come to anything."""
    steps = PlacementStep.objects.filter(placement=OuterRef("pk"))
    waiting = Placement.objects.filter(Exists(steps), state__in=flow.EXPIRE.sources)
    return (
        waiting.annotate(moved_on=Max("steps__on"))
        .filter(Q(starts_on__lt=on) | Q(moved_on__lt=on - timedelta(days=STALE_DAYS)))
        .order_by(F("pk"))
    )


def expire_stale(*, actor: Actor, at: datetime) -> list[int]:
    """Call off what is stale on the actor's day, each in its own transaction; their ids.

    Only the system does; what came by file and was never moved here is left to the file.
    """
    if actor.kind != ActorKind.SYSTEM:
        raise NotPermitted(_("只有系统按期限作废"))
    candidates = list(stale(actor.on).values_list("pk", flat=True))
    return [pk for pk in candidates if _expire(pk, actor=actor, at=at)]


@transaction.atomic
def _expire(pk: int, *, actor: Actor, at: datetime) -> bool:
    """Call one off, unless somebody moved it meanwhile."""
    held = Placement.objects.select_for_update(of=("self",)).get(pk=pk)
    if not stale(actor.on).filter(pk=pk).exists():
        return False
    step = record(held, flow.EXPIRE, to=PlacementState.EXPIRED, actor=actor, at=at)
    put_on_record(held, step)
    return True
