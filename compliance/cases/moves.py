"""The verbs of people: acknowledge, assign, note, waive, end a waiver; each in one transaction.

Each locks its one case, asks the policy, checks, changes and writes the step. Several cases are
moved one after the other: a move that held many would wait for a judgement that waits for it.
`once` is the key of the form that asks: sent again, it finds its step and changes nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit import chain
from compliance.cases.alerts import Alert
from compliance.cases.flow import ACKNOWLEDGE, ASSIGN, END_WAIVER, NOTE, WAIVE, Move
from compliance.cases.history import AlertStep
from compliance.cases.owners import holders_at
from compliance.cases.policies import may_be_given
from compliance.cases.refusals import (
    NotPermitted,
    TransitionNotAllowed,
    WaiverRefused,
    WordsRefused,
)
from compliance.cases.settling import digest
from compliance.cases.telling import tell
from compliance.cases.words import MOST_CHARACTERS, AlertState, HolderLevel, StepKind
from law.legal_values import whole_on
from people.actors import Actor
from people.models import User


@transaction.atomic
def acknowledge(alert: Alert, *, actor: Actor, at: datetime, once: UUID | None = None) -> Alert:
    """Say that somebody is on it; done already by the same person, nothing is changed.

    Whoever says so has it: another than those nearest to the case is assigned it.

    Raises NotPermitted unless the actor may handle it, TransitionNotAllowed unless it stands, or
    when somebody else has said so.
    """
    held = _lock(alert)
    if _is_done(held, actor, once):
        return held
    _require(ACKNOWLEDGE, held, actor)
    if held.state == AlertState.ACKNOWLEDGED:
        if held.acknowledged_by_id != actor.user_id:
            raise TransitionNotAllowed(_("已有人确认跟进，没有再记；要换人跟进，请指定负责人"))
        return held
    _require_state(ACKNOWLEDGE, held)
    nearest = holders_at(HolderLevel.TEACHER, [held.pk], on=actor.on)[held.pk]
    taken = actor.user_id is not None and actor.user_id not in nearest
    return _moved(
        held,
        ACKNOWLEDGE,
        actor,
        at,
        once,
        assigned_to_id=actor.user_id if taken else held.assigned_to_id,
        state=AlertState.ACKNOWLEDGED,
        acknowledged_at=at,
        acknowledged_by_id=actor.user_id,
    )


@transaction.atomic
def assign(
    alert: Alert,
    *,
    to: User,
    actor: Actor,
    at: datetime,
    once: UUID | None = None,
    seen: int | None = None,
) -> Alert:
    """Give a standing case to somebody who could act on it; refused as `give` refuses."""
    held, step = give(alert, to=to, actor=actor, at=at, once=once, seen=seen)
    if step is not None:
        _put_on_record(held, step)
    return held


def give(
    alert: Alert,
    *,
    to: User,
    actor: Actor,
    at: datetime,
    once: UUID | None = None,
    seen: int | None = None,
) -> tuple[Alert, AlertStep | None]:
    """Give a case away within a command that writes its own event; the step, if any was needed.

    Raises NotPermitted unless the actor decides on it and `to` may handle it,
    TransitionNotAllowed unless it stands, or when somebody else gave it away after the step
    `seen`, the latest that the actor knew of.
    """
    held = _lock(alert)
    if _is_done(held, actor, once):
        return held, None
    _require(ASSIGN, held, actor)
    if not may_be_given(to, held, actor=actor):
        raise NotPermitted(_("%(name)s 不负责这件事，不能接手") % {"name": to.display_name})
    _require_state(ASSIGN, held)
    if held.assigned_to_id == to.pk:
        return held, None
    _require_unassigned_since(held, seen, actor)
    step = _change(held, ASSIGN, actor, at, once, assignee=to, assigned_to_id=to.pk)
    return held, step


@transaction.atomic
def add_note(
    alert: Alert, *, note: str, actor: Actor, at: datetime, once: UUID | None = None
) -> Alert:
    """Write down what was done or learnt, in whatever state it is.

    Raises WordsRefused for a note that is empty or longer than is kept.
    """
    held = _lock(alert)
    if _is_done(held, actor, once):
        return held
    _require(NOTE, held, actor)
    words = _words(note, none=_("请写明说明内容"))
    return _moved(held, NOTE, actor, at, once, note=words)


@transaction.atomic
def waive(
    alert: Alert,
    *,
    reason: str,
    until: date,
    actor: Actor,
    at: datetime,
    once: UUID | None = None,
) -> Alert:
    """Let a breach of HOST-07 to HOST-10 stand up to `until`, inclusive, for a stated reason.

    Raises WaiverRefused for another rule, or an end before the actor's day or past the law's
    longest; WordsRefused for a reason that is empty or too long; NotPermitted unless the actor
    decides on it.
    """
    held = _lock(alert)
    if _is_done(held, actor, once):
        return held
    _require(WAIVE, held, actor)
    if not held.is_waivable:
        raise WaiverRefused(_("这类预警不能豁免，只有 HOST-07 至 HOST-10 可以"))
    _require_state(WAIVE, held)
    words = _words(reason, none=_("请写明豁免理由"))
    last = last_day_of_waiver(actor.on)
    if not actor.on <= until <= last:
        raise WaiverRefused(
            _("豁免期限应在 %(first)s 至 %(last)s 之间") % {"first": actor.on, "last": last}
        )
    return _moved(
        held,
        WAIVE,
        actor,
        at,
        once,
        note=words,
        state=AlertState.WAIVED,
        waived_until=until,
        waive_reason=words,
        waived_by_id=actor.user_id,
    )


def last_day_of_waiver(on: date) -> date:
    """The latest day up to which a waiver given on the day may hold."""
    return on + timedelta(days=whole_on("alert_longest_waiver_days", on))


@transaction.atomic
def end_waiver(alert: Alert, *, actor: Actor, at: datetime, once: UUID | None = None) -> Alert:
    """Take a waiver back: the case is open again, its deadlines count from the actor's day."""
    held = _lock(alert)
    if _is_done(held, actor, once):
        return held
    _require(END_WAIVER, held, actor)
    _require_state(END_WAIVER, held)
    return _moved(
        held,
        END_WAIVER,
        actor,
        at,
        once,
        state=AlertState.OPEN,
        deadlines_from=actor.on,
        opened_at=at,
        acknowledged_at=None,
        acknowledged_by_id=None,
        assigned_to_id=None,
        waived_until=None,
        waive_reason="",
        waived_by_id=None,
    )


