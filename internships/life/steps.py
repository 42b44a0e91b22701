"""What every verb of a placement's life does: lock it, check its state, write step and event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit import chain
from internships.life.flow import Move
from internships.life.refusals import TransitionNotAllowed, WordsRefused
from internships.models import Placement, PlacementState
from internships.models.life import MOST_CHARACTERS, PlacementStep
from internships.models.moves import Party
from people.actors import Actor


def lock(placement: Placement) -> Placement:
    """The placement as it is now, held until the transaction ends."""
    return Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)


def require_state(move: Move, placement: Placement) -> None:
    """Raise TransitionNotAllowed unless the move begins where the placement is."""
    if why := why_not_from_here(move, placement):
        raise TransitionNotAllowed(why)


def why_not_from_here(move: Move, placement: Placement) -> str:
    """Why the move does not begin where the placement is; empty where it does."""
    if placement.state in move.sources:
        return ""
    return _("实习安排现在是“%(state)s”，不能这样做") % {"state": placement.get_state_display()}


def words(text: str) -> str:
    """What was written, without the blanks around it; WordsRefused when it is too long."""
    stripped = text.strip()
    if len(stripped) > MOST_CHARACTERS:
        raise WordsRefused(_("最多 %(most)s 个字，请写短些") % {"most": MOST_CHARACTERS})
    return stripped


def words_needed(text: str) -> str:
    """What was written; WordsRefused when nothing was."""
    stripped = words(text)
    if not stripped:
        raise WordsRefused(_("请写明理由"))
    return stripped


def record(
    placement: Placement,
    move: Move,
    *,
    to: PlacementState | str,
    actor: Actor,
    at: datetime,
    party: Party | None = None,
    message: str = "",
    detail: dict[str, Any] | None = None,
    created: bool = False,
    values: Mapping[str, Any] | None = None,
) -> PlacementStep:
    """Set the state and the other columns of the locked placement, and write the step."""
    columns = dict(values or {})
    before = "" if created else placement.state
    placement.state = PlacementState(to)
    for name, value in columns.items():
        setattr(placement, name, value)
    if not created:
        placement.save(update_fields=["state", *columns])
    return PlacementStep.objects.create(
        placement=placement,
        move=move.name,
        from_state=before,
        to_state=placement.state,
        party=party or "",
        on=actor.on,
        at=at,
        actor=str(actor),
        user_id=actor.user_id,
        message=message,
        detail=detail or {},
    )


def put_on_record(placement: Placement, step: PlacementStep) -> None:
    """Write the event of the step, as the last thing that its verb does.

    What was said and what it was about stay in the step; the event proves them by a keyed digest.
    """
    said = json.dumps([step.message, step.detail], sort_keys=True, ensure_ascii=False)
    facts: dict[str, chain.Fact] = {
        "step": step.pk,
        "from": step.from_state,
        "to": step.to_state,
        "said": chain.commitment(said, of="placement_step"),
    }
    if step.party:
        facts["party"] = str(step.party)
    if "changed" in step.detail:
        facts["changed"] = list(step.detail["changed"])
    if "amendment" in step.detail:
        facts["amendment"] = int(step.detail["amendment"])
    if step.user_id is None:
        facts["actor"] = step.actor
    chain.record(
        f"placement.{step.move}",
        subject=f"placement:{placement.pk}",
        by=step.user_id,
        at=step.at,
        school=placement.school_id,
        facts=facts,
    )
