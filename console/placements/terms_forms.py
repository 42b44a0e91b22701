"""The fields of what is agreed about a placement, as forms ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from console.fields import day_field
from console.placements.life_line import WORDS
from internships.life.content import OF_TERMS
from internships.life.drafting import EDITABLE
from internships.models import (
    Arrangement,
    Party,
    PayBasis,
    Placement,
    PlacementKind,
    Post,
    Stage,
    Terms,
)
from people.actors import Actor
from people.models import Enterprise, Mentor, Teacher

NUMBER = {"invalid": _("请填数字，如 3800 或 3800.50")}


class PostField(forms.ModelChoiceField):
    """A post of the host that was chosen, with its wage standard."""

    def label_from_instance(self, obj: Any) -> str:
        return str(_("%(title)s（%(code)s）") % {"title": obj.title, "code": obj.code})


class TermsForm(forms.Form):
    """What is agreed: when, at which post, for how much, under whom; `names` are its fields."""

    kind = forms.ChoiceField(label=WORDS["kind"], choices=PlacementKind.choices)
    arrangement = forms.ChoiceField(label=WORDS["arrangement"], choices=Arrangement.choices)
    starts_on = day_field(_("第一天"))
    ends_on = day_field(_("最后一天（含当天）"))
    post: Any = PostField(
        label=WORDS["post"],
        queryset=None,
        empty_label=_("请选择"),
        error_messages={"required": _("请选择岗位"), "invalid_choice": _("请在这家企业的岗位里选")},
    )
    stage = forms.ChoiceField(label=WORDS["stage"], choices=Stage.choices)
    pay_basis = forms.ChoiceField(label=WORDS["pay_basis"], choices=PayBasis.choices)
    agreed_pay = forms.DecimalField(
        label=_("约定报酬（元）"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        error_messages=NUMBER,
    )
    pay_day = forms.IntegerField(
        label=_("次月几日支付"), min_value=1, max_value=28, error_messages=NUMBER
    )
    daily_hours = forms.DecimalField(
        label=_("每天工作几小时"),
        required=False,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        error_messages=NUMBER,
    )
    teacher: Any = forms.ModelChoiceField(
        label=WORDS["teacher"], queryset=None, required=False, empty_label=_("以后再定")
    )
    mentor: Any = forms.ModelChoiceField(
        label=WORDS["mentor"], queryset=None, required=False, empty_label=_("由企业指定")
    )
    safety_trained_on = day_field(WORDS["safety_trained_on"], required=False)

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        actor: Actor,
        names: frozenset[str],
        host: Enterprise | None,
        schools: Any,
        initial: Mapping[str, Any] | None = None,
        prefix: str = "terms",
    ) -> None:
        super().__init__(sent, initial=dict(initial or {}), auto_id=f"{prefix}-%s")
        for name in set(self.fields) - names:
            del self.fields[name]
        at_host = host.pk if host else None
        offered = {
            "post": Post.objects.visible_to(actor).filter(enterprise=at_host).order_by("title"),
            "teacher": Teacher.objects.visible_to(actor)
            .filter(school__in=schools)
            .order_by("name", "pk"),
            "mentor": Mentor.objects.visible_to(actor)
            .filter(enterprise=at_host)
            .order_by("name", "pk"),
        }
        for name, rows in offered.items():
            if name in self.fields:
                self.fields[name].queryset = rows.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and hours are more than none."""
        asked = super().clean() or {}
        first, last = asked.get("starts_on"), asked.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("结束日期早于开始日期"))
        hours = asked.get("daily_hours")
        if hours is not None and hours <= 0:
            self.add_error("daily_hours", _("每日工时应大于 0，不超过 24"))
        return asked


# What a form of a new placement asks for beside who it is.
OF_A_DRAFT = frozenset({"kind", "starts_on", "ends_on", *OF_TERMS})


def edit_form(
    placement: Placement,
    terms: Terms,
    actor: Actor,
    party: Party,
    sent: QueryDict | None = None,
    *,
    host: Enterprise | None = None,
) -> TermsForm:
    """The form of what the side may change of a placement that is being prepared."""
    now = {name: getattr(terms, name) for name in OF_TERMS}
    for name in EDITABLE[Party.SCHOOL] - set(OF_TERMS):
        now[name] = getattr(placement, name)
    return TermsForm(
        sent,
        actor=actor,
        names=EDITABLE[party],
        host=host or terms.post.enterprise,
        schools=[placement.school_id],
        initial=now,
        prefix="edit",
    )