def _lock(alert: Alert) -> Alert:
    return Alert.objects.select_for_update().get(pk=alert.pk)


def _is_done(alert: Alert, actor: Actor, once: UUID | None) -> bool:
    """Whether this very form of the actor's has moved the case; asked under the case's lock."""
    if once is None or actor.user_id is None:
        return False
    return AlertStep.objects.filter(alert=alert, once=once, user_id=actor.user_id).exists()


def _require(move: Move, alert: Alert, actor: Actor) -> None:
    if not move.may(actor, alert):
        raise NotPermitted(_("您不能对这条预警做这一操作"))


def _require_state(move: Move, alert: Alert) -> None:
    if alert.state not in move.sources:
        raise TransitionNotAllowed(
            _("这条预警现在是“%(state)s”，不能这样做") % {"state": alert.get_state_display()}
        )


def _words(text: str, *, none: str) -> str:
    """What was written, without the blanks around it."""
    words = text.strip()
    if not words:
        raise WordsRefused(none)
    if len(words) > MOST_CHARACTERS:
        raise WordsRefused(_("最多 %(most)s 个字，请写短些") % {"most": MOST_CHARACTERS})
    return words


def _require_unassigned_since(alert: Alert, seen: int | None, actor: Actor) -> None:
    if seen is None:
        return
    others = alert.steps.filter(kind=StepKind.ASSIGNED, pk__gt=seen).exclude(user=actor.user_id)
    if others.exists():
        raise TransitionNotAllowed(_("您打开页面之后，别人已给这条预警指定了负责人，请看过再决定"))


def _moved(
    alert: Alert, move: Move, actor: Actor, at: datetime, once: UUID | None, **given: Any
) -> Alert:
    """Change the case and write the event of it."""
    _put_on_record(alert, _change(alert, move, actor, at, once, **given))
    return alert


def _change(
    alert: Alert,
    move: Move,
    actor: Actor,
    at: datetime,
    once: UUID | None,
    *,
    note: str = "",
    assignee: User | None = None,
    **values: Any,
) -> AlertStep:
    """Set the columns and write the step, together."""
    for name, value in values.items():
        setattr(alert, name, value)
    if values:
        alert.save(update_fields=[name.removesuffix("_id") for name in values])
    step = AlertStep.objects.create(
        alert=alert,
        kind=move.step,
        state=alert.state,
        severity=alert.severity,
        on=actor.on,
        at=at,
        actor=str(actor),
        user_id=actor.user_id,
        assignee=assignee,
        note=note,
        once=once,
        facts_digest=_digest_of(alert),
    )
    tell([(step.pk, move.step)])
    return step


def _put_on_record(alert: Alert, step: AlertStep) -> None:
    """The event of the step, last; what was noted stays in the step, and is proven by a digest."""
    facts: dict[str, chain.Fact] = {
        "step": step.pk,
        "state": step.state,
        "said": chain.commitment(step.note, of="alert_step"),
    }
    if step.assignee_id is not None:
        facts["to"] = step.assignee_id
    chain.record(
        f"case.{step.kind}",
        subject=f"alert:{alert.public_id}",
        by=step.user_id,
        at=step.at,
        school=alert.school_id,
        facts=facts,
    )


def _digest_of(alert: Alert) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {digest('a')} FROM compliance_alert a WHERE a.id = %s",  # noqa: S608
            [alert.pk],
        )
        return str(cursor.fetchone()[0])
