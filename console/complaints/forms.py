"""What the pages of complaints ask for."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from console.fields import day_field, words_field
from internships.models import ComplaintKind
from internships.models.complaints import LONGEST_COMPLAINT


class PlacementField(forms.ModelChoiceField):
    """One of the actor's own placements, said by its host's days."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.starts_on} — {obj.last_on} · {obj.get_kind_display()} · {obj.code}"


class ComplaintForm(forms.Form):
    """What happened, where; `once` names this form, so that it is sent once."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    placement = PlacementField(
        label=_("哪次实习"),
        queryset=None,
        empty_label=None,
        error_messages={
            "required": _("请选择实习安排"),
            "invalid_choice": _("没有这个实习安排"),
        },
    )
    kind = forms.ChoiceField(
        label=_("什么问题"), choices=ComplaintKind.choices, error_messages={"required": _("请选择")}
    )
    words = words_field(_("发生了什么"), most=LONGEST_COMPLAINT, rows=6)
    happened_on = day_field(_("发生日期（可不填）"), required=False)
    amount = forms.DecimalField(
        label=_("涉及金额，元（可不填）"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    against_school = forms.BooleanField(label=_("问题涉及学校或老师，只交给区教委"), required=False)

    def __init__(self, sent: Any = None, *, placements: Any) -> None:
        super().__init__(sent, initial={"once": uuid4()})
        self.fields["placement"].queryset = placements  # type: ignore[attr-defined]


class LookIntoForm(forms.Form):
    words = words_field(_("已做的事（学生能看到，可不填）"), required=False, most=LONGEST_COMPLAINT)


class AnswerForm(forms.Form):
    words = words_field(_("答复学生"), most=LONGEST_COMPLAINT, rows=5)


class CloseForm(forms.Form):
    words = words_field(_("办结理由（学生能看到）"), most=LONGEST_COMPLAINT)
