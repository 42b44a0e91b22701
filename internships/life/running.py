"""The verbs of a placement at work: activate, suspend, resume, end, settle, archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from internships.life import flow
from internships.life.approvals import standing_approvals, why_not_signed
from internships.life.policies import require_party
from internships.life.refusals import GateClosed, TransitionNotAllowed
from internships.life.steps import lock, put_on_record, record, require_state, words, words_needed
from internships.life.verdicts import GateWaiver, Verdict, require_open
from internships.models import AT_WORK_STATUSES, Gate, Placement, PlacementKind, PlacementState
from internships.models.moves import Party
from people.actors import Actor

ONE_A_DAY = "student_has_one_production_placement_a_day"


@transaction.atomic
def activate(
    placement: Placement,
    *,
    gate: Verdict,
    actor: Actor,
    at: datetime,
    waivers: Sequence[GateWaiver] = (),
) -> Placement:
    """Let a signed placement through the gate: approved while its first day lies ahead, else begun.

    An approved one begins by the same verb, judged again on that day. Raises GateClosed with every
    reason that stands, TransitionNotAllowed while somebody has not signed or when it is over.
    """
    held = lock(placement)
    ahead = held.starts_on > actor.on
    move = flow.APPROVE if ahead else flow.ACTIVATE
    party = require_party(actor, move, held)
    require_state(move, held)
    if held.last_on < actor.on:
        raise TransitionNotAllowed(_("结束日期已过，不能再开始"))
    _require_signed(held)
    waived = require_open(gate, held, waivers=waivers, actor=actor, at=at)
    require_alone(held)
    assert move.target is not None
    try:
        with transaction.atomic():
            step = record(
                held,
                move,
                to=move.target,
                actor=actor,
                at=at,
                party=party,
                detail={"judged_on": gate.judged_on.isoformat(), "waived": waived},
                values={"gate": Gate.PASSED},
            )
            check_now(ONE_A_DAY)
    except IntegrityError as error:
        raise elsewhere() from error
    put_on_record(held, step)
    return held


def _require_signed(placement: Placement) -> None:
    """Raise TransitionNotAllowed while what it says is not agreed and signed by all three.

    One that is approved was; and one that a file brought is judged by the file's agreement.
    """
    if placement.state != PlacementState.CONSENTED:
        return
    if why := why_not_signed(placement, standing_approvals(placement)):
        raise TransitionNotAllowed(why)


def require_alone(placement: Placement) -> None:
    """Raise TransitionNotAllowed where the student is at work elsewhere on one of the days."""
    if placement.kind != PlacementKind.PRODUCTION:
        return
    others = Placement.objects.production().filter(
        learner=placement.learner_id,
        status__in=AT_WORK_STATUSES,
        starts_on__lte=placement.last_on,
        last_on__gte=placement.starts_on,
    )
    if others.exclude(pk=placement.pk).exists():
        raise elsewhere()


def elsewhere() -> TransitionNotAllowed:
    """The refusal of a second 岗位实习 on the same day."""
    return TransitionNotAllowed(_("这名学生在这段时间已有别的岗位实习"))


def check_now(constraint: str) -> None:
    """Have the database judge a deferred constraint here, not at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {constraint} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {constraint} DEFERRED")


@transaction.atomic
def suspend(
    placement: Placement,
    *,
    message: str,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
) -> Placement:
    """Interrupt a running placement, saying why; cover and pay stay owed meanwhile."""
    held = lock(placement)
    side = require_party(actor, flow.SUSPEND, held, party)
    require_state(flow.SUSPEND, held)
    step = record(
        held,
        flow.SUSPEND,
        to=PlacementState.SUSPENDED,
        actor=actor,
        at=at,
        party=side,
        message=words_needed(message),
    )
    put_on_record(held, step)
    return held


@transaction.atomic
def resume(
    placement: Placement,
    *,
    gate: Verdict,
    actor: Actor,
    at: datetime,
    waivers: Sequence[GateWaiver] = (),
) -> Placement:
    """Go on with a suspended placement; it is judged again like one that starts."""
    held = lock(placement)
    party = require_party(actor, flow.RESUME, held)
    require_state(flow.RESUME, held)
    if held.last_on < actor.on:
        raise TransitionNotAllowed(_("结束日期已过，不能再恢复"))
    waived = require_open(gate, held, waivers=waivers, actor=actor, at=at)
    step = record(
        held,
        flow.RESUME,
        to=PlacementState.ACTIVE,
        actor=actor,
        at=at,
        party=party,
        detail={"judged_on": gate.judged_on.isoformat(), "waived": waived},
    )
    put_on_record(held, step)
    return held


@transaction.atomic
def end(
    placement: Placement,
    *,
    last_day: date,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    message: str = "",
) -> Placement:
    """End a running placement with `last_day`: completed on its planned last day, else early.

    An early end says in whose name and why. `last_day` is no later than the actor's day; student
    and guardian end as of that day, school and host may name the day that was the last.
    """
    held = lock(placement)
    side = require_party(actor, flow.END, held, party)
    require_state(flow.END, held)
    first = held.starts_on if side in (Party.SCHOOL, Party.ENTERPRISE) else actor.on
    completed = last_day == held.ends_on
    if not max(first, held.starts_on) <= last_day <= actor.on:
        raise TransitionNotAllowed(
            _("最后一天应在 %(first)s 至 %(last)s 之间")
            % {"first": max(first, held.starts_on), "last": actor.on}
        )
    if last_day > held.ends_on:
        raise TransitionNotAllowed(_("最后一天晚于约定的结束日期，请先变更结束日期"))
    step = record(
        held,
        flow.END,
        to=PlacementState.ENDED,
        actor=actor,
        at=at,
        party=side,
        message=words(message) if completed else words_needed(message),
        detail={"how": "completed" if completed else "early", "last_day": last_day.isoformat()},
        values={"ended_on": last_day},
    )
    put_on_record(held, step)
    return held


@transaction.atomic
def settle(placement: Placement, *, settlement: Verdict, actor: Actor, at: datetime) -> Placement:
    """Close the accounts of an ended placement: nothing is owed to the student any more.

    Raises GateClosed with every month that is not paid, or not due yet.
    """
    held = lock(placement)
    party = require_party(actor, flow.SETTLE, held)
    require_state(flow.SETTLE, held)
    try:
        require_open(settlement, held, waivers=(), actor=actor, at=at)
    except GateClosed as closed:
        raise GateClosed(
            _("还不能结清，共有 %(count)s 个原因") % {"count": len(closed.reasons)},
            closed.reasons,
        ) from closed
    step = record(held, flow.SETTLE, to=PlacementState.SETTLED, actor=actor, at=at, party=party)
    put_on_record(held, step)
    return held


@transaction.atomic
def archive(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """Put a settled placement away."""
    held = lock(placement)
    party = require_party(actor, flow.ARCHIVE, held)
    require_state(flow.ARCHIVE, held)
    step = record(held, flow.ARCHIVE, to=PlacementState.ARCHIVED, actor=actor, at=at, party=party)
    put_on_record(held, step)
    return held
