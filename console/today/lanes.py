"""Five lanes of cases: uninsured, unpaid, about to start unready, mine to act on, due soon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window
from django.utils.translation import gettext_lazy as _

from compliance.models import Alert
from console.alerts.hands import HANDS
from console.alerts.listing import Row, in_order, told
from people.actors import Actor
from people.roles import Role

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
    seen = _seen(actor)
    firsts = {lane[0]: _first(HANDS[lane[0]](seen, actor)) for lane in LANES}
    keys = [key for first in firsts.values() for key, _total in first]
    alerts = in_order(seen.filter(pk__in=keys))
    rows = {row.alert.pk: row for row in told(alerts, actor)}
    return [
        Lane(
            *lane,
            total=firsts[lane[0]][0][1] if firsts[lane[0]] else 0,
            rows=[rows[key] for key, _total in firsts[lane[0]] if key in rows],
        )
        for lane in LANES
    ]


def _seen(actor: Actor) -> Any:
    """The standing cases that the actor sees, asked once: by each lane anew, it would be most of
    the page's time. The commission, who sees all, has nothing to ask."""
    seen = Alert.objects.visible_to(actor).standing()
    if actor.has(Role.COMMISSION):
        return seen
    keys = list(seen.values_list("pk", flat=True))
    return Alert.objects.unscoped(reason="ids of cases the actor sees").filter(pk__in=keys)


def _first(rows: Any) -> list[tuple[int, int]]:
    """The keys of the first rows of a lane, each with the number of all."""
    all_of_them = Window(Count("pk"))
    ranked = in_order(rows).select_related(None).annotate(total=all_of_them)
    return list(ranked.values_list("pk", "total")[:SHOWN])
