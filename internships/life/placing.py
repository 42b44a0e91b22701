"""Many students placed at one post at once: each drafted alike, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from internships.life.agreed import Agreed
from internships.life.drafting import draft_placement, submit
from internships.life.refusals import LifeRefusal, TermsRefused
from internships.models import Placement, PlacementKind, PlacementStatus
from people.actors import Actor
from people.models import LearnerIdentity


@dataclass(frozen=True, slots=True)
class Placing:
    """What several students are placed by: the kind, both days included, and what is agreed."""

    kind: str
    starts_on: date
    ends_on: date
    agreed: Agreed


class PlacingRefused(LifeRefusal):
    """Some of the students cannot be placed so; `reasons` says why of each, by id."""

    def __init__(self, text: str, reasons: Mapping[int, str]) -> None:
        super().__init__(text)
        self.reasons = dict(reasons)


@transaction.atomic
def place_students(
    learners: Sequence[LearnerIdentity],
    placing: Placing,
    *,
    once: UUID,
    actor: Actor,
    at: datetime,
    offered: bool = False,
) -> list[Placement]:
    """Draft a placement of each, and offer it to the host at once where `offered`: all, or none.

    Sent again under the same `once` it answers what was done. Raises PlacingRefused, naming every
    student who cannot be placed so and why.
    """
    if done := placed_before(learners, placing, once=once):
        return done
    codes = {learner.pk: code_of(once, learner, placing.starts_on) for learner in learners}
    made, refused = draft_each(learners, placing, codes, actor=actor, at=at)
    if refused:
        raise PlacingRefused(
            _("%(number)s 名学生不能这样安排，没有写入任何一名") % {"number": len(refused)},
            refused,
        )
    if offered:
        made = [submit(placement, actor=actor, at=at) for placement in made]
    return made


def placed_before(
    learners: Sequence[LearnerIdentity], placing: Placing, *, once: UUID
) -> list[Placement]:
    """What this very form made of these students when it was sent before."""
    codes = [code_of(once, learner, placing.starts_on) for learner in learners]
    return list(Placement.objects.filter(code__in=codes).order_by("pk"))


def draft_each(
    learners: Sequence[LearnerIdentity],
    placing: Placing,
    codes: Mapping[int, str],
    *,
    actor: Actor,
    at: datetime,
) -> tuple[list[Placement], dict[int, str]]:
    """Draft those who can be placed so; the others with why not, by id."""
    taken = placed_meanwhile(learners, placing)
    made: list[Placement] = []
    refused: dict[int, str] = {}
    for learner in learners:
        try:
            if learner.pk in taken:
                raise TermsRefused(taken[learner.pk])
            made.append(
                draft_placement(
                    learner=learner,
                    kind=placing.kind,
                    starts_on=placing.starts_on,
                    ends_on=placing.ends_on,
                    agreed=placing.agreed,
                    code=codes[learner.pk],
                    actor=actor,
                    at=at,
                )
            )
        except LifeRefusal as refusal:
            refused[learner.pk] = str(refusal)
    return made, refused


def placed_meanwhile(learners: Sequence[LearnerIdentity], placing: Placing) -> dict[int, str]:
    """Of a 岗位实习, who has another on one of the days, or is being given one, by id."""
    if placing.kind != PlacementKind.PRODUCTION:
        return {}
    others = Placement.objects.production().filter(
        learner__in=[learner.pk for learner in learners],
        starts_on__lte=placing.ends_on,
        last_on__gte=placing.starts_on,
    )
    return {
        other.learner_id: _("这段时间已有岗位实习：%(first)s 至 %(last)s，%(state)s")
        % {"first": other.starts_on, "last": other.last_on, "state": other.get_state_display()}
        for other in others.exclude(status=PlacementStatus.CANCELLED)
    }


def code_of(once: UUID, learner: LearnerIdentity, starts_on: date) -> str:
    """The code of the placement that this form makes of the student: the same each time."""
    return f"{starts_on:%Y}-{uuid5(once, str(learner.pk)).hex}"
