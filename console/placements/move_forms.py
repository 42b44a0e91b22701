"""The forms of moves: what all of them have, and the fields that they share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from internships.life.content import content_of, digest_of
from internships.models import Party, Placement
from internships.models.life import MOST_CHARACTERS
from people.actors import Actor


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, written as 2026-11-24."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("请写明日期"),
            "invalid": _("日期写成 2026-11-24 这样"),
        },
        **options,
    )


def words_field(label: Any, *, required: bool) -> forms.CharField:
    """What somebody writes, a few lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由")},
    )


class MoveForm(forms.Form):
    """A form of one move of one placement; in whose name, where there may be several."""

    party = forms.ChoiceField(
        choices=[("", ""), *Party.choices], required=False, widget=forms.HiddenInput
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        placement: Placement,
        actor: Actor,
        party: Party | None = None,
        key: str = "",
    ) -> None:
        initial = {"party": party or "", "seen": digest_of(content_of(placement))}
        super().__init__(sent, initial=initial, auto_id=f"{key}-{party or ''}-%s")
        self.prepare(placement, actor)

    def prepare(self, placement: Placement, actor: Actor) -> None:
        """Offer what this placement and this actor allow."""

    def clean_party(self) -> Party | None:
        """The party named, or none."""
        named = self.cleaned_data["party"]
        return Party(named) if named else None
