"""What is done to many cases of the list at once: those ticked, or all that the filters find."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.cases.bulk import MOST_AT_ONCE, BulkOutcome, move_each
from compliance.cases.moves import acknowledge, assign
from compliance.cases.owners import HOLDING_ROLES
from compliance.cases.policies import DECIDING_ROLES, colleagues
from compliance.models import Alert, AlertStep, StepKind
from console.alerts.actions import PersonField
from people.actors import Actor
from people.roles import Role

ACKNOWLEDGE, ASSIGN = "acknowledge", "assign"
ASSIGNING_ROLES = DECIDING_ROLES | {Role.COMMISSION}
NAMED = 5
WORD = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What nobody meant who had not seen it.
NEWS = (StepKind.OPENED, StepKind.REOPENED, StepKind.WORSENED, StepKind.WAIVER_ENDED)


def may_bulk(actor: Actor) -> bool:
    """Whether the actor acts on cases at all; on which of them each case says."""
    return bool(actor.roles & HOLDING_ROLES)


class BulkForm(forms.Form):
    """The ticked rows, or all of them; what to do; and to whom, where it is given away."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    every = forms.BooleanField(required=False)
    action = forms.ChoiceField(
        choices=((ACKNOWLEDGE, ""), (ASSIGN, "")),
        error_messages={"required": gettext_lazy("请选择做什么")},
    )
    to = PersonField(label=gettext_lazy("指定给"), required=False)

    def __init__(
        self, sent: QueryDict | None = None, *, actor: Actor, seen: int = 0, total: int = 0
    ) -> None:
        super().__init__(sent, initial={"once": uuid4(), "seen": seen}, auto_id="bulk-%s")
        self.total = total
        self.ticked = set(sent.getlist("alert")) if sent else set()
        self.assigns = bool(actor.roles & ASSIGNING_ROLES)
        to = cast(PersonField, self.fields["to"])
        to.empty_label = _("指定给谁")
        to.queryset = colleagues(actor)

    def clean(self) -> dict[str, Any]:
        """Rows are chosen, and somebody to give them to where they are given away."""
        asked = super().clean() or {}
        if not asked.get("every") and not self.ticked:
            raise forms.ValidationError(_("请先勾选要处理的预警"))
        if (self.total if asked.get("every") else len(self.ticked)) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("一次最多处理 %(most)s 件，请先缩小筛选范围") % {"most": MOST_AT_ONCE}
            )
        if asked.get("action") == ASSIGN and "to" not in self.errors and not asked.get("to"):
            self.add_error("to", _("请选择指定给谁"))
        return asked | {"ticked": self.ticked}


def run_bulk(asked: dict[str, Any], rows: Any, *, actor: Actor, at: datetime) -> BulkOutcome:
    """Move each chosen case by itself: those ticked, or all of `rows` that the page had counted.

    Sent twice, it chooses the same cases again, and each finds that it was moved.
    """
    given = {"actor": actor, "at": at, "once": asked["once"]}
    if asked["action"] == ASSIGN:
        move = partial(assign, to=asked["to"], seen=asked["seen"], **given)
    else:
        move = partial(acknowledge, **given)
    return move_each(chosen(asked, rows, actor=actor), move)


def chosen(asked: dict[str, Any], rows: Any, *, actor: Actor) -> list[Alert]:
    """The cases that are meant, of those the actor sees; all of `rows` where `every` is ticked.

    What came in after the page was made is not meant, nor what lies past two hundred.
    """
    seen = Alert.objects.visible_to(actor)
    if not asked["every"]:
        return list(seen.filter(public_id__in=ids(asked["ticked"])).order_by("pk"))
    news = AlertStep.objects.unscoped(reason="cases that came in after the page was made").filter(
        kind__in=NEWS, pk__gt=asked["seen"] or 0
    )
    shown = rows.exclude(pk__in=news.values("alert")).order_by().values("pk")
    done = seen.filter(steps__once=asked["once"], steps__user=actor.user_id).values("pk")
    meant = seen.filter(Q(pk__in=shown) | Q(pk__in=done))
    return list(meant.order_by("pk")[:MOST_AT_ONCE])


def ids(ticked: set[str]) -> list[UUID]:
    """What is ticked, without what is no case's name at all."""
    return [UUID(word) for word in ticked if WORD.fullmatch(word)]


def said_of(outcome: BulkOutcome, *, asked: dict[str, Any]) -> list[tuple[int, str]]:
    """What came of it, for the head of the list: how many were done, how many not and why."""
    done = len(outcome.moved)
    said = [(messages.SUCCESS, _("已处理 %(done)s 件") % {"done": done})] if done else []
    for reason, alerts in outcome.refused.items():
        named = _("、").join(str(alert) for alert in alerts[:NAMED])
        more = _("等") if len(alerts) > NAMED else ""
        said.append(
            (
                messages.WARNING,
                _("%(number)s 件没有处理：%(reason)s（%(named)s%(more)s）")
                % {"number": len(alerts), "reason": reason, "named": named, "more": more},
            )
        )
    known = done + sum(len(alerts) for alerts in outcome.refused.values())
    if asked["every"]:
        return said or [(messages.WARNING, _("筛选条件下已没有预警，没有处理"))]
    if missing := len(asked["ticked"]) - known:
        gone = _("%(number)s 件没有处理：找不到，或者不属于您") % {"number": missing}
        said.append((messages.WARNING, gone))
    return said
