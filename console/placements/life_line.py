"""Where a placement stands: its line of steps, what waits for whom, and what happened so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.life.approvals import (
    agreed_state,
    consents_needed,
    signatures_missing,
    standing_approvals,
)
from internships.models import (
    Amendment,
    ApprovalKind,
    Party,
    Placement,
    PlacementMove,
    PlacementState,
    PlacementStep,
)
from people.access.masking import shown_name
from people.actors import Actor

# The line that a placement goes along; "signed" is a station of people, no state of its own.
STATIONS = (
    ("draft", gettext_lazy("草稿")),
    ("submitted", gettext_lazy("已提交")),
    ("accepted", gettext_lazy("企业已接收")),
    ("consented", gettext_lazy("已知情同意")),
    ("signed", gettext_lazy("三方已签")),
    ("approved", gettext_lazy("已批准")),
    ("active", gettext_lazy("实习中")),
    ("ended", gettext_lazy("已结束")),
    ("settled", gettext_lazy("已结清")),
    ("archived", gettext_lazy("已归档")),
)
NAMES = tuple(name for name, _label in STATIONS)
PREPARING = (
    PlacementState.DRAFT,
    PlacementState.SUBMITTED,
    PlacementState.ACCEPTED,
    PlacementState.CONSENTED,
)
CALLED_OFF = (PlacementState.WITHDRAWN, PlacementState.EXPIRED, PlacementState.REFUSED)


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the line: behind, here or ahead."""

    label: Any
    look: str


@dataclass(frozen=True, slots=True)
class Wait:
    """What it waits for, and of whom; `party` is empty where only the day must come."""

    party: str
    said: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What was agreed to what the placement says now: the approvals that stand, asked once."""

    approvals: frozenset[tuple[ApprovalKind, Party]]
    unconsented: tuple[Party, ...]
    unsigned: tuple[Party, ...]
    stale: bool

    def has(self, kind: ApprovalKind, party: Party) -> bool:
        """Whether the party's word of that kind stands."""
        return (kind, party) in self.approvals


def given(placement: Placement) -> Given | None:
    """The approvals of a placement that is being prepared; None for any other."""
    if placement.state not in PREPARING:
        return None
    held = standing_approvals(placement)
    consents = {party for kind, party in held if kind == ApprovalKind.CONSENT}
    needed = consents_needed(placement)
    return Given(
        frozenset(held),
        tuple(party for party in Party if party in needed - consents),
        signatures_missing(held),
        placement.state == PlacementState.CONSENTED
        and agreed_state(placement, held) != PlacementState.CONSENTED,
    )


def stations(placement: Placement, steps: Iterable[PlacementStep], now: Given | None) -> list[Any]:
    """The line: what is behind it, where it is, what lies ahead; a called off one ends there."""
    state = placement.state
    if state in CALLED_OFF:
        last = [step for step in steps if step.to_state == state]
        reached = NAMES.index(last[-1].from_state) if last and last[-1].from_state in NAMES else 0
        behind = [Station(label, "done") for _name, label in STATIONS[: reached + 1]]
        return [*behind, Station(placement.get_state_display(), "here off")]
    here = NAMES.index(_station_of(placement, now))
    line = []
    for number, (_name, label) in enumerate(STATIONS):
        look = "done" if number < here else "here" if number == here else "ahead"
        suspended = number == here and state == PlacementState.SUSPENDED
        line.append(Station(placement.get_state_display() if suspended else label, look))
    return line


def _station_of(placement: Placement, now: Given | None) -> str:
    if placement.state == PlacementState.CONSENTED and now and not now.unsigned and not now.stale:
        return "signed"
    return "active" if placement.state == PlacementState.SUSPENDED else placement.state


def waits(
    placement: Placement,
    now: Given | None,
    amendment: Amendment | None,
    mine: frozenset[Party],
    on: date,
) -> list[Wait]:
    """What has to be done next and by whom; the reader's own marked."""
    found = _waits(placement, now, on)
    if amendment is not None:
        other = Party.SCHOOL if amendment.proposed_for == Party.ENTERPRISE else Party.ENTERPRISE
        found.append((other, _("对提出的变更表示同意或不同意")))
    return [Wait(str(who.label) if who else "", said, who in mine) for who, said in found]


