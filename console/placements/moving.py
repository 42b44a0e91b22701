"""What a page lets somebody do with a placement: the moves that are open, each with its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compliance.start_gate import settle_placement
from console.fields import day_field, words_field
from console.placements.changing import ProposeForm, agree_to, propose_change, turn_down_open
from console.placements.life_line import Given
from console.placements.move_forms import MoveForm
from internships.life import agreeing, drafting, flow, running
from internships.life.content import content_of, digest_of
from internships.life.flow import Move
from internships.life.policies import moves_open, parties_of
from internships.life.refusals import TransitionNotAllowed
from internships.life.steps import lock
from internships.models import Amendment, ApprovalKind, Party, Placement
from people.actors import Actor
from people.models import Mentor


class ReasonForm(MoveForm):
    message = words_field(_("理由"), unsaid=_("请写明理由"))


class AcceptForm(MoveForm):
    mentor: Any = forms.ModelChoiceField(
        label=_("企业师傅"), queryset=None, required=False, empty_label=_("以后再定")
    )
    message = words_field(_("留言（可不填）"), required=False)

    def prepare(self, placement: Placement, actor: Actor) -> None:
        terms = placement.terms.filter(period__contains=placement.starts_on).first()
        mentors = Mentor.objects.visible_to(actor).order_by("name", "pk")
        if terms is not None:
            mentors = mentors.filter(enterprise=terms.enterprise_id)
            self.initial["mentor"] = terms.mentor_id
        self.fields["mentor"].queryset = mentors  # type: ignore[attr-defined]


class AgreeForm(MoveForm):
    read = forms.BooleanField(
        label=_("我已看过上面的岗位、时间、报酬和工时"),
        error_messages={"required": _("请先看过内容，再打勾")},
    )


class PaperForm(MoveForm):
    read = forms.BooleanField(
        label=_("监护人签字的纸质知情同意书已收到，并已存档"),
        error_messages={"required": _("收到签字的纸质同意书后再登记")},
    )


class ReadChangeForm(MoveForm):
    read = forms.BooleanField(
        label=_("我已看过上面提出的变更"),
        error_messages={"required": _("请先看过内容，再打勾")},
    )


class EndForm(MoveForm):
    last_day = day_field(_("最后一天（含当天）"))
    message = words_field(_("理由（提前结束时必填）"), required=False)

    def prepare(self, placement: Placement, actor: Actor) -> None:
        last = min(placement.ends_on, actor.on)
        self.fields["last_day"].widget.attrs |= {
            "min": f"{placement.starts_on}",
            "max": f"{actor.on}",
        }
        self.initial["last_day"] = last


@transaction.atomic
def accept_with_mentor(
    placement: Placement,
    *,
    actor: Actor,
    at: datetime,
    mentor: Mentor | None = None,
    message: str = "",
) -> Placement:
    """The host names who looks after the student, and takes the student on: both or neither."""
    if mentor is not None:
        drafting.edit(
            placement,
            changes={"mentor": mentor},
            actor=actor,
            at=at,
            party=Party.ENTERPRISE,
        )
    return agreeing.accept(placement, actor=actor, at=at, message=message)


@dataclass(frozen=True, slots=True)
class MoveAction:
    """A move as a page offers it: its words, its form, whether it stands first, what does it.

    Who may make it, and from where, is what `flow` says of the move.
    """

    key: str
    move: Move
    name: Any
    send: Any
    done: Any
    form: type[MoveForm]
    service: Callable[..., Any]
    first: bool = False

    def run(
        self, placement: Placement, asked: Mapping[str, Any], *, actor: Actor, at: datetime
    ) -> None:
        """The one call; what the form asks for is what the service takes, by the same names.

        Raises TransitionNotAllowed where the placement says something else than was seen.
        """
        takes = signature(self.service).parameters
        sent = {name: value for name, value in asked.items() if name in takes}
        with transaction.atomic():
            require_as_seen(placement, asked.get("seen", ""))
            self.service(placement, actor=actor, at=at, **sent)


def require_as_seen(placement: Placement, seen: str) -> None:
    """Hold the placement; TransitionNotAllowed where it says something else than was seen."""
    if seen and seen != digest_of(content_of(lock(placement))):
        raise TransitionNotAllowed(_("内容在您看过之后变了，请看过现在的内容再决定"))


ACTIONS: dict[str, MoveAction] = {
    action.key: action
    for action in (
        MoveAction(
            "submit",
            flow.SUBMIT,
            _("提交给企业"),
            _("提交给企业"),
            _("已提交，等企业接收"),
            MoveForm,
            drafting.submit,
            first=True,
        ),
        MoveAction(
            "accept",
            flow.ACCEPT,
            _("接收"),
            _("接收这名学生"),
            _("已接收，等学生和监护人知情同意"),
            AcceptForm,
            accept_with_mentor,
            first=True,
        ),
        MoveAction(
            "consent",
            flow.CONSENT,
            _("知情同意"),
            _("我同意"),
            _("已记下同意"),
            AgreeForm,
            agreeing.consent,
            first=True,
        ),
        MoveAction(
            "decline",
            flow.DECLINE,
            _("不同意"),
            _("不同意这次安排"),
            _("已记下不同意，这次安排不再进行"),
            ReasonForm,
            agreeing.decline,
        ),
        MoveAction(
            "sign",
            flow.SIGN,
            _("签署三方协议"),
            _("签署"),
            _("已签署"),
            AgreeForm,
            agreeing.sign,
            first=True,
        ),
        MoveAction(
            "send-back",
            flow.SEND_BACK,
            _("退回修改"),
            _("退回学校修改"),
            _("已退回修改，之前的同意和签署全部作废"),
            ReasonForm,
            agreeing.send_back,
        ),
        MoveAction(
            "refuse",
            flow.REFUSE,
            _("不接收"),
            _("不接收这名学生"),
            _("已记下不接收"),
            ReasonForm,
            agreeing.refuse,
        ),
        MoveAction(
            "withdraw",
            flow.WITHDRAW,
            _("撤回"),
            _("撤回这次安排"),
            _("已撤回"),
            ReasonForm,
            drafting.withdraw,
        ),
        MoveAction(
            "suspend",
            flow.SUSPEND,
            _("暂停实习"),
            _("暂停"),
            _("已暂停，保险和报酬照旧"),
            ReasonForm,
            running.suspend,
        ),
        MoveAction(
            "end",
            flow.END,
            _("结束实习"),
            _("结束实习"),
            _("实习已结束"),
            EndForm,
            running.end,
        ),
        MoveAction(
            "agree",
            flow.AGREE,
            _("同意变更"),
            _("同意这份变更"),
            _("已同意，到生效那天起按新的内容"),
            ReadChangeForm,
            agree_to,
            first=True,
        ),
        MoveAction(
            "turn-down",
            flow.TURN_DOWN,
            _("不同意变更"),
            _("不按这份变更"),
            _("变更没有达成，内容不变"),
            ReasonForm,
            turn_down_open,
        ),
        MoveAction(
            "propose",
            flow.PROPOSE,
            _("提出变更"),
            _("提出变更"),
            _("已提出，等对方同意"),
            ProposeForm,
            propose_change,
        ),
        MoveAction(
            "settle",
            flow.SETTLE,
            _("结清"),
            _("结清"),
            _("已结清"),
            MoveForm,
            settle_placement,
            first=True,
        ),
        MoveAction(
            "archive",
            flow.ARCHIVE,
            _("归档"),
            _("归档"),
            _("已归档"),
            MoveForm,
            running.archive,
            first=True,
        ),
    )
}
PAPER = {
    "consent": (_("登记监护人纸质同意书"), _("登记")),
    "decline": (_("登记监护人不同意"), _("登记监护人不同意")),
}
WORD_OF_KEY = {"consent": ApprovalKind.CONSENT, "sign": ApprovalKind.SIGNATURE}
# Moves that change what somebody agreed or approved have a page of their own.
ON_OTHER_PAGES = (flow.EDIT, flow.APPROVE, flow.ACTIVATE, flow.RESUME)


@dataclass(frozen=True, slots=True)
class OfferedMove:
    """A move with its form, as a page offers it; open when something was refused in it."""

    action: MoveAction
    form: MoveForm
    name: Any
    send: Any

    @property
    def is_refused(self) -> bool:
        """Whether what was sent came back with a word of why."""
        return self.form.is_bound


@dataclass(frozen=True, slots=True)
class Open:
    """What is open to a reader: moves with forms, those that have a page, and whose sides it is."""

    offered: list[OfferedMove]
    elsewhere: frozenset[str]
    parties: frozenset[Party]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the moves with a form."""
        return frozenset(offer.action.key for offer in self.offered)


