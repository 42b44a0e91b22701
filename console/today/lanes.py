"""Five lanes of cases: uninsured, unpaid, about to start unready, mine to act on, due soon."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, Case, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from compliance.models import Alert
from console.alerts.hands import HANDS, needing
from console.alerts.listing import Row, in_order, told
from console.unjudged import Silence
from people.actors import Actor

SHOWN = 5
# How the list orders cases.
ORDER = ("rank", "begun", "pk")
# key, name, what an empty lane says, look
LANES = (
    ("uninsured", _("无保险"), _("今天人人有保险。"), "bad"),
    ("unpaid", _("未发报酬"), _("没有拖欠的报酬。"), "bad"),
    ("starting", _("即将开始未就绪"), _("三十天内开始的实习都已就绪。"), "soon"),
    ("mine", _("等我处理"), _("没有指定给您的预警。"), "plain"),
    ("due", _("即将到期"), _("七天内没有到期的处理期限。"), "soon"),
)
UNKNOWN = _("有规则还没有判过，不能说没有。")
KEYS = tuple(lane[0] for lane in LANES)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its key in the list's address, its name, how many stand in it, and the first."""

    key: str
    name: Any
    empty: Any
    look: str
    total: int
    rows: list[Row]


def lanes(actor: Actor, silent: Silence) -> list[Lane]:
    """The five lanes of what the actor sees; an empty one says nothing where rules are silent."""
    firsts, totals = _firsts(actor)
    keys = {key for first in firsts.values() for key in first}
    alerts = in_order(Alert.objects.visible_to(actor).filter(pk__in=keys))
    rows = {row.alert.pk: row for row in told(alerts, actor)}
    return [
        Lane(
            key,
            name,
            UNKNOWN if silent.of_lane(key) else empty,
            look,
            total=totals[key],
            rows=[rows[first] for first in firsts[key] if first in rows],
        )
        for key, name, empty, look in LANES
    ]


def _firsts(actor: Actor) -> tuple[dict[str, list[int]], dict[str, int]]:
    """The keys of the first rows of each lane, and how many stand in each.

    Who sees a case and whose it is are asked once of every standing case, for all lanes in one
    query; then each lane is numbered and counted.
    """
    cases = CTE(_marked(actor), materialized=True)
    numbered = {f"number_in_{key}": _number_in(key) for key in KEYS}
    counted = {f"total_in_{key}": Window(Count("pk", filter=Q(**{key: True}))) for key in KEYS}
    shown = Q()
    for name in numbered:
        shown |= Q(**{f"{name}__lte": SHOWN})
    ranked = with_cte(cases, select=cases.queryset().annotate(**numbered, **counted))
    found = list(ranked.filter(shown).values("pk", *numbered, *counted))
    firsts: dict[str, list[int]] = {}
    for key in KEYS:
        name = f"number_in_{key}"
        first = [row for row in found if row[name] is not None and row[name] <= SHOWN]
        firsts[key] = [row["pk"] for row in sorted(first, key=itemgetter(name))]
    totals = {key: found[0][f"total_in_{key}"] if found else 0 for key in KEYS}
    return firsts, totals


def _marked(actor: Actor) -> Any:
    """The standing cases that the actor sees, with where they come and which lanes they are in."""
    marks = {
        key: Case(
            When(HANDS[key](actor), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        for key in KEYS
    }
    seen = needing(Alert.objects.visible_to(actor), actor)
    return in_order(seen).select_related(None).order_by().annotate(**marks).values(*ORDER, *KEYS)


def _number_in(key: str) -> Case:
    """The place of a row in its lane, from 1; null for a row that is not in the lane."""
    place = Window(RowNumber(), partition_by=F(key), order_by=[F(name) for name in ORDER])
    return Case(When(**{key: True}, then=place), output_field=IntegerField())
