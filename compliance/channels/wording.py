"""What a delivery says: numbers, names of rules and a link, and nobody's data."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.reveal import reveal
from compliance.channels.letters import Letter
from compliance.channels.rows import Delivery
from compliance.channels.wanted import WANTED, ChannelName
from compliance.findings import URGENT
from compliance.notices.rows import Digest, Notice
from compliance.registry import all_rules
from people.actors import actor_for
from people.models import User

LANGUAGE = "zh-hans"
BY, REASON = "system:deliveries", "向本人发送预警通知"
GONE, NO_ADDRESS = "the account is closed or has no role", "no address"
NOTHING_LEFT = "nothing is unread that may be seen"


def moot(delivery: Delivery, *, on: date) -> str:
    """Why the delivery is not to be sent any more; empty when it is. What was tried is finished."""
    user = delivery.recipient
    actor = actor_for(user, on=on)
    if not actor.roles:
        return GONE
    column = WANTED[delivery.channel].column
    if column and not getattr(user, column):
        return NO_ADDRESS
    if delivery.notices and delivery.attempts == 0:
        unread = Notice.objects.visible_to(actor).unread().filter(pk__in=delivery.notices)
        return "" if unread.exists() else NOTHING_LEFT
    return ""


def letter_of(delivery: Delivery, *, at: datetime) -> Letter:
    """The letter of a delivery, the same at each try but for the moment; reads the address.

    Call it in the transaction of the claim, which the record of the reading shares.
    """
    with override(LANGUAGE):
        digest = delivery.digest
        cases, urgent, said, lines = _of_notices(delivery) if digest is None else _of_digest(digest)
        link = settings.SITE_URL.rstrip("/") + ("/notices" if digest is None else "/today")
        return Letter(
            key=str(delivery.public_id),
            kind="notices" if digest is None else "digest",
            recipient=str(delivery.recipient.public_id),
            text=_("双元：%(said)s，请登录查看 %(link)s") % {"said": said, "link": link},
            link=link,
            cases=cases,
            urgent=urgent,
            at=at,
            address=address_of(delivery.recipient, delivery.channel, at=at),
            lines=lines,
        )


def address_of(user: User, channel: str, *, at: datetime) -> str:
    """Where the channel reaches the user, read for that and recorded; empty where it needs none."""
    if not WANTED[channel].column:
        return ""
    value = user.email if channel == ChannelName.MAIL else user.phone
    if value is None:
        return ""
    (address,) = reveal([value], by=BY, reason=REASON, at=at)
    return address


def _of_notices(delivery: Delivery) -> tuple[int, int, str, tuple[str, ...]]:
    cases = len(delivery.notices)
    urgent = Notice.objects.filter(pk__in=delivery.notices, step__severity__in=URGENT).count()
    if urgent == cases:
        said = _("您有 %(cases)s 条新的红色预警") % {"cases": cases}
    elif urgent:
        said = _("您有 %(cases)s 条新的预警，其中红色 %(urgent)s 条") % {
            "cases": cases,
            "urgent": urgent,
        }
    else:
        said = _("您有 %(cases)s 条新的预警") % {"cases": cases}
    return cases, urgent, said, ()


def _of_digest(digest: Digest) -> tuple[int, int, str, tuple[str, ...]]:
    numbers = {what: digest.total(what) for what in ("standing", "new", "overdue")}
    rules = [rule for rule in all_rules() if rule.id in digest.counts]
    urgent = sum(digest.counts[rule.id]["standing"] for rule in rules if rule.severity in URGENT)
    said = _("今日待处理预警 %(standing)s 条（新增 %(new)s，逾期 %(overdue)s）") % numbers
    base = settings.SITE_URL.rstrip("/")
    lines = tuple(
        _("%(title)s：%(standing)s 条（新增 %(new)s，逾期 %(overdue)s） %(link)s")
        % {
            "title": rule.title,
            "link": f"{base}/alerts?rule={rule.id}&hand=mine",
            **digest.counts[rule.id],
        }
        for rule in rules
    )
    return numbers["standing"], urgent, said, lines