def open_to(
    placement: Placement,
    actor: Actor,
    now: Given | None,
    *,
    asked: Amendment | None = None,
    refused: tuple[str, MoveForm] | None = None,
) -> Open:
    """What the actor may do now; a form that was refused stays with what was typed.

    `asked` is the change that waits for an answer: while there is one no other is proposed.
    """
    found = dict(moves_open(placement, actor))
    rows = []
    for action in ACTIONS.values():
        for party in sorted(found.get(action.move, ())):
            if not _is_wanted(action, party, now) or not _answers(action, party, asked):
                continue
            offer = _offered(action, party, placement, actor)
            if refused and refused[0] == action.key and _same(refused[1], party):
                offer = OfferedMove(action, refused[1], offer.name, offer.send)
                refused = None
            rows.append(offer)
    if refused:
        action = ACTIONS[refused[0]]
        rows.insert(0, OfferedMove(action, refused[1], action.name, action.send))
    elsewhere = frozenset(move.name.value for move in ON_OTHER_PAGES if move in found)
    return Open(rows, elsewhere, _sides(found))


def _sides(found: Mapping[Move, frozenset[Party]]) -> frozenset[Party]:
    """The sides that the reader is on; a school that records a guardian's paper is no guardian."""
    named = frozenset(party for parties in found.values() for party in parties)
    return named - {Party.GUARDIAN} if Party.SCHOOL in named else named