def _waits(placement: Placement, now: Given | None, on: date) -> list[tuple[Party | None, str]]:
    state = placement.state
    if state == PlacementState.DRAFT:
        return [(Party.SCHOOL, _("填好内容，提交给企业"))]
    if state == PlacementState.SUBMITTED:
        return [(Party.ENTERPRISE, _("接收，或者说明理由退回"))]
    if now is not None and (state == PlacementState.ACCEPTED or now.stale):
        return [(party, _("看过内容，表示知情同意")) for party in now.unconsented]
    if now is not None and now.unsigned:
        return [(party, _("签署三方协议")) for party in now.unsigned]
    if state in (PlacementState.CONSENTED, PlacementState.APPROVED):
        return [_start(placement, on)]
    if state == PlacementState.SUSPENDED:
        return [(Party.SCHOOL, _("通过准入检查后恢复实习，或者结束实习"))]
    if state == PlacementState.ENDED:
        return [(Party.SCHOOL, _("报酬发清后结清"))]
    if state == PlacementState.SETTLED:
        return [(Party.SCHOOL, _("归档"))]
    return []


def _start(placement: Placement, on: date) -> tuple[Party | None, str]:
    if placement.state == PlacementState.APPROVED and placement.starts_on > on:
        return None, _("已批准，%(day)s 开始实习") % {"day": placement.starts_on}
    if placement.starts_on > on:
        return Party.SCHOOL, _("通过准入检查，批准实习")
    return Party.SCHOOL, _("通过准入检查，开始实习")


@dataclass(frozen=True, slots=True)
class Happened:
    """A step of the history, in words: what, in whose name, by whom, and what was said."""

    step: PlacementStep
    what: str
    who: str
    notes: tuple[str, ...]


def history(steps: Iterable[PlacementStep], actor: Actor) -> list[Happened]:
    """The steps as read; what people wrote is kept from who sees names masked."""
    return [_happened(step, actor) for step in steps]


def sent_back(
    placement: Placement, steps: Iterable[PlacementStep], actor: Actor
) -> Happened | None:
    """The step that sent a draft back, while nothing was done since; none for any other."""
    done = list(steps)
    if placement.state != PlacementState.DRAFT or not done:
        return None
    last = done[-1]
    return _happened(last, actor) if last.move == PlacementMove.SEND_BACK else None


def _happened(step: PlacementStep, actor: Actor) -> Happened:
    who = [step.get_party_display()] if step.party else []
    if step.user is not None:
        who.append(shown_name(step.user.display_name, actor=actor))
    elif not step.party:
        who.append(_("系统"))
    notes = []
    if step.message and not actor.sees_masked:
        notes.append(_("“%(said)s”") % {"said": step.message})
    detail = step.detail
    if detail.get("changed"):
        names = _("、").join(word_of(name) for name in detail["changed"])
        notes.append(_("改了：%(names)s") % {"names": names})
    if detail.get("voided"):
        names = _("、").join(approval_said(name) for name in detail["voided"])
        notes.append(_("因此作废：%(names)s") % {"names": names})
    if detail.get("last_day"):
        notes.append(_("最后一天：%(day)s") % {"day": detail["last_day"]})
    for waiver in detail.get("waived") or ():
        notes.append(_("豁免 %(rule)s 至 %(until)s") % waiver)
    return Happened(step, str(step.get_move_display()), _(" · ").join(who), tuple(notes))


def approval_said(name: str) -> str:
    """An approval that a step names, in words: the signature of the school."""
    kind, _space, party = name.partition(" ")
    return _("%(party)s的%(kind)s") % {
        "party": Party(party).label,
        "kind": ApprovalKind(kind).label,
    }


WORDS = {
    "learner": gettext_lazy("学生"),
    "kind": gettext_lazy("实习类型"),
    "arrangement": gettext_lazy("安排方式"),
    "starts_on": gettext_lazy("开始日期"),
    "ends_on": gettext_lazy("结束日期"),
    "post": gettext_lazy("岗位"),
    "teacher": gettext_lazy("校内导师"),
    "mentor": gettext_lazy("企业师傅"),
    "stage": gettext_lazy("阶段"),
    "pay_basis": gettext_lazy("计酬方式"),
    "agreed_pay": gettext_lazy("约定报酬"),
    "pay_day": gettext_lazy("支付日"),
    "daily_hours": gettext_lazy("每日工时"),
    "safety_trained_on": gettext_lazy("安全培训合格日期"),
}


def word_of(name: str) -> str:
    """What a field of the placement is called."""
    return str(WORDS.get(name, name))
