"""Changes of what was agreed: proposed and answered on the placement's page, and told there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.start_gate import agree_amendment
from console.fields import day_field, words_field
from console.placements.life_line import word_of
from console.placements.move_forms import MoveForm
from internships.life.amending import propose, turn_down
from internships.life.refusals import TermsRefused, TransitionNotAllowed
from internships.models import Amendment, AmendmentState, Party, Placement, Post, Stage, Terms
from people.actors import Actor
from people.models import Mentor, Teacher

UNCHANGED = gettext_lazy("不变")


class ProposeForm(MoveForm):
    """Other terms from a day to come; what is left empty stays as it is."""

    from_day = day_field(gettext_lazy("从哪天起（只改结束日期时可不填）"), required=False)
    agreed_pay = forms.DecimalField(
        label=gettext_lazy("新的约定报酬（元，不变则留空）"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    daily_hours = forms.DecimalField(
        label=gettext_lazy("新的每天工时（不变则留空）"),
        required=False,
        max_digits=4,
        decimal_places=2,
    )
    post: Any = forms.ModelChoiceField(
        label=gettext_lazy("新的岗位"), queryset=None, required=False, empty_label=UNCHANGED
    )
    mentor: Any = forms.ModelChoiceField(
        label=gettext_lazy("新的企业师傅"), queryset=None, required=False, empty_label=UNCHANGED
    )
    ends_on = day_field(gettext_lazy("新的结束日期（不变则留空）"), required=False)
    message = words_field(gettext_lazy("为什么变更（可不填）"), required=False)

    def prepare(self, placement: Placement, actor: Actor) -> None:
        last = placement.terms.filter(period__endswith=None).first()
        host = last.enterprise_id if last else None
        posts = Post.objects.visible_to(actor).filter(enterprise=host).order_by("title", "pk")
        mentors = Mentor.objects.visible_to(actor).filter(enterprise=host).order_by("name", "pk")
        self.fields["post"].queryset = posts.distinct()  # type: ignore[attr-defined]
        self.fields["mentor"].queryset = mentors.distinct()  # type: ignore[attr-defined]


def propose_change(
    placement: Placement,
    *,
    actor: Actor,
    at: datetime,
    from_day: date | None = None,
    agreed_pay: Decimal | None = None,
    daily_hours: Decimal | None = None,
    post: Post | None = None,
    mentor: Mentor | None = None,
    ends_on: date | None = None,
    party: Party | None = None,
    message: str = "",
) -> Amendment:
    """Propose what was filled in, and nothing else; TermsRefused where nothing was."""
    typed = {
        "agreed_pay": agreed_pay,
        "daily_hours": daily_hours,
        "post": post,
        "mentor": mentor,
        "ends_on": ends_on,
    }
    changes = {name: value for name, value in typed.items() if value is not None}
    if not changes:
        raise TermsRefused(_("没有任何变化"))
    return propose(
        placement,
        changes=changes,
        from_day=from_day,
        actor=actor,
        at=at,
        party=party,
        message=message,
    )


def agree_to(
    placement: Placement, *, actor: Actor, at: datetime, party: Party | None = None
) -> Amendment:
    """Agree to the change that waits; GateClosed where it would bring a breach."""
    return agree_amendment(open_one(placement, actor), actor=actor, at=at, party=party)


def turn_down_open(
    placement: Placement, *, message: str, actor: Actor, at: datetime, party: Party | None = None
) -> Amendment:
    """Do not agree to the change that waits, or take the own one back."""
    asked = open_one(placement, actor)
    return turn_down(asked, message=message, actor=actor, at=at, party=party)


def open_one(placement: Placement, actor: Actor) -> Amendment:
    """The change of the placement that waits; TransitionNotAllowed where there is none."""
    waiting = Amendment.objects.visible_to(actor).filter(
        placement=placement, state=AmendmentState.PROPOSED
    )
    asked: Amendment | None = waiting.first()
    if asked is None:
        raise TransitionNotAllowed(_("这份变更已经处理过了"))
    return asked


@dataclass(frozen=True, slots=True)
class ChangeSaid:
    """A change in words: from when, by whom, each thing with its new value, what became of it."""

    amendment: Amendment
    by: str
    lines: tuple[str, ...]


def changes_said(placement: Placement, actor: Actor) -> list[ChangeSaid]:
    """The changes of the placement that the actor sees, the latest first."""
    rows = Amendment.objects.visible_to(actor).filter(placement=placement).order_by("-pk")
    kept = list(rows)
    names = _names(kept, actor) if kept else {}
    return [
        ChangeSaid(
            row,
            str(Party(row.proposed_for).label),
            tuple(
                _("%(name)s：%(value)s")
                % {"name": word_of(name), "value": _said(name, value, names)}
                for name, value in row.changes.items()
            ),
        )
        for row in kept
    ]


def _names(rows: list[Amendment], actor: Actor) -> dict[tuple[str, Any], str]:
    """Posts and people that the changes name, by what they are and their ids."""
    found: dict[tuple[str, Any], str] = {}
    models: tuple[tuple[str, Any], ...] = (("post", Post), ("teacher", Teacher), ("mentor", Mentor))
    for name, model in models:
        keys = {row.changes[name] for row in rows if row.changes.get(name)}
        seen = model.objects.visible_to(actor).filter(pk__in=keys)
        found |= {(name, row.pk): str(getattr(row, "title", "") or row.name) for row in seen}
    return found


def _said(name: str, value: Any, names: dict[tuple[str, Any], str]) -> str:
    if name in {"post", "teacher", "mentor"}:
        return names.get((name, value), "—")
    if name == "stage":
        return str(Stage(value).label)
    if name == "pay_basis":
        return str(dict(Terms._meta.get_field("pay_basis").flatchoices)[value])
    return str(value)
