"""What a page lets somebody do with a case: the forms, and the move that each of them asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from compliance.cases import flow, moves
from compliance.cases.policies import may_hold
from compliance.cases.words import MOST_CHARACTERS
from compliance.models import Alert, AlertState, AlertStep
from people.actors import Actor


class PersonField(forms.ModelChoiceField):
    """One of some users, named by what nobody can guess."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=None,
            to_field_name="public_id",
            empty_label=_("请选择"),
            error_messages={
                "required": _("请选择指定给谁"),
                "invalid_choice": _("这个人现在不能接手，请在名单里另选一位"),
            },
            **options,
        )

    def to_python(self, value: Any) -> Any:
        """The user of that public id, among those offered; what is no id at all is none of them."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from error

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.display_name)


class CaseForm(forms.Form):
    """A form about a case: `once` names this form, `seen` the latest step it was made after."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, sent: QueryDict | None = None, *, alert: Alert, actor: Actor, seen: int = 0
    ) -> None:
        super().__init__(sent, initial={"once": uuid4(), "seen": seen}, auto_id=self.id_format())
        self.prepare(alert, actor)

    @classmethod
    def id_format(cls) -> str:
        """Ids that differ from form to form of a page."""
        return f"{cls.__name__.lower()}-%s"

    def prepare(self, alert: Alert, actor: Actor) -> None:
        """Offer what this case and this actor allow."""


class NoteForm(CaseForm):
    note = forms.CharField(
        label=_("做了什么、了解到什么"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明说明内容")},
    )


class AssignForm(CaseForm):
    to = PersonField(label=_("指定给"))

    def prepare(self, alert: Alert, actor: Actor) -> None:
        self.fields["to"].queryset = may_hold(alert, actor=actor)  # type: ignore[attr-defined]


class WaiveForm(CaseForm):
    reason = forms.CharField(
        label=_("豁免理由"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明豁免理由")},
    )
    until = forms.DateField(
        label=_("豁免到哪天（含当天）"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("请写明豁免到哪天"),
            "invalid": _("日期写成 2026-11-24 这样"),
        },
    )

    def prepare(self, alert: Alert, actor: Actor) -> None:
        until = self.fields["until"]
        last = moves.last_day_of_waiver(actor.on)
        until.help_text = _("最长到 %(last)s") % {"last": last}
        until.widget.attrs |= {"min": f"{actor.on}", "max": f"{last}"}
        if alert.state == AlertState.WAIVED:
            self.initial.update(reason=alert.waive_reason, until=alert.waived_until)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its name, its form and the word on its button, what says that it is done.

    Who may do it and when is what `flow` says of the move; `service` does it.
    """

    key: str
    name: Any
    send: Any
    done: Any
    form: type[CaseForm]
    move: flow.Move
    service: Callable[..., Alert]

    def run(self, alert: Alert, asked: Mapping[str, Any], *, actor: Actor, at: datetime) -> Alert:
        """The one call; what the form asks for is what the service takes, by the same names."""
        takes = signature(self.service).parameters
        given = {name: value for name, value in asked.items() if name in takes}
        return self.service(alert, actor=actor, at=at, **given)


ACTIONS: dict[str, Action] = {
    action.key: action
    for action in (
        Action(
            "acknowledge",
            _("确认，由我跟进"),
            _("确认，由我跟进"),
            _("已确认，记在经过里"),
            CaseForm,
            flow.ACKNOWLEDGE,
            moves.acknowledge,
        ),
        Action(
            "note",
            _("添加说明"),
            _("记下说明"),
            _("说明已记下"),
            NoteForm,
            flow.NOTE,
            moves.add_note,
        ),
        Action(
            "assign",
            _("指定负责人"),
            _("交给这位"),
            _("已指定负责人"),
            AssignForm,
            flow.ASSIGN,
            moves.assign,
        ),
        Action(
            "waive",
            _("豁免"),
            _("准予豁免"),
            _("已豁免，到期自动恢复"),
            WaiveForm,
            flow.WAIVE,
            moves.waive,
        ),
        Action(
            "end-waiver",
            _("终止豁免"),
            _("终止豁免"),
            _("豁免已终止，预警重新待处理"),
            CaseForm,
            flow.END_WAIVER,
            moves.end_waiver,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Offered:
    """An action as the page offers it, with its form; open when something was refused in it."""

    action: Action
    form: CaseForm

    @property
    def is_refused(self) -> bool:
        """Whether what was sent came back with a word of why."""
        return self.form.is_bound


def offered(
    alert: Alert, actor: Actor, *, seen: int, refused: tuple[str, CaseForm] | None = None
) -> list[Offered]:
    """What the actor may do now, in order; a form that was refused stays with what was typed."""
    asked: dict[Any, bool] = {}
    rows = []
    for action in ACTIONS.values():
        if refused and refused[0] == action.key:
            rows.append(Offered(action, refused[1]))
            continue
        move = action.move
        if not move.is_open(alert):
            continue
        if move.may not in asked:
            asked[move.may] = move.may(actor, alert)
        if asked[move.may]:
            rows.append(Offered(action, action.form(alert=alert, actor=actor, seen=seen)))
    return rows


def latest_step() -> int:
    """The number of the latest step of any case, which tells nothing of it; 0 before the first."""
    steps = AlertStep.objects.unscoped(reason="a number, so that later steps can be told")
    return steps.order_by("-pk").values_list("pk", flat=True).first() or 0
