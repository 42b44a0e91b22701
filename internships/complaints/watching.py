"""What was done to a student's placements after a complaint, for the commission to look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from internships.models import Amendment, Complaint, Party, PlacementMove, PlacementStep
from law.legal_values import whole_on
from people.actors import Actor
from people.roles import Role

WATCHED = (
    PlacementMove.EDIT,
    PlacementMove.SEND_BACK,
    PlacementMove.REFUSE,
    PlacementMove.WITHDRAW,
    PlacementMove.SUSPEND,
    PlacementMove.END,
    PlacementMove.PROPOSE,
    PlacementMove.AGREE,
)
SIDES = (Party.SCHOOL, Party.ENTERPRISE)


@dataclass(frozen=True, slots=True)
class ChangeAfter:
    """A step of school or host after a complaint: so many days, and which terms it is of."""

    complaint: Complaint
    step: PlacementStep
    days: int
    terms: tuple[str, ...]


def changes_after(actor: Actor, *, complaint: Complaint | None = None) -> list[ChangeAfter]:
    """Changes within the dated period after each complaint, the latest first; the commission's.

    Three queries, however many there are. Somebody else is told of none.
    """
    if not actor.has(Role.COMMISSION):
        return []
    days = whole_on("complaint_watch_days", actor.on)
    since = actor.on - timedelta(days=days)
    rows = Complaint.objects.visible_to(actor).select_related("learner", "school", "enterprise")
    rows = rows.filter(Q(raised_on__gte=since) if complaint is None else Q(pk=complaint.pk))
    by_learner: dict[int, list[Complaint]] = defaultdict(list)
    for row in rows:
        by_learner[row.learner_id].append(row)
    steps = PlacementStep.objects.filter(
        placement__learner__in=list(by_learner), move__in=WATCHED, party__in=SIDES
    ).select_related("placement")
    found = [
        (row, step)
        for step in steps
        for row in by_learner[step.placement.learner_id]
        if row.raised_at < step.at and (step.on - row.raised_on).days <= days
    ]
    changed = _terms_of([step for _row, step in found])
    listed = [
        ChangeAfter(row, step, (step.on - row.raised_on).days, changed.get(step.pk, ()))
        for row, step in found
    ]
    return sorted(listed, key=lambda change: -change.step.pk)


def _terms_of(steps: list[PlacementStep]) -> dict[int, tuple[str, ...]]:
    """The names of what each step changed: of its own, or of the amendment that it is about."""
    asked = {step.detail["amendment"] for step in steps if "amendment" in step.detail}
    amended = dict(Amendment.objects.filter(pk__in=asked).values_list("pk", "changes"))
    return {
        step.pk: tuple(
            sorted(step.detail.get("changed") or amended.get(step.detail.get("amendment"), {}))
        )
        for step in steps
    }