def _is_wanted(action: MoveAction, party: Party, now: Given | None) -> bool:
    """Not what was given already: it stands and is not asked twice."""
    kind = WORD_OF_KEY.get(action.key)
    if kind is None or now is None:
        return True
    if kind == ApprovalKind.SIGNATURE and now.stale:
        return False
    return not now.has(kind, party)


def _answers(action: MoveAction, party: Party, asked: Amendment | None) -> bool:
    """The other side agrees to a change, either may turn it down; none is asked beside it."""
    if action.key == "propose":
        return asked is None
    if action.key == "agree":
        return asked is not None and party != asked.proposed_for
    return action.key != "turn-down" or asked is not None


def _offered(action: MoveAction, party: Party, placement: Placement, actor: Actor) -> OfferedMove:
    by_paper = _by_paper(action, party, placement, actor)
    name, send = PAPER[action.key] if by_paper else (action.name, action.send)
    form = PaperForm if by_paper and action.key == "consent" else action.form
    made = form(placement=placement, actor=actor, party=party, key=action.key)
    return OfferedMove(action, made, name, send)


def _by_paper(action: MoveAction, party: Party, placement: Placement, actor: Actor) -> bool:
    """Whether the guardian's word is recorded by the school for them."""
    if party != Party.GUARDIAN or action.key not in PAPER:
        return False
    return Party.SCHOOL in parties_of(actor, flow.SUBMIT, placement)


def _same(form: MoveForm, party: Party) -> bool:
    return form.data.get("party", "") in ("", party.value)
