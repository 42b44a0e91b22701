"""What was so of a placement on a day: as is known now, or as was known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from internships.life.amending import ends_on_as_known, terms_on
from internships.models import Placement, PlacementState, Terms
from internships.models.moves import PlacementMove

RUNNING = (PlacementState.ACTIVE, PlacementState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class AsOf:
    """A placement on a day; `state` is None where nobody had begun it, or nobody knew.

    `terms` are those of the day, or of the nearest day of the placement as it was known.
    """

    state: PlacementState | None
    ends_on: date
    ended_on: date | None
    terms: Terms

    @property
    def last_on(self) -> date:
        """The last day, inclusive: the actual one where it was known, else the planned."""
        return self.ended_on or self.ends_on


def as_of(placement: Placement, *, day: date, known_at: datetime | None = None) -> AsOf:
    """What was so on `day`, by what is known now or was known at `known_at`, inclusive.

    Kept is what both sides agreed: what a draft said before it was edited is not told again.
    """
    ends_on = placement.ends_on if known_at is None else ends_on_as_known(placement, known_at)
    ended_on = placement.ended_on if _end_is_known(placement, known_at) else None
    nearest = max(placement.starts_on, min(day, ended_on or ends_on))
    state = _state(placement, day, known_at)
    if state in RUNNING and ended_on is not None and day > ended_on:
        state = PlacementState.ENDED
    return AsOf(state, ends_on, ended_on, terms_on(placement, nearest, known_at))


def _end_is_known(placement: Placement, known_at: datetime | None) -> bool:
    """Whether the actual end was known; one that a file brought is known from the beginning."""
    if known_at is None:
        return True
    ended = placement.steps.filter(move=PlacementMove.END)
    return not ended.filter(at__gt=known_at).exists()


def _state(placement: Placement, day: date, known_at: datetime | None) -> PlacementState | None:
    """By the last step up to the day; what stood before the first one, if nobody had made any."""
    steps = list(placement.steps.order_by("pk").values_list("on", "at", "from_state", "to_state"))
    known = [step for step in steps if step[0] <= day and (known_at is None or step[1] <= known_at)]
    if len(known) == len(steps):
        return PlacementState(placement.state)
    word = known[-1][3] if known else steps[0][2]
    return PlacementState(word) if word else None
