"""Five lanes of cases: uninsured, unpaid, about to start unready, mine to act on, due soon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.models import Alert
from console.alerts.hands import HANDS
from console.alerts.listing import Row, in_order, told
from people.actors import Actor

SHOWN = 5
# key, name, what an empty lane says, look
LANES = (
    ("uninsured", _("无保险"), _("今天人人有保险。"), "bad"),
    ("unpaid", _("未发报酬"), _("没有拖欠的报酬。"), "bad"),
    ("starting", _("即将开始未就绪"), _("三十天内开始的实习都已就绪。"), "soon"),
    ("mine", _("等我处理"), _("没有指定给您的预警。"), "plain"),
    ("due", _("即将到期"), _("七天内没有到期的处理期限。"), "soon"),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its key in the list's address, its name, how many stand in it, and the first."""

    key: str
    name: Any
    empty: Any
    look: str
    total: int
    rows: list[Row]


def lanes(actor: Actor) -> list[Lane]:
    """The five lanes of what the actor sees."""
    # Who sees what is asked once: ten times over, it would be most of the page's time.
    standing = list(Alert.objects.visible_to(actor).standing().values_list("pk", flat=True))
    seen = Alert.objects.unscoped(reason="ids of cases the actor sees").filter(pk__in=standing)
    found = [(lane, HANDS[lane[0]](seen, actor)) for lane in LANES]
    return [_lane(*lane, rows, actor) for lane, rows in found]


def _lane(key: str, name: Any, empty: Any, look: str, rows: Any, actor: Actor) -> Lane:
    first = list(in_order(rows)[:SHOWN])
    total = rows.order_by().count() if len(first) == SHOWN else len(first)
    return Lane(key, name, empty, look, total, told(first, actor))
