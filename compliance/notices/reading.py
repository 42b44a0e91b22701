"""What the bell and the page ask of somebody's notices, and marking them as read."""

from __future__ import annotations

from datetime import datetime

from compliance.notices.rows import Notice, NoticeQuerySet
from people.actors import Actor
from people.roles import Role

# Roles that hold cases, and so are told of them.
TOLD_ROLES = frozenset({Role.SCHOOL_TEACHER, Role.SCHOOL_COORDINATOR, Role.COMMISSION})


def is_told(actor: Actor) -> bool:
    """Whether the actor holds a role that cases are told to."""
    return bool(actor.roles & TOLD_ROLES)


def mark_read(
    *, actor: Actor, at: datetime, notice_id: int | None = None, rule: str = "", up_to: int = 0
) -> int:
    """Mark the actor's own unread notices as read; how many.

    One of them, or those of a rule, or all; `up_to` leaves alone those with a higher id, which
    came after the actor looked.
    """
    rows: NoticeQuerySet = Notice.objects.visible_to(actor).filter(read_at__isnull=True)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    if rule:
        rows = rows.filter(alert__rule=rule)
    if up_to:
        rows = rows.filter(pk__lte=up_to)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return Notice.objects.filter(pk__in=ids, read_at__isnull=True).update(read_at=at)
