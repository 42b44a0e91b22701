"""A host that the commission keeps from taking students, over all schools, and lets again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from audit.chain import record
from internships.life.refusals import NotPermitted, TransitionNotAllowed
from internships.life.steps import words_needed
from internships.models import FreezeMove, HostFreeze
from people.actors import Actor
from people.models import Enterprise
from people.roles import Role


class HostFrozen(TransitionNotAllowed):
    """The commission keeps the host from taking students that day."""


@transaction.atomic
def freeze(
    enterprise: Enterprise, *, from_day: date, reason: str, actor: Actor, at: datetime
) -> HostFreeze:
    """Keep the host from taking students from `from_day` on; who is there already stays.

    Raises NotPermitted for anybody but the commission, TransitionNotAllowed when it is frozen
    already or the day has passed.
    """
    return _decide(FreezeMove.FREEZE, enterprise, from_day, reason, actor, at)


@transaction.atomic
def unfreeze(
    enterprise: Enterprise, *, from_day: date, reason: str, actor: Actor, at: datetime
) -> HostFreeze:
    """Let the host take students again from `from_day` on; refused where it is not frozen."""
    return _decide(FreezeMove.UNFREEZE, enterprise, from_day, reason, actor, at)


def _decide(
    move: FreezeMove,
    enterprise: Enterprise,
    from_day: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> HostFreeze:
    if not may_freeze(actor) or actor.user_id is None:
        raise NotPermitted(_("只有区教委可以暂停或恢复一家企业接收实习生"))
    said = words_needed(reason)
    # The start gate holds the same row: nobody starts there while it is being decided.
    held = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    last = last_decision(held.pk)
    if move not in moves_open(last):
        raise TransitionNotAllowed(
            _("这家企业已经暂停接收实习生")
            if move == FreezeMove.FREEZE
            else _("这家企业没有被暂停接收实习生")
        )
    first = max(actor.on, last.from_day) if last else actor.on
    if from_day < first:
        raise TransitionNotAllowed(_("生效日期不能早于 %(first)s") % {"first": first})
    decision = HostFreeze.objects.create(
        enterprise=held,
        move=move,
        from_day=from_day,
        reason=said,
        decided_by_id=actor.user_id,
        decided_on=actor.on,
        decided_at=at,
    )
    record(
        f"host.{move}",
        subject=f"enterprise:{held.credit_code}",
        by=actor.user_id,
        at=at,
        facts={"from_day": from_day.isoformat()},
    )
    return decision


def may_freeze(actor: Actor) -> bool:
    """Whether the actor decides which hosts take students."""
    return actor.has(Role.COMMISSION)


def last_decision(enterprise_id: int) -> HostFreeze | None:
    """The latest decision on the host, in force or ahead."""
    return HostFreeze.objects.filter(enterprise=enterprise_id).last()


def moves_open(last: HostFreeze | None) -> tuple[FreezeMove, ...]:
    """What may be decided next."""
    frozen = last is not None and last.move == FreezeMove.FREEZE
    return (FreezeMove.UNFREEZE,) if frozen else (FreezeMove.FREEZE,)


def freeze_of(enterprise_id: int, *, on: date) -> HostFreeze | None:
    """The freeze that is in force at the host on the day; None where it may take students."""
    last = HostFreeze.objects.filter(enterprise=enterprise_id, from_day__lte=on).last()
    return last if last is not None and last.move == FreezeMove.FREEZE else None


def frozen(enterprises: Any, *, on: date) -> Any:
    """Of `enterprises` those that are frozen on the day, `frozen_since` with each."""
    decisions = HostFreeze.objects.filter(enterprise=OuterRef("pk"), from_day__lte=on)
    latest = decisions.order_by("-from_day", "-pk")
    return enterprises.annotate(
        freeze_move=Subquery(latest.values("move")[:1]),
        frozen_since=Subquery(latest.values("from_day")[:1]),
        frozen_because=Subquery(latest.values("reason")[:1]),
    ).filter(freeze_move=FreezeMove.FREEZE)


def require_open_host(enterprise_id: int, *, starts_on: date, actor: Actor) -> None:
    """Raise HostFrozen where the host is frozen today or on the placement's first day.

    A student who looks for a host is not told why.
    """
    found = freeze_at_start(enterprise_id, on=actor.on, starts_on=starts_on)
    if found is None:
        return
    if actor.roles <= {Role.STUDENT, Role.GUARDIAN}:
        raise HostFrozen(_("这家企业目前不接收新的实习生"))
    raise HostFrozen(sentence_of(found))


def freeze_at_start(enterprise_id: int, *, on: date, starts_on: date) -> HostFreeze | None:
    """The freeze in force on `on`, or else on the first day."""
    now = freeze_of(enterprise_id, on=on)
    return now or freeze_of(enterprise_id, on=max(on, starts_on))


def sentence_of(found: HostFreeze) -> str:
    """Since when the host takes nobody, and why."""
    return _("区教委自 %(day)s 起暂停 %(host)s 接收实习生：%(reason)s") % {
        "day": found.from_day,
        "host": found.enterprise.name,
        "reason": found.reason,
    }
