"""What the forms of all moves have: in whose name, and what its page had shown."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from internships.life.content import content_of, digest_of
from internships.models import Party, Placement
from people.actors import Actor


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
